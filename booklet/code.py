"""The booklet code: what is in a booklet and how it reads, short enough to type in again (product.md section 5).

It holds the numbers and versions of the sections, the preferences and the pages to write on, and nothing about a person.
A section is named by its number, which is never used again, so the code outlives every change of the content. It is written
in sixteen small letters, in groups of four: no figures, no vowels, none that is another one turned round (b, d, p, q).

    bits = form, sections, versions of the locked pages, preferences, check of the ids, check of the letters

Whole numbers are written in Elias' gamma code: short where numbers are small.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from booklet.errors import Problem, RequestError
from booklet.library import ALWAYS, Library, Section
from booklet.request import Recipe, Request

LETTERS = "cfghjkmnrstvwxyz"
_BETWEEN = str.maketrans("", "", " -\t\r\n")
FORM = 1
GROUP = 4
NAME_BITS, IDS_BITS, TYPING_BITS = 16, 10, 15
LONGEST = 2000
"""More letters than a code of every section has; what is longer is none."""
LAYOUT, WRITE_IN = "layout", "write-in"


@dataclass(frozen=True)
class Coded:
    """What a code says."""

    recipe: Recipe
    layout: str = ""
    changed: tuple[str, ...] = ()
    """What is not as it was when the code was printed, in words."""

    def __or__(self, recipe: Recipe) -> "Coded":
        """With what a recipe says as well; its preferences come first."""
        sections = tuple(dict.fromkeys((*self.recipe.sections, *recipe.sections)))
        pages = tuple(dict.fromkeys((*self.recipe.write_in, *recipe.write_in)))
        return replace(self, recipe=Recipe(sections, self.recipe.preferences | recipe.preferences, pages))


def code_of(library: Library, request: Request, usual: Mapping[str, str]) -> str:
    """The code of a booklet. `usual` has the value that each preference has when nobody chose: those are left out."""
    sections = [library.sections[id] for id in request.sections]
    chosen = {key: value for key, value in request.preferences.items() if value != usual.get(key)}
    named = [*chosen.items(), *((WRITE_IN, page) for page in request.write_in)]
    if request.layout:
        named.append((LAYOUT, request.layout))
    bits = [_gamma(FORM), *_sections(library, sections), *_versions([library.sections[id] for id in ALWAYS])]
    bits += [_gamma(len(named) + 1), *(f"{_name(key, value):0{NAME_BITS}b}" for key, value in named)]
    bits.append(f"{_check(request.sections, IDS_BITS):0{IDS_BITS}b}")
    return _letters("".join(bits))


def read_code(library: Library, code: str, choices: Mapping[str, Iterable[str]], layouts: Iterable[str]) -> Coded:
    """What a code says, and what has changed since it was printed.

    `choices` has the values of each preference. Raises RequestError when it is no code, or one for other content.
    """
    bits = _Bits(_body(code))
    if bits.number() != FORM:
        raise RequestError(Problem("This code is from a newer program.", "Make the booklet with that program."))
    chosen, changed = _chosen(library, bits)
    locked = [library.sections[id] for id in ALWAYS]
    versions = [bits.number() for _ in range(bits.number() - 1)]
    for section, version in zip(locked, versions, strict=False):
        changed += _since(section, version)
    known = {_name(key, value): (key, value) for key, values in choices.items() for value in values}
    known |= {_name(WRITE_IN, page): (WRITE_IN, page) for page in library.write_in}
    known |= {_name(LAYOUT, layout): (LAYOUT, layout) for layout in layouts}
    names = [bits.take(NAME_BITS) for _ in range(bits.number() - 1)]
    if any(name not in known for name in names):
        changed.append("A way of reading or a page to write on is no longer there")
    found = [known[name] for name in names if name in known]
    ids = tuple(section.id for section in chosen if section)
    if bits.take(IDS_BITS) != _check(ids, IDS_BITS) and None not in chosen:
        advice = "Add the folder of the hospital that made it: --content FOLDER."
        raise RequestError(Problem("This code is for other topics than are here.", advice))
    preferences = {key: value for key, value in found if key not in (WRITE_IN, LAYOUT)}
    pages = tuple(page for key, page in found if key == WRITE_IN)
    layout = next((value for key, value in found if key == LAYOUT), "")
    return Coded(Recipe(ids, preferences, pages), layout, tuple(changed))


def _sections(library: Library, sections: list[Section]) -> Iterator[str]:
    """How many, and for each how far its number is from the one before, and its version."""
    yield _gamma(len(sections) + 1)
    topic = number = 0
    for section in sections:
        here = library.topic_of(section).number
        yield _gamma(here - topic + 1)
        yield _gamma(section.meta.number - (number if here == topic else 0))
        yield _gamma(section.meta.version)
        topic, number = here, section.meta.number


def _chosen(library: Library, bits: "_Bits") -> tuple[list[Section | None], list[str]]:
    """The sections, None for one that is gone, and what has changed."""
    by_number = {library.number(section): section for section in library.sections.values()}
    chosen: list[Section | None] = []
    changed: list[str] = []
    topic = number = 0
    for _ in range(bits.number() - 1):
        further = bits.number() - 1
        topic, number = topic + further, bits.number() + (0 if further else number)
        version = bits.number()
        section = by_number.get(f"{topic}.{number}")
        chosen.append(section)
        changed += _since(section, version) if section else [f"Section {topic}.{number} is no longer there"]
    return chosen, changed


def _since(section: Section, version: int) -> list[str]:
    """The changes that a section has had since a version."""
    changes = sorted(section.meta.changelog, key=lambda change: change.date)[version:]
    return [f"{section.meta.title}: {change.change.rstrip('.')} ({change.date})" for change in changes]


def _versions(sections: list[Section]) -> Iterator[str]:
    yield _gamma(len(sections) + 1)
    yield from (_gamma(section.meta.version) for section in sections)


def _gamma(number: int) -> str:
    """A whole number from 1 on: as many noughts as it has bits after the first, then its bits."""
    plain = f"{number:b}"
    return "0" * (len(plain) - 1) + plain


def _name(key: str, value: str) -> int:
    """Stands for one choice, wherever it is in its table."""
    return _check([f"{key}={value}"], NAME_BITS)


def _check(parts: Iterable[str], bits: int) -> int:
    return crc32("\n".join(parts).encode()) % (1 << bits)


def _letters(body: str) -> str:
    """Bits as letters, in groups; a first bit that is never 0 keeps those that are."""
    number = int(f"1{body}{_check([body], TYPING_BITS):0{TYPING_BITS}b}", 2)
    letters = ""
    while number or len(letters) % GROUP:
        number, value = divmod(number, len(LETTERS))
        letters = LETTERS[value] + letters
    return " ".join(letters[n : n + GROUP] for n in range(0, len(letters), GROUP))


def _body(code: str) -> str:
    """The bits of a code without its check. Raises RequestError when a letter is wrong."""
    letters = code.lower().translate(_BETWEEN)
    number = 0
    if len(letters) <= LONGEST and set(letters) <= set(LETTERS):
        for letter in letters:
            number = number * len(LETTERS) + LETTERS.index(letter)
    bits = f"{number:b}"[1:]
    body, check = bits[:-TYPING_BITS], bits[-TYPING_BITS:]
    if not body or int(check, 2) != _check([body], TYPING_BITS):
        advice = 'Look at it again: it is on the page "About the content" of the booklet. Capitals do as well.'
        raise RequestError(Problem("This is not a booklet code, or a letter of it is wrong.", advice))
    return body


class _Bits:
    """Reads numbers from bits, one after another."""

    def __init__(self, bits: str) -> None:
        self.bits, self.at = bits, 0

    def take(self, count: int) -> int:
        taken = self.bits[self.at : self.at + count]
        if len(taken) < count:
            raise RequestError(Problem("This booklet code ends too early.", "Type all of it."))
        self.at += count
        return int(taken, 2)

    def number(self) -> int:
        noughts = 0
        while self.take(1) == 0:
            noughts += 1
        return 1 << noughts | (self.take(noughts) if noughts else 0)
