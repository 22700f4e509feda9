"""Blocks to lines of cells: what the paginator does for print, with the places and signs that braille has instead.

Pages are filled, boxes and emergencies divided and headings kept by the paginator itself; a cell is its unit of width and
a line its unit of height.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from booklet.model import Contents, Heading, List, NodePath, Paragraph, QrCode, Run, Runs, Table, WriteIn, plain
from booklet.model import Ruler as RulerBlock
from booklet.paginate.galley import Setter
from booklet.paginate.types import FREE, HEADING, LINE, PAGE_NUMBER, PAIR, Piece, Strip
from booklet.theme import TextStyle
from booklet.writers.braille import ueb
from booklet.writers.braille.layout import CellStyle

Translate = Callable[[str], str]
"""A line of print to cells; as many words as `ueb.words` finds in it."""
BOX = ("7", "g")
"""What the lines above and below a box are made of."""
GUIDE = '"'
"""Leads from an entry of the contents to its page."""
TO_FILL_IN = " .-"
"""A blank to be filled in (7.2)."""
GOES_ON = '"'
"""At the end of a line whose last word goes on in the next (6.10)."""
HALVES = frozenset('@^_".,;#')
"""Cells that are read together with the next one."""
PAGE = ueb.uncontracted(PAGE_NUMBER)
"""Holds the place of a page number until the pages are known, and is as long as any."""
MARGIN = 3
"""Empty cells on each side of a line in the middle."""
STEP = 2
"""By how many cells an inner list, or a lesser entry of the contents, stands in."""


class CellRuler:
    """Measures cells."""

    def __init__(self) -> None:
        self.words: dict[str, list[tuple[int, int]]] = {}

    def width(self, text: str, font: str, size: float) -> float:
        return len(text)

    def spans(self, text: str, font: str) -> list[tuple[str, str]]:
        return [(font, text)] if text else []


@dataclass(frozen=True)
class CellSetter(Setter):
    """Sets blocks in cells; `translate` makes them of print."""

    translate: Translate

    def lines(
        self, runs: Runs, style: TextStyle, path: NodePath | None, x: float, width: float, tag: str = ""
    ) -> list[Strip]:
        assert isinstance(style, CellStyle)
        if style.centred:
            made = [(x + (width - len(line)) // 2, line) for line in self.broken(runs, width - 2 * MARGIN, 0, 0, False)]
        else:
            emphasis = path is not None and tag == ""
            found = self.broken(runs, width, style.first, style.indent, emphasis)
            made = [(x + (style.indent if n else style.first), line) for n, line in enumerate(found)]
        anchors = iter([run.page_of for run in runs if run.page_of])
        strips = [Strip(tuple(_pieces(left, line, path, tag, anchors)), 1) for left, line in made]
        strips = strips or [Strip((), 1)]
        strips[0] = replace(strips[0], above=style.above, new_page=style.new_page)
        strips[-1] = replace(strips[-1], below=style.below)
        return strips

    def broken(self, runs: Runs, width: float, first: float, then: float, emphasis: bool) -> list[str]:
        """The cells of runs in lines, those after the first or a line break at `then`."""
        made: list[str] = []
        for line in cells_of(runs, self.translate, emphasis).split("\n"):
            made += fitted(line.split(), int(width - (then if made else first)), int(width - then))
        return made

    def heading(self, block: Heading, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """Position tells that it is a heading: nothing of it is marked as bold."""
        plain_runs = tuple(replace(run, strong=False) for run in block.runs)
        yield from super().heading(replace(block, runs=plain_runs), path, x, width)

    def items(self, block: List, path: NodePath, x: float, width: float, body: TextStyle) -> Iterator[list[Strip]]:
        style = self.sheet["list"]
        assert isinstance(style, CellStyle)
        assert isinstance(body, CellStyle)
        x, width = x + style.first, width - style.first
        last = len(block.items) - 1
        for n, item in enumerate(block.items):
            label = self.translate(block.label(n))
            opening = replace(body, first=len(label) + 1, indent=style.indent - style.first)
            strips: list[Strip] = []
            for i, inner in enumerate(item.blocks):
                if isinstance(inner, Paragraph):
                    later = replace(body, first=STEP, indent=STEP)
                    strips += self.lines(inner.runs, later if i else opening, (*path, n, i), x, width)
                else:
                    strips += self.block(inner, (*path, n, i), x + STEP, width - STEP, body)
            mark = Piece(x, len(label), label, "", 1, (*path, n), "Lbl")
            strips[0] = replace(strips[0], pieces=(mark, *strips[0].pieces))
            strips = _kept(strips, PAIR if n in (0, last - 1) and n != last else FREE)
            strips[-1] = replace(strips[-1], below=body.below if n == last else style.below)
            yield strips

    def edges(self, style: TextStyle, x: float, width: float) -> tuple[Strip, Strip, Strip]:
        """A line of cells above a box and one below it; none where it goes on, for it did not end."""
        none = Strip((), 0, keep=HEADING)
        if not isinstance(style, CellStyle) or not style.box:
            return none, none, none
        top, bottom = (Strip((Piece(x, width, cell * int(width), "", 1, None),), 1, keep=HEADING) for cell in BOX)
        return top, none, bottom

    def title(self, text: str, style: TextStyle, path: NodePath | None, x: float, width: float) -> list[Strip]:
        return _kept(self.lines((Run(text),), style, path, x, width, "Title" if path is not None else ""), HEADING)

    def table(self, block: Table, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """A row is its cells one under another, each after the heading of its column: no line holds columns."""
        style = self.sheet["table"]
        for r, row in enumerate(block.rows, 1):
            strips: list[Strip] = []
            for c, runs in enumerate(row):
                named = (Run(f"{plain(block.header[c])}: "), *runs)
                strips += self.lines(named, replace(style, below=0), (*path, r, c), x, width, "Cell")
            strips[-1] = replace(strips[-1], below=style.below)
            yield from _kept(strips, FREE)

    def write_in(self, block: WriteIn, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """The label and one sign for a blank, however many lines print has: embossed paper has no lines."""
        style = replace(self.sheet["write-in"], below=0)
        strips = self.lines(block.label, style, path, x, width - len(TO_FILL_IN), "Label")
        end = strips[-1].pieces[-1]
        blank = Piece(end.x + end.width, len(TO_FILL_IN), TO_FILL_IN, "", 1, None)
        strips[-1] = replace(strips[-1], pieces=(*strips[-1].pieces, blank), below=self.sheet["write-in"].below)
        yield from _kept(strips, FREE)

    def check_ruler(self, block: RulerBlock, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """It checks a printed page, which this is not."""
        yield from ()

    def qr_code(self, block: QrCode, path: NodePath, x: float) -> Iterator[Strip]:
        """For a camera; the code stands before it in letters."""
        yield from ()

    def contents(self, block: Contents, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        style = self.sheet["contents"]
        assert isinstance(style, CellStyle)
        for n, entry in enumerate(block.entries):
            inset = replace(style, first=style.first + STEP * (entry.level - 1))
            room = width - len(PAGE) - 1
            strips = self.lines((Run(entry.text),), inset, (*path, n), x, room, "Entry")
            page = Piece(
                x + width - len(PAGE),
                len(PAGE),
                PAGE,
                "",
                1,
                (*path, n),
                "Page",
                page_of=entry.anchor,
                flush_right=True,
            )
            strips[-1] = replace(strips[-1], pieces=(*strips[-1].pieces, page))
            leads = entry.level == 1 and n + 1 < len(block.entries) and block.entries[n + 1].level > 1
            yield from _kept(strips, PAIR if leads else FREE)


def _pieces(left: float, line: str, path: NodePath | None, tag: str, anchors: Iterator[str | None]) -> Iterator[Piece]:
    """A line, cut after each page number that it holds the place of."""
    while line:
        at = line.find(PAGE)
        anchor = next(anchors, None) if at >= 0 else None
        text = line[: at + len(PAGE)] if anchor else line
        yield Piece(left, len(text), text, "", 1, path, tag, page_of=anchor)
        left, line = left + len(text), line[len(text) :]


def _kept(strips: Iterable[Strip], last: int) -> list[Strip]:
    """The lines of one thing; `last` says how the whole keeps to what follows."""
    *lines, end = strips
    return [*(replace(strip, keep=LINE) for strip in lines), replace(end, keep=max(last, end.keep))]


def cells_of(runs: Runs, translate: Translate, emphasis: bool) -> str:
    """The cells of runs, line breaks kept.

    Bold is marked only where it says something that place does not: in the middle of a line of text, or on all of a
    paragraph. Bold that begins a line names what follows and stands first; readers of braille need no sign for it.
    """
    text = "".join(run.text + (PAGE_NUMBER if run.page_of else "") for run in runs)
    strong = [run.strong for run in runs for _ in run.text + (PAGE_NUMBER if run.page_of else "")]
    whole = bool(strong) and all(bold for bold, char in zip(strong, text, strict=True) if not char.isspace())
    made = []
    begin = 0
    for line in text.split("\n"):
        words = translate(line).split(" ")
        if emphasis and any(strong[begin : begin + len(line)]):
            words = _marked(words, _bold(line, strong[begin : begin + len(line)], whole))
        made.append(" ".join(words))
        begin += len(line) + 1
    return "\n".join(made)


def _bold(line: str, strong: list[bool], whole: bool) -> list[bool]:
    """For each word of the line whether it is bold and has to be marked."""
    held = ueb.NUMBER.sub(lambda found: found[0].replace(" ", ueb.BLANK), line)
    bold: list[bool] = []
    begin = 0
    for word in held.split(" "):
        if word:
            bold.append(any(strong[begin : begin + len(word)]))
        begin += len(word) + 1
    if not whole:
        leading = next((n for n, each in enumerate(bold) if not each), len(bold))
        bold[:leading] = [False] * leading
    return bold


def _marked(words: list[str], bold: list[bool]) -> list[str]:
    """The signs for bold words and passages (9.2 to 9.4)."""
    made = list(words)
    n = 0
    while n < len(bold):
        end = n
        while end < len(bold) and bold[end]:
            end += 1
        if end - n >= ueb.PASSAGE_LENGTH:
            made[n] = ueb.BOLD_PASSAGE + made[n]
            made[end - 1] += ueb.BOLD_END
        else:
            for at in range(n, end):
                made[at] = ueb.BOLD_WORD + made[at]
        n = max(end, n + 1)
    return made


def fitted(words: Iterable[str], first: int, width: int) -> list[str]:
    """Words in lines of at most `first` and then `width` cells.

    A word that no line can hold goes on in the next after a sign that says so: after a slash where it can be, else
    before a full stop or after a hyphen, and never within a sign of two cells.
    """
    lines = [""]
    for word in words:
        room = first if len(lines) == 1 else width
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
            room = width
        while not lines[-1] and len(word) > room:
            cut = _cut(word, room - len(GOES_ON))
            lines[-1] = word[:cut] + GOES_ON
            lines.append("")
            word, room = word[cut:], width
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def _cut(word: str, room: int) -> int:
    """After how many cells to divide a word."""
    slash = word.rfind("_/", 0, room)
    places = (slash + 2 if slash > 0 else 0, word.rfind("4", 1, room), word.rfind("-", 1, room) + 1)
    at = next((place for place in places if place > 0), room)
    while at > 1 and word[at - 1] in HALVES:
        at -= 1
    return at
