"""A PDF read for judging: its pages, its tags, and what its catalogue says of it."""

import logging
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf

from booklet.audit.canvas import Canvas, Paint, Text
from booklet.audit.content import MALFORMED, Reader, Shared, parsed
from booklet.audit.geometry import Box, Matrix, moved, times
from booklet.audit.limits import LARGEST_FILE, MOST_PAGES, are_finite, set_limits, too_much
from booklet.audit.lines import Line, Paragraph, lines_of, paragraphs_of
from booklet.audit.state import State
from booklet.audit.tree import Key, Tree, read_tree
from booklet.errors import Problem, RequestError

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it says of damaged files is not for a terminal

LEAST = 16.0
"""Large print, in points, where nobody says what was asked for (LP-01)."""
NEAR = 0.1
"""Points by which a size may be out: some programs round."""


class Link(NamedTuple):
    page: int
    key: Key
    box: Box
    contents: bool
    address: str
    """Empty for a place in the file."""


class Page(NamedTuple):
    number: int
    width: float
    height: float
    cropped: bool
    """What is shown of it is smaller than its page box."""
    by_structure: bool
    """The tab key goes through it in the order of its tags."""
    texts: list[Text]
    paints: list[Paint]
    unmarked: tuple[int, int]
    """Operators that show text, and others that paint, that are neither tagged nor an artifact."""
    faults: list[str]
    lines: list[Line]
    paragraphs: list[Paragraph]


class Catalogue(NamedTuple):
    language: str
    marked: bool
    title: str
    title_in_metadata: str
    shows_title: bool
    ua_part: str
    print_scaling: str
    duplex: str
    bookmarks: int
    page_labels: bool


class Doc(NamedTuple):
    pages: list[Page]
    tree: Tree | None
    catalogue: Catalogue
    links: list[Link]
    chosen: float | None
    """The size that was asked for."""
    body: float
    """The size of most letters; 0 in a file without text."""

    @property
    def least(self) -> float:
        return self.chosen or LEAST

    @property
    def wide(self) -> bool:
        """Most pages lie on their side."""
        return sum(page.width > page.height for page in self.pages) * 2 > len(self.pages)

    @property
    def folded(self) -> bool:
        """Sheets with two pages on each side, to be turned over a short edge."""
        return self.wide and self.catalogue.duplex == "/DuplexFlipShortEdge"

    def texts(self) -> Iterable[Text]:
        return (text for page in self.pages for text in page.texts)

    def paragraphs(self) -> Iterable[Paragraph]:
        return (paragraph for page in self.pages for paragraph in page.paragraphs)


def most(values: Iterable[tuple[float, int]], places: int = 1) -> float:
    """The most common of values that each count a number of times, rounded; of equals the smallest."""
    counts: Counter[float] = Counter()
    for value, number in values:
        counts[round(value, places)] += number
    return min(counts, key=lambda value: (-counts[value], value)) if counts else 0.0


def read(data: bytes, chosen: float | None) -> Doc:
    """Raises RequestError when it is no PDF, or one that nobody can read without a password."""
    if len(data) > LARGEST_FILE:
        raise too_much()
    set_limits()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise too_much()
            shared = Shared()
            tree = read_tree(pdf, shared.effort)
            pages = [_page(number, page, shared, tree) for number, page in enumerate(pdf.pages, 1)]
            links = [link for number, page in enumerate(pdf.pages, 1) for link in _links(number, page)]
            shared.effort.spend(len(links) * sum(len(page.lines) + 1 for page in pages) // 10)  # rules compare them all
            catalogue = _catalogue(pdf)
    except pikepdf.PasswordError:
        raise RequestError(Problem("This PDF is locked with a password.", "Save a copy without one.")) from None
    except (*MALFORMED, pikepdf.PikepdfError, RecursionError) as e:
        raise RequestError(Problem("This is not a PDF that can be read.", "Make it again, or choose another.")) from e
    if not pages:
        raise RequestError(Problem("This PDF has no pages.", "Make it again, or choose another."))
    body = most((text.size, len(text.text)) for page in pages for text in page.texts)
    return Doc(pages, tree, catalogue, links, chosen, body)


def _page(number: int, page: pikepdf.Page, shared: Shared, tree: Tree | None) -> Page:
    unit = float(page.obj.get("/UserUnit", 1))
    whole, seen = (_box(each) for each in (page.mediabox, page.cropbox))
    matrix, width, height = _upright(seen, int(page.rotation or 0) % 360, unit)
    if not are_finite(*matrix, width, height):
        raise ValueError("a page without a size")
    canvas = Canvas(number, width, height, shared.effort)
    Reader(canvas, shared, page.resources, State(matrix, None), number).read(parsed(page, canvas.faults))
    shared.effort.spend(len(canvas.texts) * len(canvas.paints))  # rules and paragraphs compare them all
    lines = lines_of(canvas.texts, tree)
    shared.effort.spend(len(lines) ** 2)
    full = moved(matrix, whole)
    return Page(
        number=number,
        width=full.right - full.left,
        height=full.top - full.bottom,
        cropped=any(abs(a - b) > 1 for a, b in zip(whole, seen, strict=True)),
        by_structure=page.obj.get("/Tabs") == "/S",
        texts=canvas.texts,
        paints=canvas.paints,
        unmarked=(canvas.unmarked[0], canvas.unmarked[1]),
        faults=canvas.faults,
        lines=lines,
        paragraphs=paragraphs_of(lines),
    )


def _box(box: Any) -> Box:
    x0, y0, x1, y1 = (float(value) for value in box)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _upright(box: Box, rotation: int, unit: float) -> tuple[Matrix, float, float]:
    """From the space of a page to points from the lower left corner of what is seen, and how large that is."""
    width, height = (box.right - box.left) * unit, (box.top - box.bottom) * unit
    home: Matrix = (unit, 0, 0, unit, -box.left * unit, -box.bottom * unit)
    turns: dict[int, Matrix] = {
        90: (0, -1, 1, 0, 0, width),
        180: (-1, 0, 0, -1, width, height),
        270: (0, 1, -1, 0, height, 0),
    }
    matrix = times(home, turns[rotation]) if rotation in turns else home
    return (matrix, height, width) if rotation in (90, 270) else (matrix, width, height)


def _links(number: int, page: pikepdf.Page) -> Iterable[Link]:
    for each in page.obj.get("/Annots", []):
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Link":
            action: Any = each.get("/A", {})
            contents = bool(str(each.get("/Contents", "")).strip())
            yield Link(
                number, each.objgen, _box(each.get("/Rect", [0, 0, 0, 0])), contents, str(action.get("/URI", ""))
            )


def _catalogue(pdf: pikepdf.Pdf) -> Catalogue:
    root: Any = pdf.Root
    shown: Any = root.get("/ViewerPreferences", {})
    packet = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    title, part = packet.get("dc:title", ""), packet.get("{http://www.aiim.org/pdfua/ns/id/}part", "")
    return Catalogue(
        language=str(root.get("/Lang", "")),
        marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        title=str(pdf.docinfo.get("/Title", "")).strip(),
        title_in_metadata=str(title).strip(),
        shows_title=bool(shown.get("/DisplayDocTitle", False)),
        ua_part=str(part),
        print_scaling=str(shown.get("/PrintScaling", "")),
        duplex=str(shown.get("/Duplex", "")),
        bookmarks=_bookmarks(root.get("/Outlines", {})),
        page_labels="/PageLabels" in root,
    )


def _bookmarks(outline: Any) -> int:
    """How many there are, whether they are folded away or not."""
    count, seen, waiting = 0, set(), [outline.get("/First")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary) and item.objgen not in seen:
            seen.add(item.objgen)
            count += 1
            waiting += [item.get("/Next"), item.get("/First")]
    return count
