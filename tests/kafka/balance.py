"""The sum of the books: what was lost, wrong, repeated, or acknowledged ahead of what is durable. Pure.

A send is *lost* when nothing came of it; something is *wrong* when a send became what it must not be, points at another
record than its parent, when one (topic, key, version) has two contents, when an answer is missing on a topic that its
kind goes to, or when an embargo was broken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.contracts import topics
from tests.kafka.books import Answer, Books
from tests.kafka.chains import Send


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of the books. ``repeated``: records beyond the first under one key and version, or one input."""

    fed: int
    published: int
    copies: int
    dead: int
    repeated: int
    lost: tuple[str, ...]
    wrong: tuple[str, ...]


def balance(books: Books, sends: Mapping[str, Send], without: frozenset[str] = frozenset()) -> Balance:
    """Hold everything fed against everything read; *without* are topics that lost their records to the fault itself."""
    wrong: list[str] = []
    by_send: dict[str, list[tuple[str, Answer]]] = defaultdict(list)
    for where, (name, _) in books.inputs.items():
        for answer in books.answers.get(where, ()):
            by_send[name].append((where, answer))
    published = copies = dead = 0
    twice = Counter(name for name, _ in books.inputs.values())
    lost = [f"{name}: not in the raw topic" for name in sends.keys() - twice.keys()]
    for where, (name, _) in books.inputs.items():
        send = sends.get(name)
        if send is None:
            wrong.append(f"{where}: nobody fed {name!r}")
            continue
        answers, letters = books.answers.get(where, []), books.dead.get(where, [])
        if not answers and not letters:
            lost.append(f"{name} ({where}, {send.fate}): nothing came of it")
            continue
        dead += bool(letters)
        stories = {(a.uri, a.version) for a in answers if a.topic == topics.STORIES.name}
        published += len(stories)
        copies += any(a.topic == topics.DUPLICATES.name for a in answers)
        if twice[name] == 1 or where == min(w for w, (n, _) in books.inputs.items() if n == name):
            wrong += _wrong(send, answers, letters, by_send, books, without)
        else:
            wrong += [
                f"{name}: sent twice by the feeder, {a.relation} the second time"
                for a in answers
                if a.relation != "duplicate"
            ]
    wrong += [f"{place}: {len(found)} contents" for place, found in books.contents.items() if len(found) > 1]
    if topics.LATEST.name not in without:
        wrong += _newest(books)
    repeated = sum(
        number - 1
        for (topic, _, _), number in books.written.items()
        if topic in (topics.STORIES.name, topics.DUPLICATES.name)
    )
    repeated += sum(len(letters) - 1 for letters in books.dead.values())
    return Balance(len(books.inputs), published, copies, dead, repeated, tuple(lost), tuple(wrong))


def _wrong(
    send: Send,
    answers: Sequence[Answer],
    letters: Sequence[tuple[bytes | None, bytes | None]],
    by_send: Mapping[str, Sequence[tuple[str, Answer]]],
    books: Books,
    without: frozenset[str],
) -> list[str]:
    if send.fate == "dead":
        said = [f"{send.name}: came out as {a.relation}, and can never be processed" for a in answers]
        kept = {(send.chain.encode(), send.body)}
        return said + ([] if set(letters) == kept else [f"{send.name}: not byte for byte in the dead letters"])
    if letters:
        return [f"{send.name}: a dead letter"]
    found = []
    for answer in answers:
        if answer.relation != send.fate:
            found.append(f"{send.name}: {answer.relation}, must be {send.fate}")
        parents = {(a.uri, a.version) for _, a in by_send.get(send.of or "", ())}
        if (answer.of is None) != (send.of is None) or (answer.of is not None and answer.of not in parents):
            found.append(f"{send.name}: of {answer.of}, must be of {send.of} {sorted(parents)}")
        if send.release is not None and answer.at < send.release.timestamp():
            found.append(f"{send.name}: out before its embargo ended")
        missing = {
            topic for topic in answer.goes_to - without if (topic, answer.uri, answer.version) not in books.written
        }
        if missing:
            found.append(f"{send.name}: {answer.uri} {answer.version} is missing on {sorted(missing)}")
    if len({(a.topic, a.uri, a.version) for a in answers}) > 1:
        found.append(f"{send.name}: answered under {len(answers)} versions")
    return found


def _newest(books: Books) -> list[str]:
    newest: dict[str, str] = {}
    for topic, uri, version in books.written:
        if topic == topics.STORIES.name and int(version) > int(newest.get(uri, "0")):
            newest[uri] = version
    return [
        f"{uri}: the compacted topic ends with version {books.newest.get(uri)}, the newest is {version}"
        for uri, version in newest.items()
        if books.newest.get(uri) != version
    ]


def ahead(books: Books, committed: Mapping[tuple[str, int], int], held: frozenset[str] = frozenset()) -> list[str]:
    """Return what lies below a committed offset and is not durable. *held*: names of sends that wait for their time."""
    found = []
    through = set(books.normalised.values())
    for where, (name, _) in books.inputs.items():
        topic, partition, offset = where.rsplit("/", 2)
        if int(offset) < committed.get((topic, int(partition)), 0) and where not in through and where not in books.dead:
            found.append(f"{where} ({name}): acknowledged, not normalised")
    for (number, offset), where in books.normalised.items():
        if not where or offset >= committed.get((topics.NORMALISED.name, number), 0):
            continue
        name = books.inputs.get(where, ("", 0.0))[0]
        if where not in books.answers and where not in books.dead and name not in held:
            found.append(f"{where} ({name}): acknowledged, not published")
        elif where not in books.remembered and where not in books.dead:
            found.append(f"{where} ({name}): acknowledged, not in the state")
    return found


def waited(books: Books, over: Sequence[float], held: frozenset[str] = frozenset()) -> float:
    """Return the longest wait of a story, in seconds: since it was fed or, if later, the last fault before was over.

    Those that are *held* wait on purpose.
    """
    longest = 0.0
    for where, (name, fed) in books.inputs.items():
        out = min((answer.at for answer in books.answers.get(where, ())), default=None)
        if out is None or name in held:
            continue
        ended = max((moment for moment in over if moment <= out), default=fed)
        longest = max(longest, out - max(fed, ended))
    return longest
