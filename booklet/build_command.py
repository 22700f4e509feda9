"""`booklet build`: one booklet, and whatever is asked for beside it."""

import argparse
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from booklet import kept
from booklet.build import Booklet, build, preferences
from booklet.choices import Choices, attempt, facts, to_request
from booklet.clinic import Clinic
from booklet.code import Coded, read_code
from booklet.commands import as_json, date_of, library_of, note, output_of, say
from booklet.counting import LONG
from booklet.editions import Edition, editions
from booklet.errors import ExitCode, Problem, RequestError
from booklet.library import Library
from booklet.paths import LAYOUTS
from booklet.personal import FIELDS
from booklet.request import NO_TOPIC, Recipe, Request, read_recipe, recipe
from booklet.saving import check_target, save_all


class Asked(NamedTuple):
    """Everything that one run is to make."""

    library: Library
    first: Edition
    also: tuple[Edition, ...]
    notes: tuple[str, ...]
    changed: tuple[str, ...]
    """What is not as it was when the code that was given was printed."""


def build_one(arguments: argparse.Namespace) -> ExitCode:
    """Everything is made before anything is saved."""
    asked = _asked(arguments)
    made = [(edition, build(asked.library, edition.request, edition.format)) for edition in (asked.first, *asked.also)]
    files, to_save = [], []
    for edition, booklet in made:
        named, written = _files(edition, booklet)
        files.append(named)
        to_save += written
    if arguments.save_recipe:
        files[0]["recipe"] = arguments.save_recipe
        text = recipe(asked.first.request).text()
        to_save.append((text.encode(), check_target(arguments.save_recipe)))
    save_all(*to_save)
    warnings = dict.fromkeys(warning for _, booklet in made for warning in booklet.warnings)
    changed = [f"changed since the booklet with this code: {change}" for change in asked.changed]
    for warning in (*asked.notes, *changed, *warnings, *_too_much(*made[0])):
        note(f"{warning}.")
    if arguments.json:
        (first, *also) = (
            {**{key: str(path) for key, path in named.items()}, **booklet.summary()}
            for named, (_, booklet) in zip(files, made, strict=True)
        )
        first |= {"also": also} if also else {}
        first |= {"changed": asked.changed} if arguments.code else {}
        say(as_json(first))
        return ExitCode.DONE
    for named, (_, booklet) in zip(files, made, strict=True):
        for key, path in named.items():
            told = booklet.size() if key == "file" else WRITTEN[key.partition("-")[0]]
            say(f"{path}: {told}")
    return ExitCode.DONE


WRITTEN = {"folded": "for the printer, two pages side by side in the order of folding.", "recipe": "your choices."}
"""What each file beside the booklet is."""


def _too_much(edition: Edition, booklet: Booklet) -> Iterator[str]:
    """A booklet longer than many can read, of which there is less to be had (product.md section 4)."""
    if (booklet.pages or 0) > LONG and edition.request.preferences.get("detail") != "key-points":
        yield "a long booklet can be too much. For less of it: --detail key-points, or fewer topics"


def _asked(arguments: argparse.Namespace) -> Asked:
    """Raises RequestError with everything that is wrong."""
    problems: list[Problem] = []
    library = library_of(arguments)
    coded = attempt(problems, lambda: _kept(library, arguments), Coded(Recipe(())))
    unread = bool(problems)
    choices = _choices(arguments, coded, problems)
    made = attempt(problems, lambda: date_of(arguments.date), date.min)
    clinic = attempt(problems, lambda: kept.clinic(arguments.clinic), Clinic())
    nothing: tuple[Request | None, list[str]] = (None, [])
    request, notes = attempt(problems, lambda: to_request(library, choices, made, clinic), nothing)
    target, format = attempt(problems, lambda: output_of(arguments.output, arguments.format), (Path(), "pdf"))
    columns = attempt(problems, lambda: _columns(arguments.width, format), 0)
    if request is None:  # topics that stand in a code or a recipe are not missing because it cannot be read
        raise RequestError(*(problem for problem in problems if not (unread and problem == NO_TOPIC)))
    none: tuple[Edition, ...] = ()
    also = attempt(problems, lambda: editions(arguments.also, request, format, arguments.output or Path()), none)
    if arguments.save_recipe:
        attempt(problems, lambda: check_target(arguments.save_recipe), target)
    for edition in also:
        attempt(problems, lambda edition=edition: check_target(edition.path), target)  # type: ignore[misc]
    if problems:
        raise RequestError(*problems)
    first = Edition(arguments.output, format, replace(request, columns=columns))
    return Asked(library, first, also, tuple(notes), coded.changed)


def _kept(library: Library, arguments: argparse.Namespace) -> Coded:
    """What a recipe or the code of an earlier booklet says; both together, where both are given."""
    saved = read_recipe(arguments.recipe) if arguments.recipe else Recipe(())
    if not arguments.code:
        return Coded(saved)
    choices = {key: preference.choices for key, preference in preferences().items()}
    return read_code(library, arguments.code, choices, [path.stem for path in LAYOUTS.glob("*.toml")]) | saved


def _choices(arguments: argparse.Namespace, coded: Coded, problems: list[Problem]) -> Choices:
    asked = ((key, getattr(arguments, key.replace("-", "_"))) for key in preferences())
    return Choices(
        ids=tuple(arguments.ids),
        packs=tuple(arguments.pack),
        profile=arguments.profile or "",
        preferences={key: value for key, value in asked if value is not None},
        about=attempt(problems, lambda: facts(arguments.about, "--about"), dict[str, str]()),
        personal={key: _letters(getattr(arguments, key)) for key in FIELDS},
        write_in=arguments.write_in,
        recipe=coded.recipe,
        layout=coded.layout,
    )


def _files(edition: Edition, booklet: Booklet) -> tuple[dict[str, Path], list[tuple[bytes, Path]]]:
    """The booklet and its files for the printer, by what each is, those of several parts "folded-1" and so on; and what
    is written where.
    """
    files = booklet.files(edition.path)
    folded = {f"folded-{n}" if len(files) > 2 else "folded": path for n, (_, path) in enumerate(files[1:], 1)}
    return {"file": edition.path, **folded}, [(data, check_target(path)) for data, path in files]


def _letters(typed: str | list[str]) -> str | tuple[str, ...]:
    """What was typed, read as UTF-8 where a locale without letters has left bytes of it in Python's stead for them."""
    if not isinstance(typed, str):
        return tuple(str(_letters(each)) for each in typed)
    if not any("\udc80" <= char <= "\udcff" for char in typed):
        return typed
    return os.fsencode(typed).decode("utf-8", "replace")


def _columns(typed: str | None, format: str) -> int:
    """Characters on a line of plain text; 0 when nothing was asked for."""
    if typed is None:
        return 0
    if format != "text":
        raise RequestError(Problem("--width is for plain text.", "Leave it out, or end the file name in .txt."))
    if not (typed.isdecimal() and 20 <= int(typed) <= 1000):
        raise RequestError(Problem("--width is not a number from 20 to 1000.", "A braille display may have 40."))
    return int(typed)
