"""What each step of our own pipeline takes, in one process; run by `child`."""

from collections.abc import Callable
from functools import partial

from benchmarks import corpus
from benchmarks.child import timed
from booklet import build, fonts
from booklet.audit import audit
from booklet.compose import compose
from booklet.library import Library
from booklet.paginate import paginate
from booklet.paths import CONTENT
from booklet.request import Request, choose
from booklet.writers import silent
from booklet.writers.pdf import write

PRESSED: tuple[dict[str, str], ...] = (
    {"text-size": "20"},
    {"detail": "more"},
    {"typeface": "lexend"},
    {"detail": "key-points"},
    {"text-size": "24"},
)
"""Choices as somebody might try them, one after another."""
SIXTY = ("breaks", "palliative", "trials")
"""Topics that with the pages of every booklet come to about 60 pages."""


def steps(pack: str) -> dict[str, float]:
    """Seconds of each step of a booklet, the second time that the process makes one."""
    found: dict[str, float] = {}
    for _ in range(2):
        library, found["load the library"], _ = timed(partial(Library.load, CONTENT))
        _, found["read the Markdown"], _ = timed(partial(_read, library))
        request = _request(library, packs=(pack,))
        document, found["compose"], _ = timed(partial(compose, library, request))
        sheet = corpus.sheet()
        pages, found["paginate"], _ = timed(partial(paginate, document, sheet, fonts.Ruler()))
        data, found["write"], _ = timed(partial(write, document, sheet, pages, silent))
        _, found["audit"], _ = timed(partial(audit, data, sheet.nominal))
        found["pages"] = len(pages)
    return found


def counting() -> dict[str, float]:
    """Seconds from a key press to the count of pages, for each of several; the library and the widths are known."""
    library, ruler = Library.load(CONTENT), fonts.Ruler()
    pages, _ = build.pages_of(library, _request(library, SIXTY), ruler)
    found: dict[str, float] = {"pages": len(pages)}
    for chosen in PRESSED:
        request = _request(library, SIXTY, preferences=chosen)
        _, found[" ".join(*chosen.items())], _ = timed(partial(build.pages_of, library, request, ruler))
    return found


def _read(library: Library) -> list[object]:
    return [section.blocks for section in library.sections.values()]


def _request(
    library: Library,
    ids: tuple[str, ...] = (),
    packs: tuple[str, ...] = (),
    preferences: dict[str, str] | None = None,
) -> Request:
    known = corpus.everything(library).about
    return Request(choose(library, ids, packs, known), corpus.MADE, preferences or {}, known, ids)


KINDS: dict[str, Callable[..., dict[str, float]]] = {"steps": steps, "counting": counting}
