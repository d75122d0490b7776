"""The newsroom's dashboard: what comes in from whom, what goes out to which desk, how late; no word of machinery."""

from __future__ import annotations

from tools.dashboards.panels import THIRD, Panel, Row

UID = "newswire-overview"
TITLE = "Newswire overview"
DESCRIPTION = "For the newsroom: what comes in, what goes out, how late it is, who is silent."

_IN = 'newswire_messages_total{job=~"$job", agent="normalise", source=~"$agency"}'
_OUTCOMES = 'newswire_outcomes_total{job=~"$job", source=~"$agency"}'
_PUBLISHED = 'newswire_outcomes_total{job=~"$job", source=~"$agency", outcome="published"}'
_REJECTED = 'newswire_rejected_total{job=~"$job", source=~"$agency"}'
_DESKS = 'newswire_desk_stories_total{job=~"$job", desk=~"$desk"}'
_LATENCY = "newswire_end_to_end_seconds"
_HEARD = 'newswire_last_message_timestamp_seconds{job=~"$job", source=~"$agency"}'


def _a_minute(by: str, series: str, window: str = "$__rate_interval") -> str:
    return f"60 * sum by ({by}) (rate({series}[{window}]))"


def _percentile(share: str, by: str, lane: str = "", window: str = "$__rate_interval") -> str:
    series = f'{_LATENCY}_bucket{{job=~"$job"{lane}}}'
    return f"histogram_quantile({share}, sum by ({by}le) (rate({series}[{window}])))"


ROWS = (
    Row(
        "At a glance",
        (
            Panel(
                "Stories out",
                "suffix:/min",
                ((f"60 * sum(rate({_PUBLISHED}[1m]))", ""),),
                "Copy that goes out",
                "Stories published a minute, from the agencies chosen, over the last minute.",
                4,
                stat=True,
            ),
            Panel(
                "Alerts within 1 s",
                "percentunit",
                (('1 - 0.01 * newswire:objective_burn:rate3d{job=~"$job", objective="alerts"}', ""),),
                "Objectives",
                "Share of flashes, alerts and urgents published within a second of reaching us, three days. "
                "Objective: 99 %.",
                4,
                stat=True,
                warn=0.99,
                bad=0.9,
            ),
            Panel(
                "Stories within 3 s",
                "percentunit",
                (('1 - 0.01 * newswire:objective_burn:rate3d{job=~"$job", objective="stories"}', ""),),
                "Objectives",
                "Share of the other stories published within three seconds of reaching us, three days. Objective: 99 "
                "%.",
                4,
                stat=True,
                warn=0.99,
                bad=0.9,
            ),
            Panel(
                "Longest silence",
                "s",
                (('max(newswire:silence_seconds:max{job=~"$job", source=~"$agency"})', ""),),
                "NewswireFeedSilent",
                "How long the quietest of the agencies chosen has sent nothing. The alert knows what is usual for "
                "each.",
                4,
                stat=True,
            ),
            Panel(
                "Held",
                "short",
                (('sum(newswire_held_stories{job=~"$job"})', ""),),
                "Copy that goes out",
                "Stories under embargo that wait for their time.",
                4,
                stat=True,
                whole=True,
            ),
            Panel(
                "Kills and corrections, 24 h",
                "short",
                (('sum(increase(newswire_retractions_total{job=~"$job"}[1d]))', ""),),
                "NewswireKillMeetsNothing",
                "Corrections and kills published in the last day; wire.retractions.v1 has each of them.",
                4,
                stat=True,
                whole=True,
            ),
        ),
    ),
    Row(
        "Copy in",
        (
            Panel(
                "Messages by agency",
                "suffix:/min",
                ((_a_minute("source", _IN), "{{source}}"),),
                "Copy that comes in",
                'Messages that came in a minute, by agency. Past 64 names the rest is "other".',
                stacked=True,
            ),
            Panel(
                "Silence by agency",
                "s",
                ((f"time() - max by (source) ({_HEARD})", "{{source}}"),),
                "NewswireFeedSilent",
                "Time since an agency last sent anything. A line that climbs past what is usual at this hour: its "
                "feed stands.",
            ),
            Panel(
                "Usual messages an hour",
                "short",
                (
                    ('newswire:messages_usual:increase1h{job=~"$job", source=~"$agency"}', "{{source}}, usual"),
                    (f"sum by (source) (increase({_IN}[1h]))", "{{source}}, now"),
                ),
                "NewswireFeedSilent",
                "Messages in the last hour beside those of the same hour yesterday or a week ago, whichever was fewer.",
                whole=True,
            ),
            Panel(
                "Rejected, by reason",
                "suffix:/min",
                ((_a_minute("reason", _REJECTED), "{{reason}}"),),
                "NewswireRejectedShareHigh",
                'Messages that could not be read, a minute. "internal" is a defect of ours; every other reason is '
                "the feed's.",
                stacked=True,
            ),
        ),
    ),
    Row(
        "Stories out",
        (
            Panel(
                "Published by agency",
                "suffix:/min",
                ((_a_minute("source", _PUBLISHED), "{{source}}"),),
                "Copy that goes out",
                "Stories published a minute, by the agency that sent them; copies are not among them.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "Published by urgency",
                "suffix:/min",
                ((_a_minute("urgency", f'{_LATENCY}_count{{job=~"$job"}}'), "urgency {{urgency}}"),),
                "Copy that goes out",
                "Stories published a minute by the agency's urgency, 1 the highest; those released from embargo are "
                "left out.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "Published by desk",
                "suffix:/min",
                ((_a_minute("desk", _DESKS), "{{desk}}"),),
                "Copy that goes out",
                "Stories routed to each desk, a minute. A story may go to several desks, or to none.",
                THIRD,
            ),
            Panel(
                "Published by relation",
                "suffix:/min",
                ((_a_minute("relation", _PUBLISHED), "{{relation}}"),),
                "Copy that goes out",
                "New stories, updates, corrections and kills, a minute.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "Copies by agency",
                "suffix:/min",
                (
                    (
                        _a_minute(
                            "source", 'newswire_outcomes_total{job=~"$job", source=~"$agency", outcome="duplicate"}'
                        ),
                        "{{source}}",
                    ),
                ),
                "Copy that goes out",
                "Stories that we had already, a minute, by the agency that sent the copy. They are on "
                "wire.duplicates.v1.",
                THIRD,
                stacked=True,
            ),
            Panel(
                "What became of the stories",
                "suffix:/min",
                ((_a_minute("outcome", _OUTCOMES), "{{outcome}}"),),
                "Copy that goes out",
                "Published, duplicate, held under embargo or rejected, a minute. What is held counts again when it "
                "is released.",
                THIRD,
                stacked=True,
            ),
        ),
    ),
    Row(
        "How late",
        (
            Panel(
                "Alerts: time to the desk",
                "s",
                (
                    (_percentile("0.5", "", ', lane="alert"'), "p50"),
                    (_percentile("0.99", "", ', lane="alert"'), "p99"),
                ),
                "Objectives",
                "Flashes, alerts and urgents, from reaching us to being published. 99 % are to be under one second.",
                THIRD,
                warn=1,
            ),
            Panel(
                "Stories: time to the desk",
                "s",
                (
                    (_percentile("0.5", "", ', lane="story"'), "p50"),
                    (_percentile("0.99", "", ', lane="story"'), "p99"),
                ),
                "Objectives",
                "Every other story, from reaching us to being published. 99 % are to be under three seconds.",
                THIRD,
                warn=3,
            ),
            Panel(
                "Time to the desk by urgency, p99",
                "s",
                ((_percentile("0.99", "urgency, "), "urgency {{urgency}}"),),
                "Objectives",
                "The slowest hundredth by urgency. Stories released from embargo are left out: they waited on purpose.",
                THIRD,
            ),
            Panel(
                "Corrections and kills",
                "short",
                (
                    (
                        'sum by (relation, of) (increase(newswire_retractions_total{job=~"$job"}[1h]))',
                        "{{relation}} of {{of}}",
                    ),
                ),
                "NewswireKillMeetsNothing",
                "Published in the last hour. Of nothing: the story that it takes back is not known here; an editor "
                "must look.",
                whole=True,
            ),
            Panel(
                "Corrections and kills on their way",
                "short",
                (('sum by (instance) (newswire_retractions_in_flight{job=~"$job"})', "{{instance}}"),),
                "NewswireRetractionNotPropagated",
                "Decided and not yet with the desks. Anything but 0 for longer than a moment is an emergency.",
                whole=True,
            ),
        ),
    ),
)
