"""What is drawn: the line to check the print size with, the QR code, and a pictogram beside a title."""

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from msgspec.structs import replace

from booklet.model import NodePath
from booklet.paginate.types import Picture, Rule, Strip
from booklet.theme import MM

QR_MM, QR_EDGE = 30, 4
"""How wide a QR code is, and its empty edge, in squares of the code (ISO/IEC 18004 asks for four)."""


def check_ruler(millimetres: int, path: NodePath, x: float) -> Strip:
    """A line with a mark at each centimetre, longer at each end and in the middle."""
    marks = [
        Rule(x + mm * MM - 0.5, 0 if mm % 50 == 0 else 9, 1, 18 if mm % 50 == 0 else 9)
        for mm in range(0, millimetres + 1, 10)
    ]
    return Strip((), 20, rules=(Rule(x, 17, millimetres * MM, 1.5), *marks), figure=path)


def beside(strips: list[Strip], picture: Picture) -> list[Strip]:
    """Lines to the right of a pictogram, level with its middle; as they are where there is none."""
    if not picture.size:
        return strips
    spare = max(picture.size - sum(strip.height for strip in strips), 0) / 2
    first, *rest = strips
    lines = [replace(first, height=first.height + spare, baseline=first.baseline + spare, picture=picture), *rest]
    return [*lines[:-1], replace(lines[-1], height=lines[-1].height + spare)]


def qr_code(text: str, path: NodePath, x: float) -> Strip:
    """The dark squares of a text, those side by side as one. segno makes the code."""
    rows = _rows(text)
    side = QR_MM * MM / len(rows)
    left, edge = x + QR_EDGE * side, QR_EDGE * side
    squares = tuple(
        Rule(left + first * side, n * side, (last - first) * side, side)
        for n, row in enumerate(rows)
        for first, last in row
    )
    return Strip((), len(rows) * side, above=edge, below=edge, rules=squares, figure=path)


def _encoder() -> ModuleType:
    """segno's encoder without the rest of its package, whose writers load half of the network library (50 ms)."""
    if "segno" not in sys.modules:
        found = find_spec("segno")
        assert found is not None
        alone = ModuleType("segno")
        alone.__path__ = list(found.submodule_search_locations or ())
        sys.modules["segno"] = alone
        try:
            return import_module("segno.encoder")
        finally:
            del sys.modules["segno"]
    return import_module("segno.encoder")


@cache
def _rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The dark stretches of each row of a QR code: the first square, and the one after the last."""
    rows = []
    for row in _encoder().encode(text, error="m", micro=False).matrix:
        edges = [n for n in range(len(row) + 1) if bool(n < len(row) and row[n]) != bool(n and row[n - 1])]
        rows.append(tuple(zip(edges[::2], edges[1::2], strict=True)))
    return tuple(rows)
