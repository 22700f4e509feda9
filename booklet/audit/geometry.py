"""Places and sizes on a page: matrices (ISO 32000-1 8.3.3) and boxes.

Lengths are points; places are counted from the lower left corner of the page as it is seen, turned as its `/Rotate` says.
"""

from math import atan2, degrees, hypot
from typing import NamedTuple

MM = 72 / 25.4
"""Points in a millimetre."""

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = ax + cy + e, y' = bx + dy + f."""
Point = tuple[float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, and then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def rendered(matrix: Matrix, size: float) -> float:
    """The height that letters of a font size have on paper, square to their baseline: turning and slanting change nothing."""
    a, b, c, d, _, _ = matrix
    along = hypot(a, b)
    return abs(size * (a * d - b * c)) / along if along else 0.0


def narrowing(matrix: Matrix, scale: float) -> float:
    """The width of letters as a share of what it should be for their height; `scale` is the horizontal scaling (1 is 100 %)."""
    height = rendered(matrix, 1)
    return abs(scale) * hypot(matrix[0], matrix[1]) / height if height else 0.0


def slant(matrix: Matrix) -> float:
    """How far upright strokes lean, in degrees."""
    a, b, c, d, _, _ = matrix
    return abs(degrees(atan2(a * c + b * d, abs(a * d - b * c))))


def turn(matrix: Matrix) -> float:
    """The direction in which a line runs, in degrees: 0 is from left to right."""
    return degrees(atan2(matrix[1], matrix[0]))


def around(points: list[Point]) -> Box:
    """The smallest box that holds them all."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def moved(matrix: Matrix, box: Box) -> Box:
    """The smallest box that holds a box after a matrix."""
    corners = (
        (box.left, box.bottom),
        (box.left, box.top),
        (box.right, box.bottom),
        (box.right, box.top),
    )
    return around([at(matrix, x, y) for x, y in corners])


def overlap(one: Box, other: Box) -> Box | None:
    """What two boxes share; a line without width counts, boxes side by side do not."""
    left, bottom = max(one.left, other.left), max(one.bottom, other.bottom)
    right, top = min(one.right, other.right), min(one.top, other.top)
    return Box(left, bottom, right, top) if left <= right and bottom <= top else None


def inside(x: float, y: float, rings: list[list[Point]], even_odd: bool) -> bool:
    """Whether a filled path covers a point (ISO 32000-1 8.5.3.3)."""
    winding = crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                crossings += 1
                winding += 1 if y1 > y0 else -1
    return crossings % 2 == 1 if even_odd else winding != 0
