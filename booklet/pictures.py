"""Pictograms: small drawings in one colour, read from SVG into the path operators of a page.

They stand beside the word that says the same, so on a page they are artifacts (ISO 14289-1 7.1): who hears the
booklet hears the word. svgelements reads the SVG.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Any

from booklet.errors import ContentError, Problem
from booklet.paths import CONTENT
from booklet.settings import text_of

BOX = 100.0
"""Width and height of every drawing in its own units."""
LARGEST = 50_000
"""Letters of a file: ten times our longest."""
REFUSED = ("<!DOCTYPE", "<!ENTITY", "<use", ":use", "<image", ":image", "<?xml-stylesheet")
"""What an SVG can use to grow without end or to reach for other files; no pictogram needs it."""


Segment = tuple[str, tuple[float, ...]]
"""An operator and its numbers: points in units of the box with y upwards, or a width."""


@cache
def drawing(name: str) -> tuple[Segment, ...]:
    """The path operators of one pictogram. Raises ContentError when there is no such picture."""
    return segments(CONTENT / "pictures" / f"{name}.svg")


def placed(drawn: tuple[Segment, ...], x: float, y: float, size: float) -> str:
    """The operators with the lower left corner of the box at a place, `size` points wide.

    The points are moved and not the page, so that every size on the page stays what it says.
    """
    scale = size / BOX
    code = ["q 1 J 1 j"]
    for operator, numbers in drawn:
        if operator == "w":
            moved = tuple(number * scale for number in numbers)
        else:
            moved = tuple((y if n % 2 else x) + number * scale for n, number in enumerate(numbers))
        code.append(" ".join((*(f"{number:.2f}" for number in moved), operator)))
    return " ".join((*code, "Q"))


def segments(path: Path) -> tuple[Segment, ...]:
    """The path operators of an SVG file. Raises ContentError when it cannot be drawn."""
    if not path.is_file():
        raise ContentError(Problem("There is no such picture.", "Draw it, or leave the topic without one.", path))
    text = text_of(path)
    wrong = Problem("This picture cannot be drawn.", "Use paths, lines and plain shapes.", path)
    if len(text) > LARGEST or any(mark in text for mark in REFUSED):
        raise ContentError(wrong)
    try:
        return _segments(StringIO(text))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, SyntaxError, TypeError, ValueError):
        raise ContentError(wrong) from None


def _segments(file: StringIO) -> tuple[Segment, ...]:
    from svgelements import SVG, Shape
    from svgelements import Path as Outline

    drawn: list[Segment] = []
    for element in SVG.parse(file, width=BOX, height=BOX).elements():
        if isinstance(element, Shape):
            outline = Outline(element)
            outline.reify()
            outline.approximate_arcs_with_cubics()
            filled, stroked = element.fill.value is not None, element.stroke.value is not None
            paint = "B" if filled and stroked else "f" if filled else "S" if stroked else "n"
            drawn += [("w", (float(element.stroke_width),)), *_outline(outline), (paint, ())]
    if not all(isfinite(number) for _, numbers in drawn for number in numbers):
        raise ValueError("a place that is nowhere")
    return tuple(drawn)


def _outline(outline: Iterable[object]) -> Iterator[Segment]:
    from svgelements import Close, CubicBezier, Line, Move

    for segment in outline:
        match segment:
            case Move():
                yield "m", _points(segment.end)
            case Close():
                yield "h", ()
            case CubicBezier():
                yield "c", _points(segment.control1, segment.control2, segment.end)
            case Line():
                yield "l", _points(segment.end)
            case _:
                raise TypeError(f"a picture has a segment that is not drawn: {type(segment).__name__}")


def _points(*points: Any) -> tuple[float, ...]:
    return tuple(number for point in points for number in (float(point.x), BOX - float(point.y)))
