"""Braille: the document in pages of cells, as a BRF file that every embosser and braille display takes."""

from collections.abc import Iterator

from msgspec.structs import replace

from booklet import paths
from booklet.model import Document
from booklet.paginate import Page, Placed, page_numbers
from booklet.paginate.fill import fill
from booklet.paginate.types import Piece, Strip
from booklet.writers.braille import ueb
from booklet.writers.braille.cells import GUIDE, PAGE, CellRuler, CellSetter, Translate
from booklet.writers.braille.layout import Layout, load_layout, stylesheet
from booklet.writers.braille.liblouis import contracted

__all__ = ["Layout", "load", "load_layout", "paginate", "write"]


def load(format: str) -> Layout:
    """The layout of a format: the file of its name."""
    return load_layout(paths.LAYOUTS / f"{format}.toml")


def paginate(document: Document, layout: Layout) -> list[Page]:
    """The pages of a document, with their numbers. Raises BookletError when contracted braille cannot be made here."""
    if layout.grade == "uncontracted":
        return _pages(document, layout, ueb.uncontracted)
    texts: dict[str, None] = {}

    def gathered(text: str) -> str:
        texts[text] = None
        return ueb.uncontracted(text)

    _pages(document, layout, gathered)  # to hear of every line that will be asked for, so that one call makes them all
    return _pages(document, layout, contracted(list(texts)).__getitem__)


def write(pages: list[Page], layout: Layout) -> bytes:
    """The pages in North American ASCII braille: 64 characters from 0x20 to 0x5F, CR LF, and a form feed after each."""
    made = ("".join(f"{line}\r\n" for line in _lines(page, layout)) + "\f" for page in pages)
    return "".join(made).upper().encode("ascii")


def _pages(document: Document, layout: Layout, translate: Translate) -> list[Page]:
    sheet = stylesheet(layout)
    setter = CellSetter(sheet, CellRuler(), translate)
    strips = [strip for index, block in enumerate(document.blocks) for strip in setter.galley(block, (index,))]
    pages = fill(strips, sheet.depth)
    numbers = page_numbers(pages)
    return [replace(page, lines=tuple(_numbered(line, numbers) for line in page.lines)) for page in pages]


def _numbered(line: Placed, numbers: dict[str, int]) -> Placed:
    """The line with the page numbers that it held the place of, and dots that lead to one at its end."""
    if all(piece.page_of is None for piece in line.strip.pieces):
        return line
    pieces: list[Piece] = []
    for piece in line.strip.pieces:
        before = pieces[-1].x + pieces[-1].width if pieces else piece.x
        if piece.page_of is not None:
            text = piece.text.replace(PAGE, ueb.number(numbers[piece.page_of]))
            x = piece.x + piece.width - len(text) if piece.flush_right else before
            if piece.flush_right and x - before >= 4:
                dots = int(x - before) - 2
                pieces.append(Piece(before + 1, dots, GUIDE * dots, "", 1, None))
            piece = replace(piece, text=text, x=x, width=len(text), page_of=None)
        elif pieces:
            piece = replace(piece, x=before)
        pieces.append(piece)
    return replace(line, strip=replace(line.strip, pieces=tuple(pieces)))


def _lines(page: Page, layout: Layout) -> Iterator[str]:
    """Every line of the page, those that are empty too, and that of its number."""
    number = ueb.number(page.number).rjust(layout.cells)
    made = [""] * (layout.lines - 1)
    for line in page.lines:
        if line.strip.height:
            made[round(line.top)] = _line(line.strip)
    yield from [number, *made] if layout.page_number == "top-right" else [*made, number]


def _line(strip: Strip) -> str:
    text = ""
    for piece in strip.pieces:
        text = text.ljust(int(piece.x)) + piece.text
    return text
