"""The screens of a search, over the facts they may meet: more of `tests.gallery`."""

from collections.abc import Iterator

from handlers.reply import Screen
from handlers.search.packing import PICKED, Search
from handlers.search.screens import found_screen, pick_screen
from locales import Words, dates
from storage.search.filters import Filter, Hits
from storage.workflow import Workflow
from tests.gallery import EVERYBODY, NOW, document, numbers, person


def searches(t: Words, workflow: Workflow) -> Iterator[tuple[str, Screen]]:
    """Of everything, of what fits one value of each part, and of nothing."""
    villages, types, stages = list(workflow.villages), list(workflow.types), [*workflow.stages, *workflow.exits]
    holds = [*workflow.holds, ""]
    counts = {
        (villages[i % len(villages)], types[i % len(types)], stages[i % len(stages)], holds[i % len(holds)]): 999
        for i in range(max(map(len, (villages, types, stages, holds))))
    }
    oldest = [
        document(type, stage, number, village=village, hold=hold or None, since=NOW - dates.DAY * i)
        for i, ((village, type, stage, hold), number) in enumerate(zip(counts, numbers(400), strict=False))
    ]
    hits = Hits(oldest, counts)
    for who in (EVERYBODY, person("reporter")):
        yield f"search {len(who.posts)}", found_screen(workflow, who, Search(), hits, t, NOW)
    yield "search, page 2", found_screen(workflow, EVERYBODY, Search(page=1), hits, t, NOW)
    one = Filter(villages[-1], types[-1], stages[-1], holds[-2], 14, 1, "563185915492")
    yield "search, all narrowed", found_screen(workflow, EVERYBODY, Search(one, 49), hits, t, NOW)
    yield "search, narrowed to nothing", found_screen(workflow, EVERYBODY, Search(one), Hits([], {}), t, NOW)
    yield "search, of nothing", found_screen(workflow, EVERYBODY, Search(), Hits([], {}), t, NOW)
    for part in PICKED:
        for page in (0, 999):
            yield f"search, pick {part} {page}", pick_screen(workflow, Search(Filter(mine=1), page, part), hits, t)
