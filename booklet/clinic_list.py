"""The clinic list: the booklets to make before a clinic, a line for each, and the way to type one (screen.md section 5).

A list is a tuple of lines and never changes in place: to undo, keep the lists that were before.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from booklet import choices, theme
from booklet.build import counted, preferences, variables
from booklet.choices import Choices
from booklet.clinic import Clinic
from booklet.errors import Problem, RequestError, nearest
from booklet.kept import ClinicLine
from booklet.library import Library
from booklet.request import Request
from booklet.saving import make_folder

SIZE, NAME = "text-size", "name"
MOST = 99
"""Copies of one booklet: more is a slip of the finger."""
EXAMPLE = "Type a pack and, if you want, a size, x and how many. Example: trials 28 x2"
_COPIES = re.compile("[xX\u00d7]([0-9]+)")
_FIGURES = re.compile(r"[0-9][0-9.,]*(?:pt)?")


class Line(msgspec.Struct, frozen=True):
    """One booklet of the list, and how many times it is printed."""

    choices: Choices
    copies: int = 1

    @property
    def name(self) -> str:
        """As it was typed; empty for a line to write on."""
        return str(self.choices.personal.get(NAME, ""))

    def title(self, library: Library) -> str:
        """What the booklet is, for the list on the screen."""
        packs = [library.packs[id].title for id in self.choices.packs if id in library.packs]
        return ", ".join((*packs, *self.choices.ids))

    def size(self, clinic: Clinic) -> str:
        """The text size, in points: the line's own, else what its profile or the clinic says, else the usual."""
        return choices.reading(self.choices, clinic)[0].get(SIZE, preferences()[SIZE].default)


Lines = tuple[Line, ...]


class Totals(msgspec.Struct, frozen=True):
    """What a list makes, copies and all."""

    booklets: int
    pages: int
    sheets: int

    def __str__(self) -> str:
        return f"{counted(self.booklets, 'booklet')}. {counted(self.pages, 'page')}, {counted(self.sheets, 'sheet')}."


def parse(library: Library, typed: str) -> Line:
    """A line of the list from `pack [size] [xN] [= name]`. Raises RequestError with everything that is wrong with it.

    The beginning of a word of a pack's id or title is enough where it is the only one.
    """
    asked, _, name = typed.partition("=")
    problems: list[Problem] = []
    words, sizes, copies = list[str](), list[str](), list[str]()
    for word in asked.split():
        if number := _COPIES.fullmatch(word):
            copies.append(number[1])
        elif _FIGURES.fullmatch(word):
            sizes.append(word.removesuffix("pt"))
        else:
            words.append(word)
    for given, what in ((sizes, "sizes"), (copies, "numbers of copies")):
        if len(given) > 1:
            problems.append(Problem(f"There are two {what}.", "Give one, and add another line for the other."))
    pack = choices.attempt(problems, lambda: pack_named(library, " ".join(words)), "")
    if sizes and sizes[0] not in preferences()[SIZE].choices:
        advice = theme.other_choices(sizes[0], preferences()[SIZE])
        problems.append(Problem("This is not a print size that there is.", advice))
    times = choices.attempt(problems, lambda: copies_of(copies[0]) if copies else 1, 1)
    chosen = Choices(packs=(pack,), preferences={SIZE: sizes[0]} if sizes else {}, personal=_named(name))
    choices.attempt(problems, lambda: choices.person(_named(name)), None)
    if problems:
        raise RequestError(*problems)
    return Line(chosen, times)


def typed(line: Line) -> str:
    """The line as `parse` reads it: what a person edits when they change it."""
    size = line.choices.preferences.get(SIZE, "")
    words = (
        *line.choices.packs,
        size,
        f"x{line.copies}" if line.copies > 1 else "",
        f"= {line.name}" if line.name else "",
    )
    return " ".join(filter(None, words))


def copies_of(text: str) -> int:
    """How many copies. Raises RequestError unless it is a number from 1 to MOST."""
    if re.fullmatch("0*[1-9][0-9]?", text):
        return int(text)
    raise RequestError(Problem("This is not a number of copies that can be made.", f"Give a number from 1 to {MOST}."))


def pack_named(library: Library, text: str) -> str:
    """The id of the pack that has this id or title, else the only one that begins so, else that has such a word.

    Raises RequestError when there is none or more than one; what was typed is not said again, for it may be a name.
    """
    told = " ".join(text.lower().replace("-", " ").split())
    if not told:
        raise RequestError(Problem("Which pack?", EXAMPLE))
    names = {id: (id.replace("-", " "), pack.title.lower()) for id, pack in library.packs.items()}
    ways: tuple[Callable[[str], bool], ...] = (
        lambda name: name == told,
        lambda name: name.startswith(told),
        lambda name: f" {told}" in name,
    )
    for way in ways:
        found = [id for id, called in names.items() if any(way(name) for name in called)]
        if len(found) == 1:
            return found[0]
        if found:
            titles = " or ".join(library.packs[id].title for id in found)
            raise RequestError(Problem("More than one pack begins so.", f"Type more of its name: {titles}."))
    raise RequestError(Problem("There is no such pack.", _near(library, told, names)))


def _near(library: Library, told: str, names: dict[str, tuple[str, str]]) -> str:
    words = {word: id for id, called in names.items() for name in called for word in name.split() if len(word) > 3}
    whole = {name: id for id, called in names.items() for name in called}
    known = {**words, **whole}
    near = next(filter(None, (nearest(each, known) for each in (told, *told.split()))), "")
    if not near:
        return f"The packs are {', '.join(library.packs)}."
    return f"Did you mean {library.packs[known[near]].title}?"


def _named(name: str) -> dict[str, str]:
    return {NAME: " ".join(name.split())} if name.strip() else {}


def to_request(library: Library, line: Line, made: date, clinic: Clinic | None = None) -> Request:
    """Raises RequestError with everything that keeps the line from making a booklet."""
    return choices.to_request(library, line.choices, made, clinic)[0]


def file_name(place: int, of: int, line: Line, request: Request) -> str:
    """A name that says which line, pack and size it is, and never whose (standards.md IG-03)."""
    what = "-".join(line.choices.packs) or "topics"
    return f"{place:0{max(3, len(str(of)))}}-{what[:60]}-{variables(request).base_size:g}.pdf"


def free_folder(folder: Path, now: datetime) -> Path:
    """A new folder for the booklets of a list, whose name says when and not who. Raises BookletError."""
    stem = f"clinic-{now:%Y-%m-%d-%H%M}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    made = next(folder / name for name in names if not (folder / name).exists())
    make_folder(made)
    return made


def described(library: Library, line: Line, clinic: Clinic) -> str:
    """What a line makes, such as "Newly told, 24 point"; nothing that is about a person."""
    return f"{line.title(library)}, {line.size(clinic)} point"


def whole(line: Line) -> bytes:
    """The same for lines that are alike in everything but how often they are printed."""
    return msgspec.json.encode(msgspec.structs.replace(line, copies=1))


def pages_key(line: Line) -> bytes:
    """The same for lines whose booklets have the same pages: a name changes none."""
    person = {key: value for key, value in line.choices.personal.items() if key != NAME}
    return whole(msgspec.structs.replace(line, choices=msgspec.structs.replace(line.choices, personal=person)))


def to_kept(lines: Lines) -> tuple[ClinicLine, ...]:
    """What is kept for the next clinic: the lines that are one pack, its size and copies, and nothing about a person."""
    return tuple(
        ClinicLine(line.choices.packs[0], line.choices.preferences.get(SIZE, ""), line.copies)
        for line in lines
        if len(line.choices.packs) == 1 and not line.choices.ids
    )


def from_kept(kept: Iterable[ClinicLine]) -> Lines:
    return tuple(
        Line(Choices(packs=(line.pack,), preferences={SIZE: line.size} if line.size else {}), line.copies)
        for line in kept
    )


def copied(lines: Lines, at: int) -> Lines:
    """With the line counted from 0 once more, below itself; the copy has no name and no facts about its reader."""
    return (*lines[: at + 1], *without_names(lines[at : at + 1]), *lines[at + 1 :])


def removed(lines: Lines, at: int) -> Lines:
    return (*lines[:at], *lines[at + 1 :])


def resized(lines: Lines, at: int, steps: int, clinic: Clinic) -> Lines:
    """With the print of one line so many sizes larger, or smaller where `steps` is below 0, as far as there are any."""
    sizes = list(preferences()[SIZE].choices)
    now = lines[at].size(clinic)
    place = sizes.index(now if now in sizes else preferences()[SIZE].default) + steps
    new = sizes[min(max(place, 0), len(sizes) - 1)]
    chosen = lines[at].choices
    larger = msgspec.structs.replace(chosen, preferences={**chosen.preferences, SIZE: new})
    return (*lines[:at], msgspec.structs.replace(lines[at], choices=larger), *lines[at + 1 :])


def without_names(lines: Lines) -> Lines:
    """What may be kept for the next clinic: packs, topics, ways of reading and copies, and nothing about a person."""
    return tuple(
        msgspec.structs.replace(line, choices=msgspec.structs.replace(line.choices, personal={}, about={}))
        for line in lines
    )


def totals(lines: Lines, sizes: Mapping[int, tuple[int, int]]) -> Totals:
    """Of the pages and sheets of the lines that were counted, by their place in the list from 0."""
    counts = [(sizes.get(at, (0, 0)), line.copies) for at, line in enumerate(lines)]
    pages, sheets = (sum(size[n] * copies for size, copies in counts) for n in (0, 1))
    return Totals(sum(line.copies for line in lines), pages, sheets)
