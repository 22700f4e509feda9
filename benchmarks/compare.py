"""The same text by every engine: the tasks, and what each file is worth once it is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import corpus, look
from benchmarks.measure import Figures, Spread, Task, child, spreads
from booklet.library import Library
from booklet.paths import CONTENT

COLD, WARM = "cold", "warm"
PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}


@dataclass(frozen=True)
class Row:
    """One engine at one length."""

    engine: str
    asked: int
    """The length, in our own pages."""
    pages: int
    bytes: int
    cold: Spread
    warm: Spread
    cpu: Spread
    """Seconds of processors in a cold run."""
    memory: Spread
    valid: dict[str, str]
    """"yes", "no" or "not checked" for each profile."""


def texts(lengths: Sequence[int], work: Path) -> None:
    """Writes the texts and the look that every engine is given."""
    parts = corpus.chapters(Library.load(CONTENT))
    look.save(corpus.look(), work / "look.json")
    for pages in lengths:
        (work / f"{pages}.md").write_text(corpus.of_length(parts, pages), "utf-8")


def tasks(engines: Sequence[str], lengths: Sequence[int], work: Path) -> Iterator[Task]:
    for pages in lengths:
        for engine in engines:
            for kind in (COLD, WARM):
                yield Task((engine, str(pages), kind), partial(_run, engine, pages, kind, work))


def _run(engine: str, pages: int, kind: str, work: Path) -> Figures:
    files = [str(work / f"{pages}.md"), str(work / "look.json"), str(output(engine, pages, work))]
    outside, inside = child(["build", engine, *files, "1" if kind == COLD else "2"], work)
    return {**outside, "memory": inside["memory"]} if kind == COLD else inside


def output(engine: str, pages: int, work: Path) -> Path:
    return work / f"{engine}-{pages}.pdf"


def rows(
    found: dict[tuple[str, ...], list[Figures]], engines: Sequence[str], lengths: Sequence[int], work: Path
) -> Iterator[Row]:
    """By length, and by engine in the order given; without those that could not be measured."""
    import pikepdf

    for asked in lengths:
        for engine in engines:
            cold, warm = (found.get((engine, str(asked), kind)) for kind in (COLD, WARM))
            if not (cold and warm):
                continue
            data = output(engine, asked, work).read_bytes()
            with pikepdf.open(output(engine, asked, work)) as pdf:
                pages = len(pdf.pages)
            at_start, later = spreads(cold), spreads(warm)
            seconds = (at_start["wall"], later["wall"], at_start["cpu"])
            yield Row(engine, asked, pages, len(data), *seconds, at_start["memory"], valid(data))


def valid(data: bytes) -> dict[str, str]:
    """Whether page-validation finds the file to be what PDF/UA-1 and PDF/A-2a ask for."""
    try:
        import page
    except ImportError:
        return dict.fromkeys(PROFILES, "not checked")
    return {
        profile: "yes" if page.validate_pdf_bytes(data, profile=profile).is_compliant else "no" for profile in PROFILES
    }
