"""Blocks to pages, without a PDF: `galley` sets widths, `fill` stacks heights.

A page is data: lines with positions, each piece of text naming the block it belongs to. The
vocabulary is TeX's. Page numbers in the contents have their room kept and are filled in at the end,
so one pass is enough.
"""

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from booklet.model import Document, Emergency, Heading
from booklet.paginate.fill import fill
from booklet.paginate.galley import Setter
from booklet.paginate.types import PAGE_NUMBER, Frame, Page, Piece, Placed, Rule, Ruler, Strip
from booklet.theme import Stylesheet

__all__ = ["Frame", "Page", "Piece", "Placed", "Rule", "Ruler", "Strip", "page_numbers", "paginate"]

NOTES = "This page is for your notes"


class Spaced:
    """A ruler for text with space added after each letter, so that lines are broken where they are drawn (LP-24)."""

    def __init__(self, ruler: Ruler, tracking: float) -> None:
        self.ruler, self.tracking, self.words = ruler, tracking, ruler.words

    def width(self, text: str, font: str, size: float) -> float:
        return self.ruler.width(text, font, size) + len(text) * self.tracking * size

    def spans(self, text: str, font: str) -> list[tuple[str, str]]:
        return self.ruler.spans(text, font)


def paginate(document: Document, sheet: Stylesheet, ruler: Ruler, numbered: bool = True) -> list[Page]:
    """The pages of a document, complete: numbers, running feet, and the back cover on a back.

    Feet that are not `numbered` are for pages that are put among those of another document.
    """
    setter = Setter(sheet, Spaced(ruler, sheet.tracking) if sheet.tracking else ruler)
    parts: list[list[list[Strip]]] = [[]]
    back: list[list[Strip]] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.sheet:
            parts.append([])
        is_back = isinstance(block, Emergency) and block.back_cover
        (back if is_back else parts[-1]).append(setter.galley(block, (index,)))
    pages: list[Page] = []
    for part in parts:
        if len(pages) % 2 and sheet.sides == "both":
            pages.append(Page(0, tuple(_notes(setter))))
        pages += fill(chain.from_iterable(part), sheet.depth)
    cover = fill(chain.from_iterable(back), sheet.depth) if back else []
    whole = 4 if sheet.fold else 2 if back and sheet.sides == "both" else 1
    while (len(pages) + len(cover)) % whole:
        pages.append(Page(0, tuple(_notes(setter))))
    return _finished([*pages, *cover], document.title, setter, numbered)


def page_numbers(pages: Iterable[Page]) -> dict[str, int]:
    """The page, counted from 1, that each anchor is on."""
    return {
        line.strip.anchor: number for number, page in enumerate(pages, 1) for line in page.lines if line.strip.anchor
    }


def _notes(setter: Setter) -> list[Placed]:
    """A page to write on, where the next part has to begin a sheet or the back cover has to end one."""
    sheet = setter.sheet
    lines = [Placed(strip, n * strip.height) for n, strip in enumerate(setter.note_title(NOTES))]
    top = sum(line.strip.height for line in lines)
    gap = sheet.writing_line
    ruled = Strip((), gap, rules=(Rule(0, gap - 1, sheet.measure, 1),))
    return [*lines, *(Placed(ruled, top + n * gap) for n in range(int((sheet.depth - top) / gap)))]


def _finished(pages: list[Page], title: str, setter: Setter, numbered: bool) -> list[Page]:
    numbers = page_numbers(pages)
    finished = []
    running: tuple[str, ...] = ()
    colours: tuple[str, str] | None = None
    for number, page in enumerate(pages, 1):
        lines = tuple(_numbered(line, numbers, setter.ruler) for line in page.lines)
        first = next((line.strip.running for line in lines if line.strip.running), None)
        running = running if first is None else first
        colours = next((line.strip.colours for line in lines if line.strip.colours), colours)
        count = f"Page {number} of {len(pages)}" if numbered else ""
        foot = setter.running_foot(title, running, count) if setter.sheet.feet else None
        finished.append(Page(number, lines, foot, colours))
    return finished


def _numbered(line: Placed, numbers: dict[str, int], ruler: Ruler) -> Placed:
    """The line with its page numbers filled in."""
    if all(piece.page_of is None for piece in line.strip.pieces):
        return line
    pieces = []
    for piece in line.strip.pieces:
        if piece.page_of is not None:
            text = piece.text.replace(PAGE_NUMBER, str(numbers[piece.page_of]))
            width = ruler.width(text, piece.font, piece.size)
            x = piece.x + piece.width - width if piece.flush_right else piece.x
            piece = replace(piece, text=text, width=width, x=x, page_of=None)
        pieces.append(piece)
    return replace(line, strip=replace(line.strip, pieces=tuple(pieces)))
