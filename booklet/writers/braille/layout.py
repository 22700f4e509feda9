"""A layout in cells and lines, and the stylesheet that it makes for the paginator."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from booklet import settings
from booklet.errors import LayoutError
from booklet.theme import Stylesheet, TextStyle

Lines = Annotated[int, Meta(ge=0, le=5)]
Cell = Annotated[int, Meta(ge=1, le=15)]


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of block is set."""

    cells: Literal["centred"] | tuple[Cell, Cell] = (1, 1)
    """Where the first line and the next ones begin; 1 is the left edge."""
    above: Lines = 0
    below: Lines = 0
    box: bool = False
    new_page: bool = False


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The kinds of block that a layout for print knows as well."""

    title: Role
    body: Role
    h1: Role
    h2: Role
    h3: Role
    h4: Role
    list: Role
    key_points: Role
    get_help: Role
    note: Role
    questions: Role
    emergency: Role
    emergency_title: Role
    emergency_again: Role
    write_in: Role
    contents: Role
    table: Role
    footer: Role


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`braille.toml` and what builds on it, in `layouts/`."""

    name: str
    grade: Literal["uncontracted", "contracted"]
    cells: Annotated[int, Meta(ge=24, le=60)]
    lines: Annotated[int, Meta(ge=10, le=40)]
    page_number: Literal["top-right", "foot-right"]
    roles: Roles


class CellStyle(TextStyle, frozen=True):
    """A style in cells and lines: a letter is one cell wide and one line high."""

    first: int = 0
    """Where the first line begins, in cells from the left of its block; `indent` is for the next ones."""
    centred: bool = False
    box: bool = False


@cache
def load_layout(path: Path) -> Layout:
    """Raises LayoutError with every problem of the file."""
    return settings.read_on_base(path, Layout, LayoutError)


def stylesheet(layout: Layout) -> Stylesheet:
    """Its page is as wide as a line has cells and as high as a page has lines, without that of the page number."""
    return Stylesheet(
        paper="A4",
        nominal=1,
        page=(layout.cells, layout.lines),
        inner=0,
        outer=0,
        top=0,
        bottom=0,
        sides="one",
        line_length=layout.cells,
        writing_line=1,
        picture=0,
        box_picture=0,
        tracking=0,
        fold=False,
        ink="",
        background="",
        roles={f.encode_name: _style(getattr(layout.roles, f.name)) for f in msgspec.structs.fields(Roles)},
    )


def _style(role: Role) -> CellStyle:
    first, then = (1, 1) if role.cells == "centred" else role.cells
    return CellStyle(
        regular="",
        bold="",
        size=1,
        leading=1,
        strong=False,
        above=role.above,
        below=role.below,
        indent=then - 1,
        frame="none",
        weight=0,
        new_page=role.new_page,
        first=first - 1,
        centred=role.cells == "centred",
        box=role.box,
    )
