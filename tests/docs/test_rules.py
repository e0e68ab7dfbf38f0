"""The rules for Prometheus, as Prometheus itself understands them."""

import shutil
import subprocess
from pathlib import Path

import pytest

import bot.cli
from bot.counts import Counts
from bot.web.health import Health
from bot.web.metrics import Figures
from tests.web.test_health import PROCESS, REGISTER

RULES = Path(bot.cli.__path__[0]) / "files/alerts.yml"
RAISED = """
rule_files: [{rules}]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - {{series: 'up{{job="jekduk"}}', values: '1x10 0x10'}}
      - {{series: 'jekduk_leads', values: '1x20'}}
      - {{series: 'jekduk_backup_age_seconds', values: '200000x20'}}
    alert_rule_test:
      - {{eval_time: 5m, alertname: JekdukDown, exp_alerts: []}}
      - eval_time: 15m
        alertname: JekdukDown
        exp_alerts:
          - exp_labels: {{severity: page, job: jekduk}}
            exp_annotations: {{summary: "The bot does not run, or its health page is not served."}}
      - eval_time: 5m
        alertname: JekdukBackupOld
        exp_alerts:
          - exp_labels: {{severity: warning}}
            exp_annotations: {{summary: "The last backup is older than two days; the log says why."}}
"""


def promtool(*words: str | Path, given: bytes = b"") -> str:
    if not (tool := shutil.which("promtool")):
        pytest.skip("no promtool; on Debian: apt-get install prometheus")
    told = subprocess.run([tool, *words], input=given, capture_output=True, check=False)
    return "" if told.returncode == 0 else (told.stdout + told.stderr).decode()


def test_the_rules_are_understood_and_raise_what_they_say(tmp_path):
    (tmp_path / "raised.yml").write_text(RAISED.format(rules=RULES))
    assert promtool("check", "rules", RULES) == ""
    assert promtool("test", "rules", tmp_path / "raised.yml") == ""


def test_the_figures_are_named_as_prometheus_wants():
    assert promtool("check", "metrics", given=Figures(Health(PROCESS, REGISTER), Counts(), "1.2.3").text()) == ""
