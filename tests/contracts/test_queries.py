"""Every query of the alert rules and the dashboards against the one list of metrics; the panels themselves."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.cli import COMMANDS
from streams.metrics import METRICS, Metrics
from tools.dashboards import boards

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RUNBOOKS = DEPLOY / "runbooks.md"
DASHBOARDS = [DEPLOY / "grafana" / "dashboards" / f"newswire-{name}.json" for name in ("overview", "operators")]
RULES = sorted((DEPLOY / "prometheus" / "rules").glob("*.yml"))


def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def rules() -> list[dict[str, Any]]:
    return [rule for path in RULES for group in yaml_of(path)["groups"] for rule in group["rules"]]


def scraped() -> dict[str, frozenset[str]]:
    """Return every series name that a scrape can bring, with its labels."""
    everywhere = {"job", "instance"}
    names: dict[str, frozenset[str]] = {"up": frozenset(everywhere)}
    for metric in METRICS:
        labels = frozenset(everywhere | set(metric.labels))
        if metric.kind == "histogram":
            names[f"{metric.name}_bucket"] = labels | {"le"}
            names[f"{metric.name}_sum"] = names[f"{metric.name}_count"] = labels
        else:
            names[f"{metric.name}_total" if metric.kind == "counter" else metric.name] = labels
    for family in Metrics().registry.collect():
        if family.name.startswith("process_"):
            names.update({sample.name: frozenset(everywhere) for sample in family.samples})
    return names


def recorded(known: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return *known* and what the rules record, each with the labels that its outermost ``by`` leaves."""
    names = dict(known)
    for rule in rules():
        if "record" in rule:
            kept = re.search(r"\bby \(([^)]*)\)", rule["expr"])
            assert kept, f"{rule['record']}: sum by (…), so that its labels are plain"
            names[rule["record"]] = frozenset(
                {label.strip() for label in kept[1].split(",")} | set(rule.get("labels", ()))
            ) - {"le"}
    return names


FUNCTIONS = frozenset(
    {"sum", "max", "min", "avg", "count", "rate", "increase", "changes", "deriv", "absent", "time"}
    | {"histogram_quantile", "max_over_time", "min_over_time", "label_replace"}
    | {"by", "without", "on", "ignoring", "and", "or", "unless", "offset", "bool"}
)
WORD = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*")


def complaints(expr: str, known: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield what is wrong with a query: a metric that nobody exports, a label that it does not have."""
    bare = re.sub(r"\[[^\]]*\]|\boffset [\dsmhd]+", " ", expr)
    used: set[str] = set()

    def selector(match: re.Match[str]) -> str:
        name, inside = match[1], match[2]
        used.add(name)
        asked = re.findall(r'([A-Za-z_]\w*)\s*(?:=~|!~|!=|=)\s*"[^"]*"', inside)
        wrong.extend(f"{name} has no label {label}" for label in asked if label not in known.get(name, asked))
        return " "

    wrong: list[str] = []
    bare = re.sub(r"([A-Za-z_:][A-Za-z0-9_:]*)\{([^}]*)\}", selector, bare)
    bare = re.sub(r'"[^"]*"', " ", bare)
    groups = [label.strip() for inside in re.findall(r"\b(?:by|on) \(([^)]*)\)", bare) for label in inside.split(",")]
    bare = re.sub(r"\b(?:by|on) \([^)]*\)", " ", bare)
    used |= {word for word in WORD.findall(re.sub(r"\b\d[\w.]*", " ", bare)) if word not in FUNCTIONS}
    yield from wrong
    yield from (f"nobody exports {name}" for name in sorted(used - set(known)))
    if not used:
        yield "it asks for nothing"
    available = frozenset[str]().union(*(known.get(name, frozenset()) for name in used))
    yield from (f"grouped by {label}, which none of {sorted(used)} has" for label in groups if label not in available)


def dashboard_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def queries() -> list[tuple[str, str]]:
    found = [(rule.get("alert") or rule["record"], rule["expr"]) for rule in rules()]
    for path in DASHBOARDS:
        for panel in panels(dashboard_of(path)):
            found += [(f"{path.stem}: {panel['title']}", target["expr"]) for target in panel["targets"]]
    return found


@pytest.mark.parametrize(("where", "expr"), queries())
def test_a_query_asks_for_what_is_exported(where: str, expr: str) -> None:
    assert not list(complaints(expr, recorded(scraped()))), where


@pytest.mark.parametrize(
    ("expr", "complaint"),
    [
        ("newswire_outcomes", "nobody exports newswire_outcomes"),
        ("rate(newswire_stage_seconds[1m])", "nobody exports newswire_stage_seconds"),
        ("sum by (reason) (newswire_outcomes_total)", "grouped by reason"),
        ('newswire_ready{desk="africa"}', "has no label desk"),
        (
            "newswire:lag_records:sum{partition='0'} + newswire:lag_records:max",
            "nobody exports newswire:lag_records:max",
        ),
        ("sum by (instance) (newswire:lag_records:sum)", "grouped by instance"),
        ("rat(newswire_ready)", "nobody exports rat"),
        ("1 + 1", "asks for nothing"),
    ],
)
def test_a_query_that_asks_for_something_else_is_seen(expr: str, complaint: str) -> None:
    assert any(complaint in said for said in complaints(expr, recorded(scraped())))


def test_what_a_summary_quotes_is_left_by_its_query() -> None:
    known = recorded(scraped())
    for rule in rules():
        quoted = set(re.findall(r"\$labels\.(\w+)", "".join(rule.get("annotations", {}).values())))
        outer = re.match(r"sum by \(([^)]*)\)", rule["expr"])
        left = {label.strip() for label in outer[1].split(",")} if outer else set()
        if not outer:
            left = set().union(
                *(labels for name, labels in known.items() if re.search(rf"(?<!\w){name}\b", rule["expr"]))
            )
        assert quoted <= left, rule.get("alert")


# Panels


def runbook_addresses() -> dict[str, str]:
    """Heading → where the runbooks' dashboard, as it lies there, shows it."""
    dashboard = dashboard_of(DEPLOY / "grafana" / "dashboards" / "newswire-runbooks.json")
    return {panel["title"]: f"/d/{dashboard['uid']}?viewPanel=panel-{panel['id']}" for panel in dashboard["panels"]}


def test_the_dashboards_are_as_declared() -> None:
    there = {path.name: path.read_text("utf-8") for path in (DEPLOY / "grafana" / "dashboards").glob("*.json")}
    assert there == boards.files(), "python -m tools.dashboards"


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_every_panel_explains_itself(path: Path) -> None:
    dashboard = dashboard_of(path)
    assert dashboard["uid"] == path.stem
    variables = {variable["name"]: variable for variable in dashboard["templating"]["list"]}
    assert set(variables) == {"datasource", "job", "agency", "desk"}
    for name, label in (("job", "job"), ("agency", "source"), ("desk", "desk")):
        metric = re.fullmatch(rf"label_values\((\w+), {label}\)", variables[name]["definition"])
        assert metric is not None, name
        assert label in scraped()[metric[1]], name
        assert variables[name]["regex"] == f"/^{variables[name]['allValue']}$/", "all are those that can be chosen"
        assert f"${name}" in json.dumps(dashboard["panels"]), f"a choice that changes nothing: {name}"
    known = recorded(scraped())
    titles = [panel["title"] for panel in panels(dashboard)]
    assert len(titles) == len(set(titles)) > 0
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    for panel in panels(dashboard):
        assert len(panel["description"]) > 30, panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["targets"], panel["title"]
        for target in panel["targets"]:
            assert target["datasource"] == panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            for name, selector in re.findall(r"((?:newswire[_:]|process_)[\w:]+)(\{[^}]*\})?", target["expr"]):
                assert 'job=~"$job"' in selector, f"{panel['title']}: the job is not asked"
                if "source" in known[name]:
                    assert 'source=~"$agency' in selector, f"{panel['title']}: the agency is not asked"
                if "desk" in known[name]:
                    assert 'desk=~"$desk"' in selector, f"{panel['title']}: the desk is not asked"
        (link,) = panel["links"]
        assert runbook_addresses()[link["title"].removeprefix("Runbook: ")] == link["url"], panel["title"]


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_panels_stay_on_the_grid_and_off_each_other(path: Path) -> None:
    places = [(panel["title"], panel["gridPos"]) for panel in dashboard_of(path)["panels"]]
    for title, place in places:
        assert 0 <= place["x"] < place["x"] + place["w"] <= 24, title
        assert place["h"] >= 1, title
    for (one, a), (other, b) in itertools.combinations(places, 2):
        apart_across = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
        apart_down = a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
        assert apart_across or apart_down, f"{one!r} lies on {other!r}"


def test_every_job_of_ours_can_be_chosen_and_no_other() -> None:
    jobs = {job["job_name"] for job in yaml_of(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"]}
    ours = {job for job in jobs if re.fullmatch(boards.VARIABLES["job"][2], job)}
    assert jobs - ours == {"prometheus"}


def test_every_metric_about_the_wire_is_on_a_dashboard() -> None:
    shown = " ".join(expr for _, expr in queries())
    # Told elsewhere: in the log, or by another panel's figure.
    aside = {
        "newswire_acknowledged_offset",
        "newswire_build_info",
        "newswire_replayed",
        "newswire_restated",
        "newswire_retags",
        "newswire_send_errors",
    }
    missing = {metric.name for metric in METRICS if metric.name not in shown}
    assert missing == aside


# Alerts


def test_every_alert_says_what_to_do_and_is_tested() -> None:
    tried: dict[str, set[bool]] = {}
    for path in (DEPLOY / "prometheus" / "tests").glob("*.yml"):
        for test in yaml_of(path)["tests"]:
            for case in test.get("alert_rule_test", []):
                tried.setdefault(case["alertname"], set()).add(bool(case["exp_alerts"]))
    alerts = [rule for rule in rules() if "alert" in rule]
    assert alerts
    for alert in alerts:
        assert alert["labels"]["severity"] in ("warning", "critical"), alert["alert"]
        assert set(alert["annotations"]) == {"summary", "description", "runbook_url"}, alert["alert"]
    assert tried == {alert["alert"]: {True, False} for alert in alerts}, "each alert once firing and once quiet"


def anchors() -> set[str]:
    headings = re.findall(r"^## (.+)$", RUNBOOKS.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_alert_has_its_section_in_the_runbooks() -> None:
    alerts = {rule["alert"]: rule["annotations"]["runbook_url"] for rule in rules() if "alert" in rule}
    for alert, url in alerts.items():
        assert url == f"deploy/runbooks.md#{alert.lower()}"
        assert alert.lower() in anchors(), f"{alert} has no section"
    assert {f"{name}" for name in re.findall(r"^## (Newswire\w+)$", RUNBOOKS.read_text("utf-8"), re.MULTILINE)} == set(
        alerts
    )
    named = set(re.findall(r"\bNewswire[A-Z]\w+", RUNBOOKS.read_text("utf-8")))
    assert named == set(alerts), "a section of an alert that is none"


def test_what_the_runbooks_quote_is_on_a_dashboard_or_a_command() -> None:
    text = RUNBOOKS.read_text("utf-8")
    titles = {panel["title"] for path in DASHBOARDS for panel in panels(dashboard_of(path))} | {"Newswire runbooks"}
    for quoted in re.findall(r'"([^"]+)"', text):
        assert any(title.startswith(quoted) for title in titles), quoted
    assert set(re.findall(r"`newswire ([a-z]+)", text)) <= set(COMMANDS)


PROMTOOL = shutil.which("promtool")


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed: apt-get install prometheus")
def test_promtool_accepts_the_rules_and_their_tests() -> None:
    assert PROMTOOL is not None
    tests = sorted((DEPLOY / "prometheus" / "tests").glob("*.yml"))
    for command in (["check", "rules", *RULES], ["test", "rules", *tests]):
        done = subprocess.run([PROMTOOL, *map(str, command)], capture_output=True, text=True, timeout=180, check=False)
        print(done.stdout)
        assert done.returncode == 0, done.stdout + done.stderr
