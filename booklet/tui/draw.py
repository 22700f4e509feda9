"""A page and the size of a window to the lines on the screen and the place of its cursor. No screen is needed for it.

What matters most stays longest as a window gets smaller: first the heading and the row that has the focus, then the
line that stays, then the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from booklet.terminal import HEIGHT, WIDTH
from booklet.tui.rows import Line, Row, caret_of, column_of, fold, heading, lines, stops

PROGRAM = "Large print booklets"
TOO_SMALL = f"This window is too small. Make it at least {WIDTH} letters wide and {HEIGHT} lines high. Nothing is lost."
ROOM = (10, 9, 8, 7, 5, 4, 0)
"""How many lines the scrolling part must have, or all that is in it, for each arrangement to do, the fullest first."""


@dataclass(frozen=True)
class View:
    """What a page shows now."""

    heading: str
    place: str = ""
    hint: str = ""
    back: bool = True
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    status: tuple[str, ...] = ()
    """Lines that stay on the screen."""
    advice: tuple[str, ...] = ()
    """Lines that stay where there is room."""
    keys: tuple[str, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        return (*((BACK,) if self.back else ()), *self.body, *self.foot)


BACK = Row("< Back", "back", "back")


@dataclass(frozen=True)
class Screenful:
    lines: tuple[Line, ...]
    cursor: tuple[int, int]
    """Cell and line of the hardware cursor, which magnifiers and braille displays follow."""
    top: int
    """The first row of the scrolling part that is shown."""


@dataclass
class _Arrangement:
    """What is pinned above and below, and what scrolls between."""

    head: list[Row | str] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    tail: list[Row | str] = field(default_factory=list)


def draw(view: View, size: tuple[int, int], at: str, top: int = 0, caret: int | None = None) -> Screenful:
    """The screen with the focus on the row `at`; `caret` is where in its text the next letter goes."""
    width, height = size
    if width < WIDTH or height < HEIGHT:
        pieces = [piece.rstrip() for piece in fold(TOO_SMALL, max(width - 1, 8))]
        return Screenful(tuple(Line(pieces[n] if n < len(pieces) else "") for n in range(height)), (0, 0), top)
    for level, needed in enumerate(ROOM):
        made = _arranged(view, width, height, level)
        body = tuple(stops(made.body, width))
        column = column_of(body, width)
        above, below = (_drawn(part, width, at, column) for part in (made.head, made.tail))
        blocks = [_block(row, width, at, column) for row in body]
        room = height - len(above) - len(below)
        if room >= min(max(needed, _tallest(body, blocks) + 2), sum(map(len, blocks))):
            break
    top, middle = _window(body, blocks, at, top, (width, room))
    middle += [Line("")] * (room - len(middle))
    drawn = (*above, *middle, *below)[:height]
    y = next((n for n, line in enumerate(drawn) if line.focused), 0)
    row = next((row for row in (*body, *view.rows()) if row.key == at), None)
    x = 1 if width >= 60 else 0
    if row is not None and row.value is not None and caret is not None:
        down, x = caret_of(row, width, caret)
        y += down
    return Screenful(drawn, (min(x, width - 1), min(y, height - 1)), top)


def _tallest(rows: Sequence[Row], blocks: Sequence[list[Line]]) -> int:
    """The lines of the tallest row that can have the focus, with the heading that belongs to it."""
    tallest, before = 0, 0
    for row, block in zip(rows, blocks, strict=True):
        before = before if row.key else before + len(block) if row.text else 0
        if row.key:
            tallest, before = max(tallest, len(block) + before), 0
    return tallest


def _arranged(view: View, width: int, height: int, level: int) -> _Arrangement:
    """The fuller arrangements pin more and leave lines blank; the last pins the heading alone."""
    made = _Arrangement()
    blank: list[Row | str] = [""] if level < 1 else []
    back, foot = ([BACK] if view.back else []), list(view.foot)
    if level < 5:
        made.head.append(_title(view.place, width))
    if level < 4:
        made.head += back
    made.head.append(heading(view.heading))
    hint = [Row(view.hint)] if view.hint else []
    if level < 3:
        made.head += hint
    made.head += blank
    if level < 6:
        made.tail += [*blank, *(Row(said) for said in view.status)]
    if level < 4:
        made.tail += [Row(said) for said in view.advice]
    if level < 4 and foot:
        made.tail += [*blank, *foot]
    if level < 5:
        made.tail += [*blank, *_keys(view.keys if level < 2 else view.keys[-2:], width)]
    inner = [row for row in view.body if row.text or row.key or level < 3]
    made.body = [
        *(back if level >= 4 else ()),
        *(hint if level >= 3 else ()),
        *inner,
        *(foot if level >= 4 else ()),
        *((Row(said) for said in view.status) if level >= 6 else ()),
        *((Row(said) for said in view.advice) if level >= 4 else ()),
    ]
    return made


def _title(place: str, width: int) -> str:
    if width < 60:
        return place or PROGRAM
    return f" {PROGRAM}{place.rjust(width - len(PROGRAM) - 2)}" if place else f" {PROGRAM}"


def _keys(keys: Sequence[str], width: int) -> list[str]:
    """The keys that work here, each with its words, wrapped between them."""
    margin = " " if width >= 60 else ""
    found: list[str] = []
    for key in keys:
        joined = f"{found[-1]}   {key}" if found else ""
        if found and len(joined) < width:
            found[-1] = joined
        else:
            found.append(f"{margin}{key}")
    return found


def _drawn(part: Sequence[Row | str], width: int, at: str, column: int) -> list[Line]:
    return [line for row in part for line in ([Line(row)] if isinstance(row, str) else _block(row, width, at, column))]


def _block(row: Row, width: int, at: str, column: int) -> list[Line]:
    focused = bool(row.key) and row.key == at
    return [Line(text, focused, row.bold) for text in lines(row, width, focused, column)]


def _window(
    rows: Sequence[Row], blocks: Sequence[list[Line]], at: str, top: int, size: tuple[int, int]
) -> tuple[int, list[Line]]:
    """The first row shown, and the lines of whole rows; what is not shown is said in words."""
    width, room = size
    count = len(rows)
    if sum(map(len, blocks)) <= room:
        return 0, [line for block in blocks for line in block]
    focus = next((n for n, row in enumerate(rows) if row.key == at), None)
    top = min(top, count - 1)
    if focus is not None:
        lead = focus
        while lead and not rows[lead - 1].key and _fits(blocks, lead - 1, focus, room):
            lead -= 1
        after = focus
        while after + 1 < count and not any(row.key for row in rows[after + 1 :]):
            after += 1
        top = min(top, lead)
        while top < lead and not _fits(blocks, top, after, room):
            top += 1
        while top < focus and not _fits(blocks, top, focus, room):
            top += 1
    while top and _fits(blocks, top - 1, count - 1, room):
        top -= 1  # the window has grown
    last = top
    while last + 1 < count and _fits(blocks, top, last + 1, room):
        last += 1
    shown = [line for block in blocks[top : last + 1] for line in block]
    above = [Line(_more("above", rows[:top], rows, width))] if top else []
    below = [Line(_more("below", rows[last + 1 :], rows, width))] if last + 1 < count else []
    if len(shown) + len(above) + len(below) > room:  # one row that nearly fills the window: it goes first
        above, below = [], below if len(shown) < room else []
    return top, [*above, *shown[:room], *below]


def _fits(blocks: Sequence[list[Line]], first: int, last: int, room: int) -> bool:
    """Whether these rows fit, with the words that say that there are more."""
    used = sum(len(block) for block in blocks[first : last + 1])
    return used + bool(first) + (last + 1 < len(blocks)) <= room


def _more(where: str, hidden: Sequence[Row], rows: Sequence[Row], width: int) -> str:
    number, every = (sum(bool(row.key) for row in part) for part in (hidden, rows))
    said = f"More {where}: {number} of {every}{' not shown' if width >= 32 else ''}" if number else f"More {where}"
    return f"{'   ' if width >= 60 else '  '}{said}"
