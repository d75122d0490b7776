"""The cluster as the worker needs it: reachable, topics, replicas, permissions, group, clock, disks. Changes nothing.

Kafka has no request that tells its time. So clocks are compared by the stamps of the newest records: one from the
future says that a feeder's, a worker's or this machine's clock is wrong; a clock that is late does not show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kafka import KafkaAdminClient
from kafka.errors import IncompatibleBrokerVersion, KafkaError, TopicAuthorizationFailedError

from streams.config import Settings
from streams.contracts import acls, topics
from streams.contracts.acls import Role
from streams.errors import BrokerTrouble
from streams.runtime import groups, installation, provision
from streams.runtime.findings import Finding
from streams.runtime.installation import named

OLDEST = (2, 1)
"""Kafka that faust's and librdkafka's clients still speak with; tested is 4.1."""
SKEW_WARN, SKEW_FAIL = 2.0, 60.0
"""Seconds that a record may be stamped ahead of our clock."""
DISK_WARN, DISK_FAIL = 0.15, 0.05
"""Free share of a broker's disk."""


def cluster(settings: Settings) -> Iterator[Finding]:
    """Whether the cluster answers, how many brokers it has, and which release it speaks as."""
    with provision.admin(settings) as client:
        described: Any = client.describe_cluster()
        manager: Any = client._manager
        release: tuple[int, ...] = manager.broker_version_data.broker_version
    brokers = len(described["brokers"])
    said = f"{settings.broker} answers: {_count(brokers, 'broker')}, cluster {described['cluster_id']}"
    if brokers < settings.replication:
        yield Finding(
            "broker", "fail", said, f"NEWSWIRE_REPLICATION={settings.replication} needs as many brokers: start them"
        )
    else:
        yield Finding("broker", "ok", said)
    spoken = ".".join(map(str, release))
    if release < OLDEST:
        yield Finding("release", "fail", f"Kafka {spoken}", f"upgrade to {'.'.join(map(str, OLDEST))} or later")
    else:
        yield Finding("release", "ok", f"speaks as Kafka {spoken} or later")


def catalogue(settings: Settings, role: Role = "worker") -> Iterator[Finding]:
    """The topics that *role* uses against the catalogue: missing, other partitions, another configuration."""
    try:
        used = needed(settings, role)
        steps = [step for step in provision.plan(settings) if step.topic.name in used]
    except BrokerTrouble as error:
        if not isinstance(error.__cause__, TopicAuthorizationFailedError):
            raise
        yield Finding("topics", "ok", "this user may not see their configuration; an administrator's doctor does")
        return
    missing = [step.topic.name for step in steps if step.action == "create"]
    good = not missing
    if missing:
        todo = "newswire topics apply, or allow this user to describe them"
        yield Finding("topics", "fail", f"missing: {named(missing)}", todo)
    for step in steps:
        if step.action == "differs":
            good = False
            counted = any(said.startswith("partitions") for said in step.differs)
            todo = (
                "set NEWSWIRE_PARTITIONS to what the topics have: it is fixed once they exist"
                if counted
                else "put it right with Kafka's own tools, or the setting that it comes from"
            )
            said = f"{step.topic.name}: {'; '.join(step.differs)}"
            yield Finding("topics", "fail" if counted else "warn", said, todo)
    if good:
        yield Finding("topics", "ok", f"all {len(steps)} as the catalogue says")


def replicas(settings: Settings) -> Iterator[Finding]:
    """Partitions without a leader, with too few replicas in sync to be written, or with fewer than they should have."""
    present = _described(settings)
    leaderless, unwritable, behind, few = [], [], [], []
    for topic in present:
        for one in topic["partitions"]:
            name = f"{topic['name']}/{one['partition_index']}"
            have, insync = len(one["replica_nodes"]), len(one["isr_nodes"])
            if one["leader_id"] < 0:
                leaderless.append(name)
            elif insync < settings.min_insync:
                unwritable.append(name)
            elif insync < have:
                behind.append(name)
            if have < settings.replication:
                few.append(name)
    for verdict, names, said, todo in (
        ("fail", leaderless, "have no leader: nothing goes in or out", "start the brokers that hold them"),
        ("fail", unwritable, "have too few replicas in sync to be written", "start the brokers that are away"),
        ("warn", behind, "have replicas that are not in sync", "look for a broker that is away or slow"),
        ("warn", few, f"have fewer replicas than NEWSWIRE_REPLICATION={settings.replication}", "reassign them"),
    ):
        if names:
            yield Finding("replicas", verdict, f"{named(names)} {said}", todo)  # type: ignore[arg-type]
    if not leaderless and not unwritable and not behind and not few:
        yield Finding("replicas", "ok", f"every partition of {_count(len(present), 'topic')} has its replicas in sync")


def permissions(settings: Settings, role: Role = "worker") -> Iterator[Finding]:
    """Whether this user may do what *role* does with each topic; a cluster that does not tell is said to."""
    told = [topic for topic in _described(settings) if topic.get("authorized_operations") is not None]
    if not told:
        yield Finding("permissions", "ok", "the cluster does not tell what this user may do")
        return
    good = True
    wanted = needed(settings, role)
    for topic in told:
        if missing := sorted(wanted.get(topic["name"], frozenset()) - set(topic["authorized_operations"])):
            good = False
            yield Finding(
                "permissions",
                "fail",
                f"{topic['name']}: this user may not {' or '.join(missing)}, as the role {role} needs",
                f"newswire topics acls --role {role} prints what to allow",
            )
    if good:
        yield Finding("permissions", "ok", f"enough for the role {role} on every topic that this user sees")


def needed(settings: Settings, role: Role) -> dict[str, frozenset[str]]:
    """Return topic → the operations that *role* needs on it, as kafka-python names them: ``DESCRIBE_CONFIGS``."""
    rules = acls.rules(settings.app_id, installation.wanted(settings))
    return {
        rule.name: frozenset(re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper() for name in rule.operations)
        for rule in rules
        if rule.role == role and rule.resource == "topic"
    }


def group(settings: Settings, role: Role = "worker") -> Iterator[Finding]:
    """The workers' consumer group: whether anyone is in it, and not more than there is work for. Other roles than the
    worker's and the administrator's may not see it."""
    if role not in ("worker", "administrator"):
        return
    found = groups.group_of(settings, settings.app_id)
    if found.members is None:
        yield Finding("group", "ok", f"{found.name}: the cluster does not tell who is in it")
    elif found.members == 0:
        yield Finding("group", "warn", f"{found.name}: no worker runs", "start one: newswire worker")
    elif found.members > settings.partitions:
        yield Finding(
            "group",
            "warn",
            f"{found.name}: {found.members} workers, {settings.partitions} partitions",
            "stop those that have nothing to do; more partitions cannot be had later",
        )
    elif found.state != "Stable":
        todo = "look again; a rebalance that does not end shows in a worker's /health/ready"
        yield Finding("group", "warn", f"{found.name}: {found.state}", todo)
    else:
        yield Finding("group", "ok", f"{found.name}: {_count(found.members, 'worker')}")


def clock(
    settings: Settings, role: Role, now: Callable[[], float], newest: Callable[[str], float | None]
) -> Iterator[Finding]:
    """Compare our clock with the stamp of the newest record of each topic that *role* may read: *newest* gives it, None
    for no record."""
    may = needed(settings, role)
    busy = (topics.RAW.name, topics.NORMALISED.name, topics.STORIES.name)
    names = [name for name in busy if "READ" in may.get(name, ())]
    stamps = {name: stamp for name in names if (stamp := newest(name)) is not None}
    if not stamps:
        yield Finding("clock", "ok", "no record yet to compare it with")
        return
    latest = max(stamps, key=lambda name: stamps[name])
    ahead = stamps[latest] - now()
    if ahead <= SKEW_WARN:
        yield Finding("clock", "ok", f"no record is from the future; the newest, on {latest}, is {-ahead:.0f} s old")
        return
    yield Finding(
        "clock",
        "fail" if ahead > SKEW_FAIL else "warn",
        f"the newest record on {latest} is stamped {ahead:.0f} s ahead of this machine's clock",
        "set the clocks by NTP, on whoever writes that topic and here: embargoes and windows go by them",
    )


def log_disks(settings: Settings) -> Iterator[Finding]:
    """The brokers' own disks, where they tell (Kafka 3.3 and later)."""
    told = []
    with provision.admin(settings) as client:
        try:
            described = _log_dirs(client)
        except (IncompatibleBrokerVersion, BrokerTrouble) as error:
            yield Finding("broker disk", "ok", f"the cluster does not tell ({type(error).__name__})")
            return
    for broker in described:
        for place in broker["log_dirs"]:
            total, usable = place.get("total_bytes", -1), place.get("usable_bytes", -1)
            if total > 0 and usable >= 0:
                told.append((usable / total, f"broker {broker['broker']}, {place['log_dir']}", usable))
    if not told:
        yield Finding("broker disk", "ok", "the cluster does not tell")
        return
    share, name, usable = min(told)
    said = f"{name}: {usable / 2**30:.1f} GiB free, {share:.0%}"
    verdict = "fail" if share < DISK_FAIL else "warn" if share < DISK_WARN else "ok"
    todo = "" if verdict == "ok" else "make room: a broker whose disk is full ends, and with it what it leads"
    yield Finding("broker disk", verdict, said, todo)  # type: ignore[arg-type]


def _log_dirs(client: KafkaAdminClient) -> Any:
    try:
        return client.describe_log_dirs([topics.RAW.name])
    except IncompatibleBrokerVersion:
        raise
    except KafkaError as error:
        raise BrokerTrouble(f"describe_log_dirs: {type(error).__name__}: {error}") from error


def _described(settings: Settings) -> list[Any]:
    """What the cluster says of those topics of the catalogue that it has."""
    wanted = [topic.name for topic in installation.wanted(settings)]
    with provision.admin(settings) as client:
        known = set(client.list_topics())
        present = [name for name in wanted if name in known]
        described: Any = client.describe_topics(present) if present else []
    return list(described)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
