"""What speaks for and against two stories' being one, as named numbers; works out none of them and weighs nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Evidence:
    """The features of a pair, newer first. Nobody writes to one once made.

    Shares are 0 to 1; where a side has nothing to compare, the neutral value.

    ``jaccard``/``contained``: 3-word shingles shared, over both and over the shorter. ``short``: one of the two is an
    alert or as short. ``told``: share of the shorter one's telling words found in the other's headline and first two
    paragraphs (of its headline's words, where both are short), by their stems. ``headline``: share of the shorter
    headline's stems in the other's. ``lead``: the same of the first paragraphs. ``figures``: share of the figures of
    the copy with fewer found in the other; ``facts``: how many figures that was judged on, capped at 8.
    ``swapped_figures``: figures that each has and the other lacks, the fewer of the two sides, capped at 6: an update
    adds figures, another day's table swaps them. ``head_figures``: 1 when both headlines have figures and share none.
    ``names``: share of names of the copy with fewer; ``named``: how many that was judged on, capped at 4;
    ``swapped_names``: like the figures: a new version names more people, another firm's results name another firm.
    ``strange``: share of headline words that do not occur anywhere in the other copy, of the side where it is less.
    ``same_names``: names that both headlines or openings have, capped at 3. ``slug``: 1 same, 0 none or unknown, -1
    nothing in common. ``continues``: the newer one says that it carries on earlier copy. ``hours``: between the two.
    ``other_day``: both datelines are dated and differ. ``swapped_days``: 1 when they speak of different days (through
    April 6, through April 7), 0.5 when each has one of its own beside those they share, 0 when something is being
    corrected. ``tickers``: both name firms by their codes at the top, and none is the same. ``sequence``: 1 an alert
    before its urgent or story, 0.5 short copy before fuller. ``run``: how surely two alerts of one provider are on one
    event, by more than a country's name. ``kept``: what people are quoted as saying, the same in both, capped at 2.
    ``elsewhere``: 1 when each is foremost about a country that the other is not about. ``background``: the share of
    the shared text that stands, word for word, in lower paragraphs that quote nobody. ``unmarked``: 1 for a second
    full story under one slug of one provider that says nothing of the first. ``beside``: 1 when one is a profile, a
    factbox or the like and the other is not. ``session``: 1 when the headlines report on different parts of a day, an
    opening and a close. ``take``: 1 when the newer is the next take of a story that comes in several. ``cut``: 1 when
    another source has next to nothing but words of the older, an outlet that printed its first paragraph alone.
    ``other_city``: 1 when each headline names the city of its dateline, of which the other says nothing. ``rival``: 1
    when both say which agency wrote them and it is not the same. ``printed``: the share of the shorter copy's prose
    that stands in the other paragraph for paragraph, where the two came from different sources. ``other_hour``: 1 when
    two short bulletins speak of events at different times GMT. ``grown``: 1 when the fuller of two short ones of a
    provider has nearly all that the other says, and every figure: a live page between two looks at it. ``form``: 1 when
    the two are one form filled in twice, the words the same and the names or figures at the top not.
    """

    jaccard: float
    contained: float
    short: float
    told: float
    headline: float
    lead: float
    figures: float
    facts: float
    swapped_figures: float
    head_figures: float
    names: float
    named: float
    swapped_names: float
    strange: float
    same_names: float
    slug: float
    continues: float
    hours: float
    other_day: float
    swapped_days: float
    tickers: float
    sequence: float
    run: float
    kept: float
    elsewhere: float
    background: float
    unmarked: float
    beside: float
    session: float
    take: float
    cut: float
    other_city: float
    rival: float
    printed: float
    other_hour: float
    grown: float
    form: float
