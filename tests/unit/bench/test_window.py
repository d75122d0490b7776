"""The benchmark's store and copy: what is written is read back, and made-up copy is the same each time."""

from __future__ import annotations

from pathlib import Path

from streams import identity, pipeline
from streams.bench import window_copy
from streams.bench.window_store import FileStore
from tests.unit.identity.identity_support import make


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "entries"
    path.touch()
    file, memory = FileStore(str(path)), pipeline.MemoryStore()
    state = identity.IdentityState(identity.IdentitySettings(max_unsettled=3), file)
    for number in range(6):
        headline, paragraphs = window_copy.story(number, 60)
        story = make(headline, "\n\n".join(paragraphs), minutes=number, key=f"wire/0/{number}")
        outcome = identity.decide(story, state, None)
        file.write(outcome.writes)
        memory.write(outcome.writes)
    assert list(file.known()) == [(entry.sequence, key) for key, entry in memory.entries.items()]
    assert {key: file.get(key) for key in memory.entries} == memory.entries
    kept = {f"wire/0/{number}#0~": file.story(f"wire/0/{number}#0~") for number in range(6)}
    assert {key: story for key, story in kept.items() if story is not None} == memory.stories
    assert 3 <= len(memory.stories) < 6
    loaded = [identity.IdentityState(identity.IdentitySettings(), store) for store in (file, memory)]
    for one in loaded:
        one.load(file.known())
    assert loaded[0].sizes() == loaded[1].sizes()
    assert file.get("wire/0/77#0") is None


def test_every_fifth_story_carries_an_earlier_one_on() -> None:
    assert window_copy.story(7, 80) == window_copy.story(7, 80)
    texts = [window_copy.story(number, 80)[1] for number in range(300)]
    further = sum(bool({*text[1:]} & {p for old in texts[:at] for p in old[1:]}) for at, text in enumerate(texts))
    assert 35 <= further <= 85
