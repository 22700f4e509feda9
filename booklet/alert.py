"""The alert sheet for a wall, in large print, and the wallet card with the same words (standards.md PR-09).

Both hold Call now word for word; the sheet holds My numbers as well. The card is set in panels of its own layout, and the
panels are put side by side on a sheet of A4, each at its own size.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from booklet import settings
from booklet.compose import LANGUAGE, MY_NUMBERS, call_now, honest_label, long_date, my_numbers
from booklet.errors import LayoutError
from booklet.library import Library
from booklet.model import Block, Document, Heading, Paragraph, Ruler, Run, WriteIn, plain, walk
from booklet.paginate import Page, Placed, Rule, Strip, paginate
from booklet.paginate import Ruler as TextRuler
from booklet.paginate.galley import Setter
from booklet.theme import MM, PAPER, Layout, Margins, Stylesheet, Typeface, Variables, resolve

SHEET_TITLE, CARD_TITLE = "My alert sheet", "My wallet card"
"""Neutral on purpose, as the title of a booklet is."""
HELPLINE = "My cancer helpline"
"""How the lines of My numbers begin that the card has."""
SAME_WORDS = "This card is for other people to read. My alert sheet has the same words in large print."
WHAT_TO_DO = "Cut along the line. Fold down the middle first."
CUT, DASH = 0.5, 6.0
"""The thickness of the lines to cut and to fold along, and the length of a dash and of the gap after it, in points."""

PanelMargin = Annotated[float, Meta(ge=4, le=10)]


class PanelMargins(Margins, frozen=True, forbid_unknown_fields=True):
    """In millimetres, from the edge of a panel: no printer's edge, and nothing is bound."""

    inner: PanelMargin
    outer: PanelMargin
    top: PanelMargin
    bottom: PanelMargin


class Card(Layout, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The layout of the wallet card."""

    margins_mm: PanelMargins
    panel_mm: tuple[float, float]
    """Width and height."""
    panels: tuple[int, int]
    """How many stand side by side and one below another."""
    edge_mm: Annotated[float, Meta(ge=12.7)]
    line_mm: float
    line_pt: float


def load_card(path: Path) -> Card:
    """Raises LayoutError with every problem of the file."""
    return settings.read_on_base(path, Card, LayoutError)


def alert_sheet(library: Library, known: dict[str, str], name: str, made: date) -> Document:
    """The sheet for a wall. `known` has what is printed on the lines of My numbers, by label."""
    numbers = my_numbers(library, known)
    blocks = (*call_now(library), *numbers, *_about(library, name, made))
    return Document(SHEET_TITLE, LANGUAGE, made, blocks)


def _about(library: Library, name: str, made: date) -> Iterator[Block]:
    yield Heading(2, (Run("About this sheet"),), "about-this-sheet")
    yield _line("This sheet belongs to", name)
    yield Paragraph((Run(f"Made on {long_date(made)}."),))
    yield honest_label(library)
    yield Ruler((Run("Print at actual size.", strong=True), Run(" This line must measure 100 mm:")), 100)


def _line(label: str, told: str) -> Block:
    return Paragraph((Run(f"{label}\n"), Run(told, strong=True))) if told else WriteIn((Run(label),))


def alert_card(library: Library, known: dict[str, str], made: date) -> Document:
    """The panels of the card, in order: what it is, when to call 999, the numbers of the helpline, when to call it."""
    call_999, call_helpline = call_now(library)
    say = next(run for run in _runs((call_999,)) if run.strong)
    told = (Paragraph((say,)), Paragraph((Run(SAME_WORDS),)), Paragraph((Run(f"{honest_label(library).title}."),)))
    cover = (Heading(1, (Run(CARD_TITLE),), "alert-card"), *told)
    numbers = (block for block in my_numbers(library, known) if _says(block).startswith(HELPLINE))
    begin = Heading(1, (Run(HELPLINE),), MY_NUMBERS)
    return Document(CARD_TITLE, LANGUAGE, made, (*cover, call_999, begin, *numbers, call_helpline))


def _says(block: Block) -> str:
    return plain(block.label if isinstance(block, WriteIn) else block.runs if isinstance(block, Paragraph) else ())


def _runs(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for _, block in walk(blocks):
        if isinstance(block, Paragraph):
            yield from block.runs


def panel_sheet(card: Card, chosen: Variables, typefaces: dict[str, Typeface]) -> Stylesheet:
    """The style of one panel."""
    width, height = card.panel_mm
    return replace(resolve(card, chosen, typefaces), page=(width * MM, height * MM))


def impose(
    document: Document, card: Card, panel: Stylesheet, ruler: TextRuler
) -> tuple[Document, Stylesheet, list[Page]]:
    """The card on sheets of A4: the document with what to do with each sheet, its style, and its pages.

    A sheet is one piece to cut out. Its middle is folded first, so that the left panels are its front and the right
    ones its back; then it is folded like a fan. The numbers of the helpline begin a piece.
    """
    pieces: list[list[Page]] = []
    most = card.panels[0] * card.panels[1]
    for page in paginate(document, panel, ruler):
        begins = any(line.strip.anchor == MY_NUMBERS for line in page.lines)
        if not pieces or begins or len(pieces[-1]) == most:
            pieces.append([])
        pieces[-1].append(page)
    width, height = PAPER["A4"]
    left = (width - card.panels[0] * panel.page[0]) / 2
    top = card.edge_mm * MM
    sheet = replace(panel, page=(width, height), inner=left, outer=left, top=top, bottom=0)
    told = tuple(Paragraph((Run(WHAT_TO_DO),)) for _ in pieces)
    blocks = (*document.blocks, *told)
    pages = []
    for n, panels in enumerate(pieces):
        line = _what_to_do(card, panel, ruler, (len(document.blocks) + n,), width - 2 * left)
        pages.append(Page(n + 1, (line, *_placed(card, panel, panels))))
    return replace(document, blocks=blocks), sheet, pages


def _what_to_do(card: Card, panel: Stylesheet, ruler: TextRuler, path: tuple[int, ...], width: float) -> Placed:
    """The line above the panels, in large print."""
    body = panel["body"]
    size = body.size * card.line_pt / panel.nominal
    style = replace(body, size=size, leading=card.line_mm * MM, below=0)
    (strip,) = Setter(panel, ruler).lines((Run(WHAT_TO_DO),), style, path, 0, width)
    return Placed(replace(strip, baseline=0.72 * size), 0)  # at the top of its room: letters go below it


def _placed(card: Card, panel: Stylesheet, panels: list[Page]) -> Iterator[Placed]:
    """The lines of the panels where they are on the sheet, and the lines to cut and to fold along."""
    across, (width, height) = card.panels[0], panel.page
    rows = -(-len(panels) // across)
    begin = card.line_mm * MM
    yield from _lines_of_a_piece(width, height, across, rows, begin)
    for n, page in enumerate(panels):
        x, y = n // rows * width + panel.inner, begin + n % rows * height + panel.top
        for line in page.lines:
            yield Placed(_moved(line.strip, x), line.top + y)


def _moved(strip: Strip, x: float) -> Strip:
    pieces = tuple(replace(piece, x=piece.x + x) for piece in strip.pieces)
    return replace(strip, pieces=pieces, rules=tuple(replace(rule, x=rule.x + x) for rule in strip.rules))


def _lines_of_a_piece(width: float, height: float, across: int, rows: int, begin: float) -> Iterator[Placed]:
    """A thin line around the piece, to cut along; dashed lines between its panels."""
    right, down = across * width, rows * height
    cut = [Rule(x - CUT / 2, 0, CUT, down) for x in (0.0, right)]
    cut += [Rule(0, y - CUT / 2, right, CUT) for y in (0.0, down)]
    folds = [Rule(n * width - CUT / 2, at, CUT, DASH) for n in range(1, across) for at in _dashes(down)]
    folds += [Rule(at, n * height - CUT / 2, DASH, CUT) for n in range(1, rows) for at in _dashes(right)]
    yield Placed(Strip((), 0, rules=(*cut, *folds)), begin)


def _dashes(length: float) -> Iterator[float]:
    """Where each dash begins, so that the gaps at both ends are alike."""
    number = int((length / DASH - 1) / 2)
    edge = (length - (2 * number - 1) * DASH) / 2
    return (edge + 2 * n * DASH for n in range(number))
