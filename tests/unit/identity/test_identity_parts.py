"""The quick ways of the parts of a story answer as the plain ones do."""

import random
from difflib import SequenceMatcher

from streams.identity import IdentitySettings
from streams.identity.gathering import gather, likeness
from streams.identity.matching import story_profile
from streams.identity.movedfigures import _replaced, _told
from streams.identity.queues import Waiting
from streams.identity.rows import Rows
from streams.identity.words import figures, names

SAID = "14 people died in Orlova on Friday three five of twenty-one Thursday said 1,204 the rose"


def test_what_was_replaced_is_what_the_whole_comparison_finds_wherever_there_is_a_figure():
    draw, found = random.Random(11), 0
    for _ in range(800):
        old, new = ([draw.choice(SAID.casefold().split()) for _ in range(draw.randint(0, 24))] for _ in range(2))
        told, said = _told(old), _told(new)
        whole = [
            (a1, a2, b1, b2)
            for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            if tag == "replace" and (any(a1 <= n < a2 for n in told) or any(b1 <= n < b2 for n in said))
        ]
        assert list(_replaced(old, new, told, said)) == whole
        found += bool(whole)
    assert found > 500


def test_names_and_figures_of_plain_and_of_typographic_copy():
    assert names("Ana Kovar saw the iPhone of McDonald. The Dam") == {"ana", "kovar", "mcdonald", "dam"}
    assert names("Ana “Kovar” saw the dam of Élan") == {"ana", "kovar", "élan"}
    for quote in ('"', "“"):
        assert figures(f"{quote}1,204 of 3.5-4 on 1-3/8, 7.") == {"1204", "3.5-4", "1-3/8", "7"}


def test_likeness_is_what_the_evidence_says(dam):
    old, new = story_profile(dam()), story_profile(dam(body=f"{dam().body}\n\nMore was said in the hall at noon."))
    assert 0.5 < likeness(new, old) < 1
    assert likeness(new, old) == likeness(old, new) == gather(new, old).jaccard


def test_a_queue_is_quiet_until_its_head_is_due_or_there_are_too_many():
    rows, line = Rows(), Waiting(IdentitySettings().settle_minutes / 60, 2)
    assert line.quiet(0.0)
    for number in (1, 2, 3):
        rows.add(number, f"k/{number}", 60.0, None, "s", "u", "o", 1, number, leads=True, text=True, indexed=False)
    line.append(1)
    assert not line.quiet(60.0), "nobody has looked when the head is due"
    assert line.due(60.0, rows, {}) is None
    assert line.quiet(60.0)
    assert not line.quiet(60.0 + 15 * 60 + 1)
    line.append(2)
    line.append(3)
    assert not line.quiet(60.0)
