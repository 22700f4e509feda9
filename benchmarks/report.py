"""The figures as tables: Markdown that can be read in a terminal as well, and JSON."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from benchmarks.chart import Line
from benchmarks.compare import PROFILES, Row
from benchmarks.engines import NAMES, OURS, PACKAGES, version
from benchmarks.measure import Figures, Spread, exponent, spreads

GROWS_FROM = 40
"""Pages from which the growth is fitted: below, what every build takes anyway hides it."""
HEAD = (
    *("made by", "cold, s", "to ours", "warm, s", "to ours", "processors, s", "to ours"),
    *("memory, MB", "file, KB", "pages"),
)
BEGIN, END = "<!-- The figures: made by python -m benchmarks -->", "<!-- The end of the figures -->"


@dataclass(frozen=True)
class Results:
    runs: int
    rows: tuple[Row, ...]
    own: dict[tuple[str, ...], list[Figures]]
    failed: dict[tuple[str, ...], str]
    left_out: dict[str, str]
    """Engines that were not asked, and why."""
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    """Processes that wanted a processor when the runs began, on the average of a minute."""


def tables(results: Results) -> str:
    return "\n".join(
        [*_machine(results), *_lengths(results), *_growth(results), *_own(results), *_not_measured(results)]
    )


def _machine(results: Results) -> Iterator[str]:
    known = [f"{NAMES[name]} {version(name)}" for name in PACKAGES if any(row.engine == name for row in results.rows)]
    yield f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}."
    yield f"Processes that wanted a processor when the runs began: {results.load:.1f}."
    if results.load > 0.5:
        yield "The machine had other work to do. Trust the ratios more than the seconds, and small ratios not at all."
    yield f"Runs of each: {results.runs}. Each figure is the median, with the least and the most in brackets."
    if known:
        yield f"Compared: {', '.join(known)}."
    yield ""


def _lengths(results: Results) -> Iterator[str]:
    for asked in dict.fromkeys(row.asked for row in results.rows):
        rows = [row for row in results.rows if row.asked == asked]
        yield f"### About {asked} pages"
        yield ""
        yield from _table(
            (*HEAD, *PROFILES.values()),
            (_cells(row, next((other for other in rows if other.engine == OURS), None)) for row in rows),
        )


def _cells(row: Row, ours: Row | None) -> tuple[str, ...]:
    return (
        NAMES[row.engine],
        _seconds(row.cold),
        _ratio(row.cold, ours.cold if ours else None),
        _seconds(row.warm),
        _ratio(row.warm, ours.warm if ours else None),
        _figure(row.cpu.median),
        _ratio(row.cpu, ours.cpu if ours else None),
        f"{row.memory.median / 1e6:.0f}",
        f"{row.bytes / 1e3:.0f}",
        str(row.pages),
        *row.valid.values(),
    )


def _growth(results: Results) -> Iterator[str]:
    grown = [(name, exponent([(p, s) for p, s in line if p > GROWS_FROM * 0.8])) for name, line in lines(results)]
    rows = [(name, f"{slope:.2f}") for name, slope in grown if slope is not None]
    if rows:
        yield "### How the time grows with the pages"
        yield ""
        yield "The exponent that fits the warm times best: 1 is twice the time for twice the pages, 2 is four times."
        yield ""
        yield from _table(("made by", "exponent"), rows)


def lines(results: Results) -> list[Line]:
    """For the chart: the warm seconds of each engine, by pages."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in results.rows:
        found.setdefault(row.engine, []).append((row.pages, row.warm.median))
    return [(NAMES[name], points) for name, points in found.items()]


def in_words(results: Results) -> str:
    """What the chart shows, for somebody who does not see it."""
    longest = [
        f"{name} {points[-1][1]:.1f} seconds for {points[-1][0]:.0f} pages" for name, points in lines(results) if points
    ]
    return f"Seconds of a second build in one process, against pages. At the right: {'; '.join(longest)}."


def _own(results: Results) -> Iterator[str]:
    if not results.own:
        return
    found = {key: spreads(runs) for key, runs in results.own.items()}
    yield "### What only this program does"
    yield ""
    yield from _table(("what", "figure"), [row for key, spread in found.items() for row in _own_rows(key, spread)])


def _own_rows(key: tuple[str, ...], found: dict[str, Spread]) -> Iterator[tuple[str, str]]:
    kind, detail = key
    match kind:
        case "command":
            what = f"`booklet build --pack {detail}`, from start to end"
            yield what, f"{_seconds(found['wall'])} s; of processors {_seconds(found['cpu'])} s"
        case "steps":
            for step, spread in found.items():
                if step != "pages":
                    of = f", of the pack {detail} ({found['pages'].median:.0f} pages)"
                    yield f"{step}{of}", f"{_seconds(spread)} s"
        case "counting":
            for pressed, spread in found.items():
                if pressed != "pages":
                    of = f"count the pages after a key press that sets {pressed} ({found['pages'].median:.0f} pages)"
                    yield of, f"{_seconds(spread)} s"
        case "first":
            yield f"first question, `booklet {detail}` in a terminal", f"{_seconds(found['wall'])} s"
            if "obeyed" in found:
                yield f"a key pressed then has been obeyed, `booklet {detail}`", f"{_seconds(found['obeyed'])} s"
        case _:
            each = found["a minute"]
            yield (
                f"`booklet batch --jobs {detail}`, booklets a minute",
                f"{each.median:.0f} ({each.least:.0f} to {each.most:.0f})",
            )


def _not_measured(results: Results) -> Iterator[str]:
    rows = [(NAMES[name], why) for name, why in results.left_out.items()]
    rows += [(" ".join((NAMES.get(key[0], key[0]), *key[1:])), why) for key, why in results.failed.items()]
    if rows:
        yield "### Not measured"
        yield ""
        yield from _table(("what", "why"), rows)


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _seconds(spread: Spread) -> str:
    if spread.least == spread.most:
        return _figure(spread.median)
    return f"{_figure(spread.median)} ({_figure(spread.least)} to {_figure(spread.most)})"


def _figure(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"


def _ratio(spread: Spread, ours: Spread | None) -> str:
    return f"{spread.median / ours.median:.2f}" if ours else "-"


def as_data(results: Results) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "system": platform.system(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load": results.load,
        "runs": results.runs,
        "versions": {name: version(name) for name in PACKAGES if version(name)},
        "builds": [asdict(row) for row in results.rows],
        "exponents": {
            name: exponent([(p, s) for p, s in line if p > GROWS_FROM * 0.8]) for name, line in lines(results)
        },
        "own": [{"what": " ".join(key).strip(), "runs": runs} for key, runs in results.own.items()],
        "not measured": {" ".join(key): why for key, why in results.failed.items()} | results.left_out,
    }


def within(page: str, made: str) -> str:
    """The page with what is between the two marks replaced. Raises ValueError when they are not there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page needs these two lines: {BEGIN} and {END}")
    return f"{before}{begin}\n\n{made.strip()}\n\n{end}{after}"
