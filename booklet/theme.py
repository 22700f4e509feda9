"""Layouts and reading preferences, both TOML, resolved into one stylesheet.

The words are CSS's. A layout *specifies* values in multiples of the text size, a preference sets
variables over it as a reader's own style sheet would, and the `Stylesheet` that comes out holds
*computed* values in points: all that the paginator and the writers ever see.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from booklet import settings
from booklet.errors import LayoutError, Problem, RequestError, did_you_mean

MM = 72 / 25.4
"""Points in a millimetre."""

PAPER: dict[str, tuple[float, float]] = {
    "A4": (210 * MM, 297 * MM),
    "A5": (148 * MM, 210 * MM),
    "A3": (297 * MM, 420 * MM),
    "Letter": (612, 792),
}
"""Width and height in points (ISO 216; ANSI A)."""
ARIAL_X_HEIGHT = 1062 / 2048
"""Of the em: what the sizes in records and standards are meant in (standards.md LP-01)."""

RESERVED = (
    "name",
    "output",
    "pack",
    "profile",
    "recipe",
    "clinic",
    "code",
    "about",
    "write-in",
    "content",
    "format",
    "width",
    "date",
    "json",
    "help",
    "ids",
    "run",
)
"""Names that the command line has for other things."""
Detail = Literal["key-points", "less", "more"]
Colour = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]
AtLeastOne = Annotated[float, Meta(ge=1, le=4)]
Length = Annotated[float, Meta(ge=0, le=100)]


class Variables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a preference may set."""

    paper: Literal["A4", "A5", "A3", "Letter"] = "A4"
    sides: Literal["both", "one"] = "both"
    fold: bool = False
    """Pages in a multiple of four, for two side by side on a sheet."""
    family: str = "atkinson"
    """A table of typefaces.toml."""
    heavier: bool = False
    base_size: Annotated[float, Meta(ge=12, le=36)] = 18
    leading: Annotated[float, Meta(ge=1.25, le=3)] = 1.4
    tracking: Annotated[float, Meta(ge=0, le=0.2)] = 0
    """Space added after each letter, in multiples of the text size (LP-24)."""
    ink: Colour = "#000000"
    background: Colour = "#ffffff"
    detail: Detail = "less"
    key_words: bool = False
    """Words of the glossary in bold."""
    pictures: bool = True


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of block is set. Lengths are multiples of the text size but for those named `_pt`."""

    size: AtLeastOne = 1
    strong: bool = False
    leading: Length = 1
    """A multiple of the leading of the layout; large headings need less."""
    above: Length = 0
    below: Length = 0
    indent: Length = 0
    frame: Literal["none", "bar", "box"] = "none"
    weight_pt: Length = 0
    """Thickness of the frame or rule."""
    minimum_pt: Length = 0
    new_page: bool = False


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Every kind of block that a layout must know how to set."""

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


class Margins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In millimetres; `inner` is the side that is bound."""

    inner: Annotated[float, Meta(ge=20, le=50)]
    outer: Annotated[float, Meta(ge=12.7, le=50)]
    top: Annotated[float, Meta(ge=12.7, le=50)]
    bottom: Annotated[float, Meta(ge=12.7, le=50)]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One TOML file in `layouts/`."""

    name: str
    line_length: Annotated[int, Meta(ge=20, le=70)]
    picture_mm: Annotated[float, Meta(ge=20, le=60)]
    box_picture_mm: Annotated[float, Meta(ge=20, le=60)]
    """Width and height of the pictogram of a topic (content-brief.md 3.1), and of one beside the title of a box."""
    pictures_up_to_pt: Annotated[float, Meta(ge=16, le=36)]
    """Larger print needs the page for its words: a topic, its picture and the first lines would not fit on one."""
    writing_lines_mm: tuple[Annotated[float, Meta(ge=10, le=40)], Annotated[float, Meta(ge=12, le=40)]]
    margins_mm: Margins
    variables: Variables
    roles: Roles
    feet: bool = True
    """Pages have a running foot, and say so where a list goes on; a panel of a card has no room."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    set: dict[str, str | float | bool]
    hint: str = ""
    layout: str = ""
    """The layout that goes with it; empty: it fits every layout."""
    only: dict[str, tuple[str, ...]] = {}
    """For each other preference, the choices that this one works with."""


class Preference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Declared once: it becomes a flag, a control on the screen, a question and a key in a recipe."""

    label: str
    question: str
    default: str
    choices: dict[str, Choice]


class TextStyle(msgspec.Struct, frozen=True):
    """Computed values, in points."""

    regular: str
    bold: str
    size: float
    leading: float
    strong: bool
    above: float
    below: float
    indent: float
    frame: Literal["none", "bar", "box"]
    weight: float
    new_page: bool

    @property
    def font(self) -> str:
        return self.face(False)

    def face(self, strong: bool) -> str:
        return self.bold if strong or self.strong else self.regular


class Stylesheet(msgspec.Struct, frozen=True):
    """A layout with a reader's preferences in it; lengths in points."""

    paper: Literal["A4", "A5", "A3", "Letter"]
    nominal: float
    """The text size that was asked for, in points; a face may be set larger."""
    page: tuple[float, float]
    inner: float
    outer: float
    top: float
    bottom: float
    sides: Literal["both", "one"]
    line_length: int
    writing_line: float
    picture: float
    box_picture: float
    tracking: float
    fold: bool
    ink: str
    background: str
    roles: dict[str, TextStyle]
    columns: int = 0
    """Characters on a line of plain text; 0: a sentence is never broken."""
    feet: bool = True

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.page[0] - self.inner - self.outer

    @property
    def depth(self) -> float:
        """The height of the text block, above the footer."""
        foot = self["footer"].leading + self["footer"].above if self.feet else 0
        return self.page[1] - self.top - self.bottom - foot

    def left(self, page: int) -> float:
        """Where the text block begins on a page: the binding is on the left of odd pages."""
        return self.outer if self.sides == "both" and page % 2 == 0 else self.inner

    def __getitem__(self, role: str) -> TextStyle:
        return self.roles[role]


class Typeface(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One family of `layouts/typefaces.toml`; the files are in `layouts/fonts/`."""

    label: str
    hint: str
    regular: str
    medium: str
    """What "heavier" sets running text in."""
    bold: str
    x_height: Annotated[float, Meta(gt=0.3, lt=0.7)]
    """The height of a small x, in multiples of the size."""
    licence: str
    package: str

    @property
    def factor(self) -> float:
        """By how much a size grows, so that it is at least as big to the eye as in Arial."""
        return max(1.0, ARIAL_X_HEIGHT / self.x_height)


@cache
def load_typefaces(path: Path) -> dict[str, Typeface]:
    return settings.read(path, dict[str, Typeface], LayoutError)


@cache
def load_layout(path: Path) -> Layout:
    """Raises LayoutError with every problem of the file."""
    return settings.read_on_base(path, Layout, LayoutError)


@cache
def load_preferences(path: Path) -> dict[str, Preference]:
    preferences = settings.read(path, dict[str, Preference], LayoutError)
    problems = []
    for name, preference in preferences.items():
        if preference.default not in preference.choices:
            advice = f"The choices are {', '.join(preference.choices)}."
            problems.append(Problem(f'{name}.default: there is no choice "{preference.default}".', advice, path))
        if name in RESERVED or not name.replace("-", "").isalpha() or not name.islower():
            problems.append(Problem(f"{name}: a preference cannot have this name.", "Use words and hyphens.", path))
        for key, choice in preference.choices.items():
            try:
                msgspec.convert(msgspec.structs.asdict(Variables()) | choice.set, Variables)
            except msgspec.ValidationError as e:
                problems.append(Problem(f"{name}.choices.{key}.set: {settings.plainly(e)}.", "", path))
            for variable in sorted(choice.set.keys() - set(Variables.__struct_fields__)):
                advice = did_you_mean(variable, Variables.__struct_fields__)
                problems.append(Problem(f"{name}.choices.{key}.set: there is no {variable}.", advice, path))
    if problems:
        raise LayoutError(*problems)
    return preferences


def variables(layout: Layout, preferences: dict[str, Preference], chosen: dict[str, str]) -> Variables:
    """The cascade: the layout's variables, then each preference that was chosen.

    Raises RequestError naming every preference or choice that does not exist.
    """
    problems = []
    for key, value in chosen.items():
        if key not in preferences:
            problems.append(Problem(f"There is no preference called {key}.", did_you_mean(key, preferences)))
        elif value not in preferences[key].choices:
            problems.append(
                Problem(f'{preferences[key].label} cannot be "{value}".', other_choices(value, preferences[key]))
            )
    problems += [] if problems else list(_clashes(preferences, chosen))
    if problems:
        raise RequestError(*problems)
    values = msgspec.structs.asdict(layout.variables)
    for key, preference in preferences.items():  # in the order of the file, whatever order was chosen in
        values |= preference.choices[chosen[key]].set if key in chosen else {}
    return msgspec.convert(values, Variables)


def _clashes(preferences: dict[str, Preference], chosen: dict[str, str]) -> Iterator[Problem]:
    """Choices that do not work with each other, each with the nearest that does (product.md section 3)."""
    values = {key: chosen.get(key, preference.default) for key, preference in preferences.items()}
    for key, value in values.items():
        for other, works in preferences[key].choices[value].only.items():
            if values[other] not in works:
                mine, theirs = preferences[key], preferences[other]
                what = f"{mine.label} {value} does not work with {theirs.label.lower()} {values[other]}."
                near = _close(values[other], works)
                instead = [v for v, c in mine.choices.items() if values[other] in c.only.get(other, (values[other],))]
                advice = f"Choose {theirs.label.lower()} {near}, or {mine.label.lower()} {' or '.join(instead)}."
                yield Problem(what, advice)


def _close(value: str, works: tuple[str, ...]) -> str:
    numbers = all(each.replace(".", "", 1).isdecimal() for each in (value, *works))
    return min(works, key=lambda each: abs(float(each) - float(value))) if numbers else works[0]


def layout_of(preferences: dict[str, Preference], chosen: dict[str, str]) -> str:
    """The name of the layout that the choices ask for."""
    values = {key: chosen.get(key, preference.default) for key, preference in preferences.items()}
    named = [
        preferences[key].choices[value].layout
        for key, value in values.items()
        if value in preferences[key].choices and preferences[key].choices[value].layout
    ]
    return named[-1] if named else "large-print"


def other_choices(value: str, preference: Preference) -> str:
    """Advice for a value that is no choice: the nearest, and all there are."""
    choices = list(preference.choices)
    near = did_you_mean(value, choices)
    if not near and value.replace(".", "", 1).isdecimal() and all(c.isdigit() for c in choices):
        near = f"The nearest is {min(choices, key=lambda c: abs(float(c) - float(value)))}."
    return f"{near} The choices are {', '.join(choices)}.".strip()


def resolve(layout: Layout, v: Variables, typefaces: dict[str, Typeface], columns: int = 0) -> Stylesheet:
    """Raises RequestError when there is no such typeface."""
    if v.family not in typefaces:
        raise RequestError(Problem(f"There is no typeface {v.family}.", did_you_mean(v.family, typefaces)))
    large, drawn = v.base_size >= 24, v.base_size <= layout.pictures_up_to_pt
    roles = {f.encode_name: getattr(layout.roles, f.name) for f in msgspec.structs.fields(Roles)}
    factor = typefaces[v.family].factor
    body = v.base_size * factor * v.leading
    return Stylesheet(
        paper=v.paper,
        nominal=v.base_size,
        page=PAPER[v.paper],
        inner=layout.margins_mm.inner * MM,
        outer=layout.margins_mm.outer * MM,
        top=layout.margins_mm.top * MM,
        bottom=layout.margins_mm.bottom * MM,
        sides=v.sides,
        line_length=layout.line_length,
        writing_line=max(layout.writing_lines_mm[large] * MM, body),
        picture=layout.picture_mm * MM if drawn else 0,
        box_picture=layout.box_picture_mm * MM if drawn else 0,
        tracking=v.tracking,
        fold=v.fold,
        ink=v.ink,
        background=v.background,
        roles={name: _compute(role, v, factor) for name, role in roles.items()},
        columns=columns,
        feet=layout.feet,
    )


def _compute(role: Role, v: Variables, factor: float) -> TextStyle:
    """A face whose small letters are low is set larger, so that a size means the same to the eye in every face."""
    base = max(v.base_size, role.minimum_pt) * factor
    size = role.size * base
    return TextStyle(
        regular=f"{v.family}-Medium" if v.heavier else v.family,
        bold=f"{v.family}-Bold",
        size=size,
        leading=size * v.leading * role.leading,
        strong=role.strong,
        above=role.above * base,
        below=role.below * base,
        indent=role.indent * base,
        frame=role.frame,
        weight=role.weight_pt,
        new_page=role.new_page,
    )
