"""What a typed line means: the number or the words of a choice, several of them, or a word that always works."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from booklet.errors import Problem, nearest

WORDS = {
    "help": "to hear this again",
    "back": "for the question before",
    "undo": "to take back the last change",
    "list": "to hear this question again",
    "answers": "to hear all your answers",
    "preview": "to read the booklet here, as it would be now",
    "quit": "to leave",
}
"""Understood at every question, and what each is for."""
_RANGE = re.compile(r"(\d{1,4})(?:\s*(?:-|to)\s*(\d{1,4}))?")
_UNCHOSEN = ("none", "not_sure")
"""Choices that say there is nothing to choose; `all` leaves them out, and to add another takes their place."""


class Choosable(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


class Word(str):
    """One of `WORDS`, rather than an answer."""

    __slots__ = ()


def word(typed: str) -> Word | None:
    """A word that always works, written in full; all that is understood where any text may be an answer."""
    said = "help" if typed == "?" else typed.lower()
    return Word(said) if said in WORDS else None


def text(typed: str) -> str:
    """An answer in a person's own words. "none" leaves it out; in quotation marks, any word is an answer."""
    if typed.lower() == "none":
        return ""
    inside = re.fullmatch(r"([\"'])(.*)\1", typed)
    return inside[2].strip() if inside and (word(inside[2]) or inside[2].lower() == "none") else typed


def one(typed: str, options: Sequence[Choosable]) -> Word | str | Problem:
    """The value of the option that was meant."""
    found = word(typed) or _option(typed, options)
    return _begun(typed, found) or found if isinstance(found, Problem) else found


def many(typed: str, options: Sequence[Choosable], chosen: tuple[str, ...]) -> Word | tuple[str, ...] | Problem:
    """All that is chosen once this line is obeyed, in the order of the options."""
    if known := word(typed):
        return known
    verb, _, rest = typed.partition(" ")
    if verb.lower() in ("add", "remove") and rest.strip():
        found = _options(rest, options)
        if isinstance(found, Problem):
            return found
        kept = {value for value in chosen if value not in _UNCHOSEN} if verb.lower() == "add" else set(chosen)
        return _in_order(kept | found if verb.lower() == "add" else kept - found, options)
    whole = _option(typed, options)
    if isinstance(whole, str):
        return (whole,)
    if typed.lower() in ("all", "none"):
        every = {option.value for option in options if option.value not in _UNCHOSEN}
        return _in_order(every if typed.lower() == "all" else (), options)
    found = _options(typed, options)
    if isinstance(found, Problem):
        return _begun(typed, found) or found
    return _in_order(found, options)


def _in_order(values: Iterable[str], options: Sequence[Choosable]) -> tuple[str, ...]:
    wanted = set(values)
    return tuple(option.value for option in options if option.value in wanted)


def _begun(typed: str, found: Problem) -> Word | None:
    """What is no option may be the beginning of a word that always works."""
    begun = [known for known in WORDS if known.startswith(typed.lower())] if typed else []
    return Word(begun[0]) if len(begun) == 1 and "could be" not in found.what else None


def _options(typed: str, options: Sequence[Choosable]) -> set[str] | Problem:
    """Numbers, ranges and names, with commas or without."""
    whole = _option(typed, options)
    if isinstance(whole, str):
        return {whole}
    found: set[str] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", typed))):
        named = _option(part, options)
        if isinstance(named, str):
            found.add(named)
            continue
        spaced = re.sub(r"(\d)\s*(?:-|\bto\b)\s*(\d)", r"\1-\2", part)
        for each in (each for each in spaced.split() if each.lower() not in ("and", "&")):
            values = _range(each, options)
            if isinstance(values, Problem):
                return values
            found |= values
    return found or _unknown(typed, options)


def _range(typed: str, options: Sequence[Choosable]) -> set[str] | Problem:
    ends = _RANGE.fullmatch(typed)
    if not ends or not ends[2]:
        named = _option(typed, options)
        return named if isinstance(named, Problem) else {named}
    first, last = sorted((int(ends[1]), int(ends[2])))
    if not 1 <= first <= last <= len(options):
        return Problem(f"There is no choice {last if first else first}.", f"Type numbers from 1 to {len(options)}.")
    return {option.value for option in options[first - 1 : last]}


def _option(typed: str, options: Sequence[Choosable]) -> str | Problem:
    """By its number, its name, the beginning of its name, or the beginning of a word in it."""
    if typed.isascii() and typed.isdigit() and len(typed) < 5 and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1].value
    said = _plain(typed)
    if not said:
        return _unknown(typed, options)
    names = [(_plain(option.label), option) for option in options]
    for fits in (
        [option for name, option in names if said in (name, _plain(option.value))],
        [option for name, option in names if name.startswith(said)],
        [option for name, option in names if f" {said}" in f" {name}"],
    ):
        if len(fits) == 1:
            return fits[0].value
        if fits:
            several = "; ".join(f"{options.index(option) + 1}, {option.label}" for option in fits[:4])
            return Problem(f"That could be {several}.", "Type the number.")
    return _unknown(typed, options)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w.]+", " ", text.lower().replace("_", " ")).split())


def numbers(options: Sequence[Choosable]) -> str:
    """What may be typed for one choice."""
    return "1 or 2" if len(options) == 2 else f"a number from 1 to {len(options)}"


def _unknown(typed: str, options: Sequence[Choosable]) -> Problem:
    advice = f"Type {numbers(options)}, or the first letters of a choice."
    if typed.isascii() and typed.isdigit():
        return Problem("There is no choice of that number.", advice)
    names = {option.label.lower(): f"{n}, {option.label}" for n, option in enumerate(options, 1)}
    words = {each: name for label, name in names.items() for each in _plain(label).split() if len(each) > 3}
    known = {word: word for word in WORDS} | words | names
    near = nearest(typed, known)
    if near:
        return Problem("That is not one of the choices.", f"Did you mean {known[near]}? {advice}")
    return Problem("That is not one of the choices.", advice)
