"""What a rule is: what it is called, who asks for it, and a function that looks for where it is broken."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeVar

from booklet.audit.canvas import Text
from booklet.audit.document import Doc, Link
from booklet.audit.geometry import MM
from booklet.audit.lines import Line

T = TypeVar("T")
Gate = Literal["B", "W"]
"""B: must be mended. W: worth a second look. (The gates of standards.md.)"""


class Fault(NamedTuple):
    page: int | None
    """None for the whole file."""
    what: str
    gate: Gate = "B"


Judge = Callable[[Doc], Iterable[Fault]]


class Rule(NamedTuple):
    id: str
    source: str
    judge: Judge
    folded: bool = False
    """It is judged on sheets for folding too: two pages side by side, for a printer only, without tags."""


def place(thing: Text | Line | Link) -> str:
    """Where to look on the page. Its words are never said again: they may be somebody's name, and a log keeps them."""
    y = thing.box.bottom if isinstance(thing, Link) else thing.y
    return f", {y / MM:.0f} mm above the foot of the page"


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def points(size: float) -> str:
    return f"{size:.1f}".removesuffix(".0") + " point"


def by_page(items: Iterable[tuple[int, T]]) -> Iterator[tuple[int, list[T]]]:
    """What belongs to each page, in the order of the pages: a rule speaks once for a page."""
    pages: dict[int, list[T]] = {}
    for page, item in items:
        pages.setdefault(page, []).append(item)
    yield from sorted(pages.items())
