"""What flows through the paginator: lines of a galley, and pages of placed lines.

All lengths are points. `x` runs right from the left edge of the text block, `top` runs down from
its top edge; which side the binding is on is known only to the writer.
"""

from typing import Protocol

import msgspec

from booklet.model import NodePath

FREE, LOOSE, ITEM, PAIR, LEAD, LINE, HEADING = range(7)
"""How strongly a strip keeps to the next: not at all; as blocks of one box; as items of a list in a
box; as two items, so that none is lonely; as what says what comes next; as lines of one paragraph; as
a heading to the line below it. A group is divided at its weakest joints, and only when no page can
hold it or moving it would leave most of a page blank."""


class Ruler(Protocol):
    """Measures text. Tests pass one of their own."""

    words: dict[str, list[tuple[int, int]]]
    """Where the words of a text begin and end, as far as it was divided: the same in every face and size."""

    def width(self, text: str, font: str, size: float) -> float: ...
    def spans(self, text: str, font: str) -> list[tuple[str, str]]: ...


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of text on one line: what to draw, where, and whose it is."""

    x: float
    width: float
    text: str
    """With the space that ends it where the words go on in the next line: PDF readers join lines."""
    font: str
    size: float
    owner: NodePath | None
    """The block this text belongs to; None for an artifact, which no document holds."""
    tag: str = ""
    """The part of the block: "Lbl" for a list label, "Title" for a box's, "Cell" for a table's."""
    run: int = 0
    """Which run of the block, so that links and bold become elements of their own."""
    href: str | None = None
    strong: bool = False
    page_of: str | None = None
    """Holds PAGE_NUMBER, to be replaced by the page of this anchor."""
    flush_right: bool = False
    """Keeps its right edge when its page number is filled in."""


class Rule(msgspec.Struct, frozen=True):
    """A filled rectangle, `top` down from the top of its strip."""

    x: float
    top: float
    width: float
    height: float


class Frame(msgspec.Struct, frozen=True):
    """A box or bar around neighbouring strips; they share the frame when it is equal."""

    owner: NodePath
    kind: str
    x: float
    width: float
    weight: float


class Picture(msgspec.Struct, frozen=True):
    """A pictogram, as wide as it is tall, from the left of its strip."""

    name: str
    x: float
    size: float


class Strip(msgspec.Struct, frozen=True, omit_defaults=True):
    """One unbreakable line of the galley."""

    pieces: tuple[Piece, ...]
    height: float
    baseline: float = 0
    """Down from the top of the strip."""
    above: float = 0
    """Space before it; dropped at the top of a page. Between two strips the larger space counts."""
    below: float = 0
    keep: int = FREE
    new_page: bool = False
    rules: tuple[Rule, ...] = ()
    figure: NodePath | None = None
    """The block that the rules draw; without one they are artifacts."""
    picture: Picture | None = None
    colours: tuple[str, str] | None = None
    """Ink and paper from this page on."""
    frames: tuple[Frame, ...] = ()
    anchor: str = ""
    running: tuple[str, ...] = ()
    """What the foot of this page and the next ones says, longest first."""
    head: tuple["Strip", ...] = ()
    """Set before this strip when it begins a page: a repeated heading or header row."""
    lead: int = 0
    """How many strips at the end of the head say what this is one of, such as whom to call; they are never left out."""
    foot: tuple["Strip", ...] = ()
    """Set at the foot of the page when a page ends after this strip."""


class Placed(msgspec.Struct, frozen=True):
    strip: Strip
    top: float


class Page(msgspec.Struct, frozen=True):
    number: int
    lines: tuple[Placed, ...]
    foot: Placed | None = None
    """The running foot: always at the same place, always artifacts."""
    colours: tuple[str, str] | None = None
    """Ink and paper where they are not those of the stylesheet."""

    def text(self) -> str:
        """A line of text for each strip, as the page reads."""
        return "\n".join("".join(piece.text for piece in line.strip.pieces) for line in self.lines)


PAGE_NUMBER = "0000"
"""Holds the place of a page number until the pages are known; as wide as any it will be."""
