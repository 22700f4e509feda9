"""The graphics and text state that operators change (ISO 32000-1 8.4 and 9.3), and the path under construction (8.5)."""

from collections.abc import Sequence
from typing import Any

from booklet.audit.canvas import Ink, Owner, Paint
from booklet.audit.colours import BLACK, RGB, Space, grey
from booklet.audit.faces import Face
from booklet.audit.geometry import Box, Matrix, Point, around, at, overlap, times

Operands = Sequence[Any]
EVEN = 0.01
"""Points by which the corners of a rectangle may be out."""


class State:
    """What `q` saves and `Q` brings back."""

    def __init__(self, matrix: Matrix, clip: Box | None) -> None:
        self.matrix, self.clip = matrix, clip
        """Places are in points of the page as it is seen; of a clipping path only the box is kept."""
        self.fill: RGB | None = BLACK
        self.stroke: RGB | None = BLACK
        self.fill_space: Space = grey
        self.stroke_space: Space = grey
        self.fill_alpha = self.stroke_alpha = 1.0
        self.width = 1.0
        self.face: Face | None = None
        self.size = 0.0
        self.spacing = self.word_spacing = self.leading = self.rise = 0.0
        self.scale = 1.0
        self.mode = 0

    def copy(self) -> "State":
        other = State.__new__(State)
        other.__dict__.update(self.__dict__)
        return other

    def transform(self, operands: Operands) -> None:
        self.matrix = times(matrix_of(operands), self.matrix)

    def narrow(self, box: Box) -> None:
        """Clip to what is around a path: outside of it nothing is painted."""
        nowhere = Box(box.left, box.bottom, box.left, box.bottom)
        self.clip = (overlap(self.clip, box) or nowhere) if self.clip else box

    def ink(self, stroke: bool, owner: Owner | None, artifact: bool) -> Ink:
        if stroke:
            return Ink(self.stroke, self.stroke_alpha, owner, artifact)
        return Ink(self.fill, self.fill_alpha, owner, artifact)

    def set_colour(self, space: Space, colour: RGB | None, stroke: bool) -> None:
        if stroke:
            self.stroke_space, self.stroke = space, colour
        else:
            self.fill_space, self.fill = space, colour


class Path:
    """Rings of points on the page; a curve is kept by its middle and its end, enough to tell what it goes around."""

    def __init__(self) -> None:
        self.rings: list[list[Point]] = []
        self.curved = False

    def move(self, matrix: Matrix, x: float, y: float) -> None:
        self.rings.append([at(matrix, x, y)])

    def straight(self, matrix: Matrix, x: float, y: float) -> None:
        self.rings[-1].append(at(matrix, x, y))

    def curve(self, matrix: Matrix, kind: str, values: list[float]) -> None:
        """`c` has two points that steer it and its end; `v` and `y` leave one out."""
        points = [at(matrix, x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
        begin = self.rings[-1][-1]
        one, two = (points[0], points[1]) if kind != "v" else (begin, points[0])
        x, y = ((p + 3 * q + 3 * r + s) / 8 for p, q, r, s in zip(begin, one, two, points[-1], strict=True))
        self.rings[-1] += [(x, y), points[-1]]
        self.curved = True

    def rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.rings.append([at(matrix, *corner) for corner in corners])

    def box(self) -> Box:
        return around([point for ring in self.rings for point in ring])

    def filled(self, ink: Ink, even_odd: bool) -> Paint:
        box = self.box()
        plain = len(self.rings) == 1 and not self.curved and _is_box(self.rings[0], box)
        return Paint(box, ink, rings=None if plain else self.rings, even_odd=even_odd)

    def stroked(self, ink: Ink, width: float) -> tuple[Paint, bool]:
        """The mark that a line leaves, and whether text may stand on it: a straight line is a thin box."""
        box, half = self.box(), width / 2
        level, upright = box.top - box.bottom < EVEN, box.right - box.left < EVEN
        x, y = 0.0 if level and not upright else half, 0.0 if upright and not level else half
        wide = Box(box.left - x, box.bottom - y, box.right + x, box.top + y)
        return Paint(wide, ink), level or upright


def matrix_of(operands: Operands) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _is_box(ring: list[Point], box: Box) -> bool:
    """Whether every corner of a ring is a corner of its box, and there are four."""
    xs, ys = (box.left, box.right), (box.bottom, box.top)
    corners = {(x - xs[0] > xs[1] - x, y - ys[0] > ys[1] - y) for x, y in ring}
    near = all(min(abs(x - v) for v in xs) < EVEN and min(abs(y - v) for v in ys) < EVEN for x, y in ring)
    return near and len(corners) == 4
