"""A page as it is painted: texts with their places and what lies behind them, and everything else that leaves a mark."""

from typing import NamedTuple

from booklet.audit.colours import RGB, WHITE, contrast, over
from booklet.audit.faces import Face
from booklet.audit.geometry import Box, Point, inside, overlap
from booklet.audit.limits import Effort, are_finite

Owner = tuple[int | tuple[int, int], int]
"""Marked content: its page, or its form by object number, and its MCID."""
RISE, FALL, TAIL = 0.73, 0.02, 0.23
"""How far letters reach above their baseline and below, and those with a tail, in sizes: of most typefaces."""
TAILED = frozenset("gjpqy,;()[]{}Q@/|")


class Ink(NamedTuple):
    """What is painted with, and to whom it belongs."""

    colour: RGB | None
    """None where the colour cannot be told."""
    alpha: float
    owner: Owner | None
    artifact: bool


class Text(NamedTuple):
    """Letters shown one after another, without the spaces around them."""

    page: int
    text: str
    x0: float
    x1: float
    y: float
    """The baseline."""
    size: float
    """The height on paper, after every matrix."""
    ink: float
    """The width without word gaps."""
    narrowing: float
    slant: float
    turn: float
    face: Face
    colour: RGB | None
    behind: RGB | None
    """The colour behind it, where it stands out least."""
    over_image: bool
    owner: Owner | None
    artifact: bool
    box: Box

    @property
    def contrast(self) -> float | None:
        return contrast(self.colour, self.behind) if self.colour and self.behind else None


class Paint(NamedTuple):
    """A mark that is no text."""

    box: Box
    ink: Ink
    image: bool = False
    rings: list[list[Point]] | None = None
    """The path, where it is not simply its box."""
    even_odd: bool = False

    def covers(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.box
        if not (left <= x <= right and bottom <= y <= top):
            return False
        return self.rings is None or inside(x, y, self.rings, self.even_odd)


class Canvas:
    """What has been painted on one page so far, in order."""

    def __init__(self, page: int, width: float, height: float, effort: Effort | None = None) -> None:
        self.page, self.width, self.height = page, width, height
        self.effort = effort or Effort()
        self.sheet = Box(0, 0, width, height)
        self.texts: list[Text] = []
        self.paints: list[Paint] = []
        self.solid: list[Paint] = []
        """Those that text may stand on."""
        self.unmarked = [0, 0]
        """Operators that show text, and others that paint, and are neither tagged nor an artifact."""
        self.faults: list[str] = []
        """What could not be read."""

    def paint(self, paint: Paint, clip: Box | None, solid: bool) -> None:
        if paint.ink.owner is None and not paint.ink.artifact:
            self.unmarked[1] += 1
        if not are_finite(*paint.box):
            return
        seen = overlap(paint.box, self.sheet)
        seen = overlap(seen, clip) if seen and clip else seen
        if seen is None or paint.ink.alpha <= 0:
            return
        paint = paint._replace(box=seen)
        self.paints.append(paint)
        if solid:
            self.solid.append(paint)

    def write(self, text: Text, clip: Box | None, alpha: float) -> None:
        """Put a text down, unless it cannot be seen."""
        if not are_finite(*text.box, text.size, text.turn):
            return
        self.effort.spend(len(self.solid) + 10)
        middle = Box((text.x0 + text.x1) / 2, text.y, (text.x0 + text.x1) / 2, text.y)
        if alpha <= 0 or overlap(text.box, self.sheet) is None or (clip and not overlap(middle, clip)):
            return
        near = [paint for paint in self.solid if overlap(paint.box, text.box)]
        if near or alpha < 1:
            text = _on(text, near, alpha)
        self.texts.append(text)


def _on(text: Text, paints: list[Paint], alpha: float) -> Text:
    """The text with what is behind it; looked at in three places, of which the worst counts."""
    x0, x1, up = text.x0, text.x1, text.size * 0.3
    found: list[tuple[float, RGB | None, RGB | None, bool]] = []
    for x in (x0 + 0.02 * (x1 - x0), (x0 + x1) / 2, x1 - 0.02 * (x1 - x0)):
        behind, image = _behind(paints, x, text.y + up)
        colour = over(text.colour, alpha, behind) if text.colour and behind else text.colour
        found.append((contrast(colour, behind) if colour and behind else 0.0, colour, behind, image))
    _, colour, behind, _ = min(found, key=lambda each: each[0])
    return text._replace(colour=colour, behind=behind, over_image=any(image for *_, image in found))


def _behind(paints: list[Paint], x: float, y: float) -> tuple[RGB | None, bool]:
    """The colour of a place and whether it is of a picture: the last paint, and what shows through it."""
    through: list[Ink] = []
    colour: RGB | None = WHITE
    for paint in reversed(paints):
        if not paint.covers(x, y):
            continue
        if paint.image or paint.ink.colour is None:
            return None, paint.image
        if paint.ink.alpha >= 1:
            colour = paint.ink.colour
            break
        through.append(paint.ink)
    for ink in reversed(through):
        colour = over(ink.colour, ink.alpha, colour) if ink.colour and colour else None
    return colour, False
