"""What each role must be allowed on the cluster, from the topic catalogue, as ``kafka-acls`` lines; grants nothing.

Four roles. The *worker* reads raw copy and its own records and writes all others. The *feeder* (``feed``, ``watch``,
``push``) writes raw copy and reads nothing. The *desk* (any consumer) reads what is published. The *administrator*
provisions topics, reads dead letters and sends them again, looks at lag, moves offsets. Nobody may delete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from streams.contracts.topics import DEAD_LETTERS, DESK_PREFIX, NORMALISED, RAW, Topic, changelog_topic

Role = Literal["worker", "feeder", "desk", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Rule:
    """*role* may do *operations*, by Kafka's names, on a topic, a group, or the cluster (its ``name`` is empty).

    ``prefixed``: on every one whose name begins so. An empty name of a group stands for the user's own: ``USER-``.
    """

    role: Role
    resource: Literal["topic", "group", "cluster"]
    name: str
    operations: tuple[str, ...]
    prefixed: bool = False


def rules(app_id: str, topics: Iterable[Topic]) -> tuple[Rule, ...]:
    """Return what the roles must be allowed on *topics*, a catalogue; Write and Read allow Describe too."""
    found: list[Rule] = []
    every = tuple(topics)
    own = (NORMALISED.name, changelog_topic(app_id).name)
    for topic in every:
        if topic.name == RAW.name:
            found.append(Rule("worker", "topic", topic.name, ("Read",)))
        elif topic.name in own:
            found.append(Rule("worker", "topic", topic.name, ("Read", "Write")))
        else:
            found.append(Rule("worker", "topic", topic.name, ("Write",)))
    found.append(Rule("worker", "group", app_id, ("Read",)))
    found += [Rule("feeder", "topic", topic.name, ("Write",)) for topic in every if topic.writer == "feeder"]
    hidden = (RAW.name, DEAD_LETTERS.name)
    found += [
        Rule("desk", "topic", topic.name, ("Read",))
        for topic in every
        if not topic.internal and topic.name not in hidden
    ]
    found.append(Rule("desk", "group", "", ("Read",), prefixed=True))
    writes = (RAW.name, NORMALISED.name)  # dead letters sent again; re-tags
    found += [
        Rule(
            "administrator",
            "topic",
            topic.name,
            ("Create", "DescribeConfigs", "Read", *(("Write",) if topic.name in writes else ())),
        )
        for topic in every
    ]
    found.append(Rule("administrator", "group", app_id, ("Read",)))
    found.append(Rule("administrator", "cluster", "", ("Describe",)))
    return tuple(found)


def line(rule: Rule, user: str, broker: str) -> str:
    """Return the ``kafka-acls.sh`` line that allows *user* what *rule* says."""
    operations = " ".join(f"--operation {operation}" for operation in rule.operations)
    name = rule.name or f"{user}-"
    resource = "--cluster" if rule.resource == "cluster" else f"--{rule.resource} {name}"
    pattern = " --resource-pattern-type prefixed" if rule.prefixed else ""
    return (
        f"kafka-acls.sh --bootstrap-server {broker} --command-config admin.properties --add "
        f"--allow-principal User:{user} {operations} {resource}{pattern}"
    )


def lines(app_id: str, topics: Iterable[Topic], users: Mapping[Role, str], broker: str) -> list[str]:
    """Return the lines for every role that *users* names a user for."""
    return [line(rule, users[rule.role], broker) for rule in rules(app_id, topics) if rule.role in users]


def table(found: Iterable[Rule]) -> str:
    """Return the rules as a Markdown table, a row for each role and set of operations; desks' topics as one."""
    rows: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for rule in found:
        name = DESK_PREFIX + "*" if rule.name.startswith(DESK_PREFIX) else rule.name
        shown = {"cluster": "the cluster", "group": f"group `{name or 'USER-'}`{'*' * rule.prefixed}"}
        said = shown.get(rule.resource, f"`{name}`")
        listed = rows.setdefault((rule.role, rule.resource, rule.operations), [])
        if said not in listed:
            listed.append(said)
    lines = [f"| {role} | {', '.join(ops)} | {', '.join(names)} |" for (role, _, ops), names in rows.items()]
    return "\n".join(["| role | may | on |", "|---|---|---|", *lines])


__all__ = ["ROLES", "Role", "Rule", "line", "lines", "rules", "table"]
