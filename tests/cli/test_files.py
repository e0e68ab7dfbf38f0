"""What is shipped beside the bot fits the bot: units, container files, alerts, a dashboard."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as read

import bot.cli
from bot.config import NAMES
from bot.counts import Counts
from bot.web.health import LIMITS, Health
from bot.web.metrics import Figures
from tests.web.test_health import PROCESS, REGISTER

HOME = Path(bot.cli.__path__[0]) / "files"
FILES = {path.name: path.read_text("utf-8") for path in HOME.iterdir()}
DASHBOARD = json.loads(FILES["dashboard.json"])
EXPRESSIONS = {
    *re.findall(r"expr: (.*)", FILES["alerts.yml"]),
    *(target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]),
}


def printed() -> dict[str, set[str]]:
    """Every figure of /metrics with the values that its labels have."""
    text = Figures(Health(PROCESS, REGISTER), Counts(), "1.2.3").text().decode()
    samples = [sample for family in read(text) for sample in family.samples]
    return {one.name: {key for other in samples if other.name == one.name for key in other.labels} for one in samples}


@pytest.mark.parametrize("expression", sorted(EXPRESSIONS))
def test_a_rule_or_panel_asks_for_figures_that_there_are(expression):
    there = printed()
    named = re.findall(r"\b((?:jekduk|process)_\w+)(?:\{(\w+)=)?", expression)
    assert named or "up{" in expression
    for name, label in named:
        assert name in there
        assert not label or label in {*there[name], "job"}


def test_each_limit_of_health_has_a_rule_that_knows_it():
    rules = FILES["alerts.yml"]
    known = {name for name, limit in LIMITS.items() if f"jekduk_{name}_seconds > {limit:g}" in rules}
    assert set(LIMITS) - known == {"lag", "open_age"}  # the one ends by itself, the other is told as late answers


def test_rules_have_names_of_their_own_and_a_sentence():
    names = re.findall(r"- alert: (\w+)", FILES["alerts.yml"])
    assert len(set(names)) == len(names) == FILES["alerts.yml"].count('annotations: {summary: "')


def test_panels_do_not_overlap():
    places = [panel["gridPos"] for panel in DASHBOARD["panels"]]
    cells = [
        (x, y) for at in places for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24


@pytest.mark.parametrize("unit", [name for name in FILES if name.endswith(".service")])
def test_a_unit_is_confined_as_systemd_judges(unit):
    if not (judge := shutil.which("systemd-analyze")):
        pytest.skip("no systemd here")
    judged = subprocess.run(
        [judge, "security", "--offline=true", "--threshold=20", str(HOME / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout.splitlines()[-1:]


@pytest.mark.parametrize("unit", [name for name in FILES if name.startswith("jekduk")])
def test_systemd_understands_each_unit(unit, tmp_path):
    if not (judge := shutil.which("systemd-analyze")):
        pytest.skip("no systemd here")
    for name, shipped in FILES.items():
        text = shipped.replace("/opt/jekduk/bin/jekduk", "/bin/true")
        text = re.sub(r"User=jekduk.*", "User=daemon", text)
        (tmp_path / name).write_text(text)
    judged = subprocess.run([judge, "verify", str(tmp_path / unit)], capture_output=True, text=True, check=False)
    assert [line for line in judged.stderr.splitlines() if str(tmp_path) in line or "jekduk" in line] == []
    assert judged.returncode == 0


@pytest.mark.parametrize("unit", ["jekduk.service", "jekduk@.service"])
def test_a_unit_lets_what_it_starts_give_way(unit):
    filters = [line for line in FILES[unit].splitlines() if line.startswith("SystemCallFilter=")]
    assert "SystemCallFilter=setpriority" in filters[filters.index("SystemCallFilter=~@privileged @resources") :]


def test_a_district_among_several_is_confined_as_one_alone():
    places = re.compile(r"(?<=jekduk)-%i| of %i|^# .*\n")
    assert places.sub("", FILES["jekduk@.service"]) == places.sub("", FILES["jekduk.service"])


def test_containers_are_given_settings_that_there_are_and_commands_that_there_are():
    given = re.findall(r"^      ([A-Z_]+): ", FILES["compose.yaml"].partition("\n  db:")[0], re.MULTILINE)
    assert {*given, *re.findall(r"\b(PORT)=", FILES["Dockerfile"])} <= set(NAMES)
    assert 'CMD ["jekduk", "healthy"]' in FILES["Dockerfile"]
    assert FILES["Dockerfile"].rstrip().endswith('ENTRYPOINT ["jekduk"]\nCMD ["run"]')


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("init: true", id="told to stop while it starts, it hears that"),
        pytest.param("env_file: .env", id="whatever setting stands there reaches it"),
        pytest.param("read_only: true", id="it writes in its volume alone"),
    ],
)
def test_the_bots_container_is_run_as_it_was_tried(line):
    assert f"    {line}" in FILES["compose.yaml"].partition("\n  db:")[0].splitlines()


async def test_each_is_printed_as_it_is(shell):
    code, listed = await shell.run("files")
    assert (code, listed.split()) == (0, sorted(FILES))
    assert await shell.run("files", "alerts.yml") == (0, FILES["alerts.yml"])
    assert (await shell.run("files", "none"))[0] == 2
