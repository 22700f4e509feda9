"""What may stay on this computer between two runs: ids, sizes and settings, and nothing about a person.

product.md section 6 and screen.md section 6 say what. Only its owner can read it. A file that is damaged or not ours
is removed without a word, and where nothing can be kept the program goes on without. The start reads the look of the
screen from here before it knows which interface to open, so that msgspec and the rest are imported where they are used.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from booklet.errors import BookletError, OutputError, Problem, RequestError
from booklet.paths import folders
from booklet.work import private, sweep

if TYPE_CHECKING:
    from booklet.clinic import Clinic
    from booklet.library import Library
    from booklet.request import Recipe

T = TypeVar("T")
CHOICES, CLINIC_LIST, LOOK, CLINIC = "choices.json", "clinic-list.json", "look.json", "clinic.toml"
KEPT_FOR = timedelta(hours=24)
LARGEST = 200_000
"""Bytes; nothing that we keep comes near."""
MODES = ("", "plain", "screen")
PACK_NAME_LENGTH = 40


class Look(NamedTuple):
    """How somebody likes the screen; empty: as the program would choose."""

    theme: str = ""
    mode: str = ""
    """One of MODES."""


class ClinicLine(NamedTuple):
    """A line of the clinic list without its name."""

    pack: str
    size: str = ""
    """Points, as the preference has it; empty: what is usual."""
    copies: int = 1


def look() -> Look:
    return _read(folders().settings / LOOK, _as_look) or Look()


def keep_look(look: Look) -> bool:
    """Whether it could be kept."""
    return _write(folders().settings / LOOK, look._asdict())


def _as_look(data: Any) -> Look:
    look = Look(data["theme"], data["mode"])
    if look.mode not in MODES or not isinstance(look.theme, str) or not look.theme.isprintable():
        raise ValueError("not a look")
    return look


def keep_choices(library: "Library", recipe: "Recipe", clinic: "Clinic", now: datetime) -> bool:
    """Keeps the last choices for a day; whether they were kept.

    Sections behind a consent gate are left out: that somebody asked for them is about that person.
    """
    import msgspec

    if clinic.remember == "nothing":
        forget()
        return False
    data = {"at": now.timestamp(), "choices": msgspec.to_builtins(_known(library, recipe))}
    return _write(folders().kept / CHOICES, data)


def last_choices(library: "Library", now: datetime) -> "Recipe | None":
    """The choices of the last 24 hours, those that the library still has; None where there are none."""
    from booklet.request import Recipe

    tidy(now)
    recipe = _read(folders().kept / CHOICES, lambda data: _as(Recipe, data["choices"]))
    known = _known(library, recipe) if recipe else None
    return known if known and known.sections else None


def _known(library: "Library", recipe: "Recipe") -> "Recipe":
    """The recipe without what there is not, or what needs a reader's consent."""
    from booklet.build import preferences
    from booklet.request import Recipe

    known = {key: preference.choices for key, preference in preferences().items()}
    open_ids = {id for id, section in library.sections.items() if section.is_choosable and section.meta.gate == "none"}
    return Recipe(
        tuple(id for id in recipe.sections if id in open_ids),
        {key: value for key, value in recipe.preferences.items() if value in known.get(key, ())},
        tuple(page for page in recipe.write_in if page in library.write_in),
    )


def keep_clinic_list(lines: Iterable[ClinicLine], clinic: "Clinic") -> bool:
    """Keeps the lines of the last clinic until the next; whether they were kept."""
    if clinic.remember == "nothing":
        forget()
        return False
    return _write(folders().kept / CLINIC_LIST, [line._asdict() for line in lines])


def last_clinic_list(library: "Library") -> tuple[ClinicLine, ...]:
    """The lines whose pack and size there still are."""
    from booklet.build import preferences

    sizes = ("", *preferences()["text-size"].choices)
    lines = _read(folders().kept / CLINIC_LIST, lambda data: [_as_line(line) for line in data]) or ()
    return tuple(line for line in lines if line.pack in library.packs and line.size in sizes)


def _as_line(data: Any) -> ClinicLine:
    line = ClinicLine(data["pack"], data["size"], data["copies"])
    if not (isinstance(line.pack, str) and isinstance(line.size, str) and type(line.copies) is int and line.copies > 0):
        raise ValueError("not a line of a clinic list")
    return line


def forget() -> None:
    """Removes the last choices and the last clinic list."""
    for name in (CHOICES, CLINIC_LIST):
        _remove(folders().kept / name)


def tidy(now: datetime) -> None:
    """Removes choices older than a day, and booklets that a killed process left behind."""
    path = folders().kept / CHOICES
    at = _read(path, lambda data: datetime.fromtimestamp(data["at"], UTC))
    if at is not None and not timedelta() <= now - at < KEPT_FOR:
        _remove(path)
    sweep(folders().work)


def clinic(path: Path | None = None) -> "Clinic":
    """The clinic of a file, or of this computer's own file when none is named.

    Raises RequestError with every problem of the file: a clinic whose numbers cannot be read is no clinic without any.
    """
    from booklet.clinic import Clinic, read_clinic

    path = path or folders().settings / CLINIC
    return Clinic() if path == folders().settings / CLINIC and not path.is_file() else read_clinic(path)


def save_clinic(clinic: "Clinic") -> Path:
    """Saves the settings that are used when no other clinic file is named; where.

    Raises RequestError for settings that could not be read again, OutputError when they cannot be saved.
    """
    from booklet.clinic import parse_clinic

    path = folders().settings / CLINIC
    text = clinic.text()
    parse_clinic(text, path)
    _save(text, path, "Your clinic settings")
    return path


def pack_folders(path: Path | None = None) -> tuple[Path, ...]:
    """Where packs of one's own are: those that the clinic of a file shares, and those saved on this computer."""
    shared = ""
    with suppress(BookletError):  # said where the clinic itself is used
        shared = clinic(path).packs
    return (*((Path(shared),) if shared else ()), folders().packs)


def with_packs(library: "Library", path: Path | None = None, asked: Iterable[str] = ()) -> "Library":
    """The library with the packs of one's own as well, those that the clinic of a file shares among them.

    Raises RequestError when one that is asked for is wrong; the others are left out.
    """
    from booklet.library.own import with_own_packs

    joined, wrong = with_own_packs(library, *pack_folders(path))
    asked = tuple(asked)
    if problems := [problem for problem in wrong if problem.path and problem.path.stem in asked]:
        raise RequestError(*problems)
    return joined


def wrong_packs(library: "Library", path: Path | None = None) -> list[Problem]:
    """What is wrong with packs of one's own."""
    from booklet.library.own import with_own_packs

    return with_own_packs(library, *pack_folders(path))[1]


def save_pack(library: "Library", name: str, recipe: "Recipe") -> str:
    """Saves the sections of a recipe as a pack of one's own; the id it has from now on.

    Raises RequestError for a name that cannot be used, OutputError when the pack cannot be saved.
    """
    from booklet.settings import quoted

    title = " ".join(name.split())
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    id = "-".join(re.findall(r"[a-z0-9]+", plain))
    path = folders().packs / f"{id}.toml"
    if not id or not title.isprintable() or len(title) > PACK_NAME_LENGTH:
        advice = f"Use up to {PACK_NAME_LENGTH} letters and numbers, such as Ward 3."
        raise RequestError(Problem("This cannot be the name of a pack.", advice))
    if id in library.packs or path.exists():
        raise RequestError(Problem("There is a pack of this name already.", "Choose another name."))
    listed = "".join(f"  {quoted(section)},\n" for section in recipe.sections)
    text = f'title = {quoted(title)}\nsummary = "Saved on this computer."\nsections = [\n{listed}]\n'
    _save(text, path, "The pack")
    return id


def _read(path: Path, make: Callable[[Any], T]) -> T | None:
    """What a file holds; a file that does not hold it is removed."""
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        return make(json.loads(path.read_bytes()))
    except OSError:
        return None
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        _remove(path)
        return None


def _as(type: type[T], data: Any) -> T:
    import msgspec

    try:
        return msgspec.convert(data, type)
    except msgspec.ValidationError as e:
        raise ValueError from e


def _write(path: Path, data: object) -> bool:
    try:
        _save(json.dumps(data), path, "")
    except BookletError:
        return False
    return True


def _save(text: str, path: Path, what: str) -> None:
    from booklet.saving import save

    try:
        private(path.parent)
        save(text.encode(), path)
    except (OSError, BookletError):
        raise OutputError(Problem(f"{what} could not be saved.", "Nothing was changed.", path)) from None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
