"""What was asked for in the words of the command line, made into a request: one way for flags, answers and lists."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from booklet.about import about
from booklet.build import check_personal, check_preferences, profiles
from booklet.clinic import Clinic
from booklet.errors import Problem, RequestError, did_you_mean
from booklet.library import Library
from booklet.personal import Personal, personal
from booklet.request import Recipe, Request, choose, pages_to_write_on

T = TypeVar("T")


class Choices(msgspec.Struct, frozen=True):
    """Everything that may be asked of one booklet. Its texts are kept out of logs and tracebacks."""

    ids: tuple[str, ...] = ()
    """Topics and sections."""
    packs: tuple[str, ...] = ()
    profile: str = ""
    preferences: Mapping[str, str] = {}
    """By key, those that were given alone."""
    about: Mapping[str, str] = {}
    """Facts about the reader; the values of one are parted by commas."""
    personal: Mapping[str, str | tuple[str, ...]] = {}
    """As it was typed, by the keys of `personal.FIELDS`."""
    write_in: str = ""
    """Pages to write on, parted by commas."""
    recipe: Recipe = Recipe(())
    layout: str = ""
    """The layout to set it in, where no profile says another; empty: the one that goes with the paper."""

    def __repr__(self) -> str:
        return "Choices(...)"


def to_request(
    library: Library, choices: Choices, made: date, clinic: Clinic | None = None
) -> tuple[Request, list[str]]:
    """The request, and a note on each fact that was not understood.

    Raises RequestError with everything that keeps the choices from making a booklet.
    """
    problems: list[Problem] = []
    clinic = clinic or Clinic()
    facts = {
        fact: value for id in choices.packs if id in library.packs for fact, value in library.packs[id].about.items()
    }
    known, notes = attempt(problems, lambda: about(library, facts | dict(choices.about)), about(library))
    named = (*choices.ids, *choices.recipe.sections)
    sections = attempt(problems, lambda: choose(library, named, choices.packs, known), tuple[str, ...]())
    asked = ",".join(filter(None, (choices.write_in, *choices.recipe.write_in)))
    pages = attempt(problems, lambda: pages_to_write_on(library, asked), tuple[str, ...]())
    given, layout = attempt(problems, lambda: reading(choices, clinic), (dict(choices.preferences), ""))
    about_one = attempt(problems, lambda: person(choices.personal), Personal())
    request = Request(sections, made, given, known, named, about_one, pages, clinic, layout)
    attempt(problems, lambda: check_preferences(request), None)
    if problems:
        raise RequestError(*problems)
    return request, notes


def reading(choices: Choices, clinic: Clinic) -> tuple[dict[str, str], str]:
    """Preferences (the clinic's, then the profile's, the recipe's and those that were given) and the layout.

    Raises RequestError when there is no such profile.
    """
    known = profiles()
    if choices.profile and choices.profile not in known:
        near = did_you_mean(choices.profile, known) or f"The profiles are {', '.join(known)}."
        raise RequestError(Problem("There is no such profile.", near))
    profile = known[choices.profile] if choices.profile else None
    usual = profile.preferences if profile else {}
    given = {**clinic.preferences, **usual, **choices.recipe.preferences, **choices.preferences}
    return given, profile.layout if profile else choices.layout


def facts(texts: Iterable[str], place: str) -> dict[str, str]:
    """Facts about the reader, each written KEY=VALUE; one that is given twice has both values.

    Raises RequestError, which names the `place` that they stand in and nothing else.
    """
    told: dict[str, str] = {}
    for text in texts:
        key, is_one, value = text.partition("=")
        if not is_one:
            advice = "Write them with = between, such as nation=scotland."
            raise RequestError(Problem(f"{place} needs a fact and its value.", advice))
        told[key] = f"{told[key]},{value}" if key in told else value
    return told


def attempt(problems: list[Problem], ask: Callable[[], T], otherwise: T) -> T:
    """Collects what is wrong with one part of the request, so that the others are heard of as well."""
    try:
        return ask()
    except RequestError as e:
        problems.extend(e.problems)
        return otherwise


def person(typed: Mapping[str, str | tuple[str, ...]]) -> Personal:
    """Raises RequestError with everything about a person that cannot be printed as it was typed."""
    tidied = personal(typed)
    check_personal(tidied)
    return tidied
