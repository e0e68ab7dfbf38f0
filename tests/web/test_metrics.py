"""Figures for Prometheus: read by its own parser, there whatever is away, and about nobody."""

from prometheus_client.parser import text_string_to_metric_families as read

from bot.counts import SECONDS, Counts, Waits
from bot.web.health import Health
from bot.web.metrics import GAUGES, Figures
from tests.web.test_health import PROCESS, REGISTER, Desk, desk

__all__ = ["desk"]
Samples = dict[tuple[str, str], float]


def samples(text: str) -> Samples:
    """Every sample, by its name and what its label says."""
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in read(text)
        for sample in family.samples
    }


def figures(health: Health, counts: Counts | None = None) -> Samples:
    return samples(Figures(health, counts or Counts(), "1.2.3").text().decode())


async def test_they_are_served_as_prometheus_reads_them(desk: Desk):
    status, text = await desk.get("/metrics")
    found = samples(text)
    assert status == 200
    assert found["jekduk_poll_age_seconds", ""] == 3
    assert found["jekduk_build_info", "1.2.3"] == 1


def test_all_facts_of_health_are_among_them():
    found = figures(Health(PROCESS, REGISTER))
    for name, value in Health(PROCESS, REGISTER).facts().items():
        assert name in GAUGES
        assert value in {figure for (full, _), figure in found.items() if full.startswith(f"jekduk_{name}")}


def test_without_a_register_the_rest_is_told():
    found = figures(Health(PROCESS, None))
    assert (found["jekduk_database_up", ""], found["jekduk_leads", ""]) == (0, 1)
    assert ("jekduk_owed", "") not in found
    assert found["process_resident_memory_bytes", ""] > 0


def test_what_was_done_is_counted_by_what_came_of_it():
    counts = Counts(updates=7)
    counts.answers["Answered"] += 6
    counts.notices["Done"] += 5
    counts.refusals[429] += 2
    found = figures(Health(PROCESS, REGISTER), counts)
    assert found["jekduk_updates_total", ""] == 7
    assert found["jekduk_answers_total", "Answered"] == 6
    assert found["jekduk_notices_total", "Done"] == 5
    assert found["jekduk_refusals_total", "429"] == 2


def test_how_long_it_took_is_a_histogram():
    waits = Waits(total=12.0)
    waits.places[SECONDS.index(0.25)] += 3
    waits.places[-1] += 1
    found = figures(Health(PROCESS, REGISTER), Counts(answer_waits=waits))
    places = [found["jekduk_answer_seconds_bucket", bound] for bound in ("0.1", "0.25", "900.0", "+Inf")]
    assert places == [0, 3, 3, 4]
    assert (found["jekduk_answer_seconds_count", ""], found["jekduk_answer_seconds_sum", ""]) == (4, 12)
