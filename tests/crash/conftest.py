"""What a run of SIGKILLs showed stands at the end of the report, whether it passed or not."""

import pytest

figures: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in figures:
        terminalreporter.write_line(line)
