"""Other editions of one request, made in the same run: another print size, another way of reading, another format.

Sections have the same numbers in each (standards.md LP-22), so a nurse with 12 point and a patient with 28 point, or with
a web page, find the same place.
"""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from booklet.build import check_preferences, preferences, profiles, stylesheet
from booklet.errors import Problem, RequestError, did_you_mean, printable
from booklet.request import Request
from booklet.writers import FORMATS

SIZE = "text-size"


class Edition(msgspec.Struct, frozen=True):
    """One of them."""

    path: Path
    format: str
    request: Request


def editions(names: str, request: Request, format: str, path: Path) -> tuple[Edition, ...]:
    """What a list such as "12pt,28pt,html" asks for, beside a booklet in `format` at `path`.

    Raises RequestError with every name that is not understood, and everything that cannot be as asked.
    """
    known = _known(request, format)
    made: list[Edition] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(filter(None, (each.strip() for each in names.split(",")))):
        if name not in known:
            advice = did_you_mean(name, known) or f"The editions are {', '.join(known)}."
            problems.append(Problem(f'There is no edition called "{printable(name)}".', advice))
            continue
        its_format, its_request = known[name]
        try:
            check_preferences(its_request)
        except RequestError as e:
            problems += [_of(problem, name) for problem in e.problems]
        taken = [path, *(edition.path for edition in made)]
        made.append(Edition(_path(path, name, its_format, taken), its_format, its_request))
    if problems:
        raise RequestError(*problems)
    return tuple(made)


def _of(problem: Problem, name: str) -> Problem:
    """The problem with the edition that has it."""
    return Problem(f"{name}: {problem.what}", problem.advice)


def _known(request: Request, format: str) -> dict[str, tuple[str, Request]]:
    """Every edition there can be, by name."""
    sizes = {f"{size}pt": {SIZE: size} for size in preferences()[SIZE].choices}
    found = {
        name: (format, replace(request, preferences=request.preferences | size, layout=""))
        for name, size in sizes.items()
    }
    for name, profile in profiles().items():
        kept = {key: value for key, value in request.preferences.items() if key != SIZE or not profile.layout}
        wanted = replace(request, preferences=kept | profile.preferences, layout=profile.layout)
        found[name] = (format, wanted)
        if profile.layout:
            found.setdefault(f"{stylesheet(wanted).nominal:g}pt", (format, wanted))
    return found | {name: (name, replace(request, columns=0)) for name in FORMATS}


def _path(path: Path, name: str, format: str, taken: list[Path]) -> Path:
    """Beside the booklet: with the format's own ending, and with the name of the edition before it where that is not enough."""
    alone = path.with_suffix(FORMATS[format].suffix)
    return path.with_name(f"{path.stem}-{name}{FORMATS[format].suffix}") if alone in taken or name != format else alone
