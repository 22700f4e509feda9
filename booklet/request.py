"""What a person asked for: which sections, how they like to read, and what may be printed about them."""

import unicodedata
from collections.abc import Iterable
from datetime import date

import msgspec

from booklet.errors import Problem, RequestError, did_you_mean
from booklet.library import Library

NAME_LENGTH = 60
"""Letters of a name that the cover has room for at every text size."""


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """About one person: kept in memory, printed in the booklet, written nowhere else (product.md section 6)."""

    name: str = ""

    def __repr__(self) -> str:
        return "Personal(...)"  # so that no log, traceback or crash report can hold it


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    sections: tuple[str, ...]
    """Section ids in the order of the library, without the locked ones."""
    made: date
    preferences: dict[str, str] = {}
    personal: Personal = Personal()


def choose(library: Library, ids: Iterable[str], packs: Iterable[str] = ()) -> tuple[str, ...]:
    """The sections that topic ids, section ids and packs name, each once, in the order of the library.

    Sections behind a consent gate are never chosen by a topic or a pack. Raises RequestError with
    every unknown id at once, or when nothing is chosen.
    """
    ids, packs = list(ids), list(packs)
    open_ids = [section.id for section in library.sections.values() if section.is_open]
    inside = {topic.id: [s.id for s in topic.sections if s.id in open_ids] for topic in library.topics}
    topics = {id: sections for id, sections in inside.items() if sections}
    wanted: set[str] = set()
    problems: list[Problem] = []
    for name in packs:
        if name in library.packs:
            pack = library.packs[name]
            wanted.update(open_ids if pack.all else [id for id in pack.sections if id in open_ids])
        else:
            advice = did_you_mean(name, library.packs) or f"The packs are {', '.join(library.packs)}."
            problems.append(Problem(f'There is no pack called "{printable(name)}".', advice))
    for id in ids:
        if id in topics:
            wanted.update(topics[id])
        elif id in open_ids:
            wanted.add(id)
        else:
            problems.append(Problem(f'There is no topic called "{printable(id)}".', _near(id, topics, open_ids)))
    if not problems and not wanted:
        problems.append(
            Problem("No topic was chosen.", 'To see what there is, run "booklet topics" or "booklet packs".')
        )
    if problems:
        raise RequestError(*problems)
    return tuple(id for id in library.sections if id in wanted)


def personal(name: str = "") -> Personal:
    """Tidies what was typed. Raises RequestError when it cannot be printed as it is."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if len(name) > NAME_LENGTH:
        what = f"The name is {len(name)} letters long; the cover has room for {NAME_LENGTH}."
        raise RequestError(Problem(what, "Give a shorter one, or leave it out: the cover then has a line to write on."))
    return Personal(name)


def _near(id: str, topics: dict[str, list[str]], sections: list[str]) -> str:
    """Advice that knows a section by its last part as well: "infection" for side-effects/infection."""
    last = {section.partition("/")[2]: section for section in sections}
    if id in last:
        return f"Did you mean {last[id]}?"
    near = did_you_mean(id, [*topics, *sections, *last])
    word = near.removeprefix("Did you mean ").removesuffix("?")
    if word in last and word not in topics:
        return f"Did you mean {last[word]}?"
    return near or f"The topics are {', '.join(topics)}."


def printable(text: str) -> str:
    """What was typed, safe to show in a terminal: no character in it can drive one."""
    return "".join(char if char.isprintable() else "?" for char in text[:300])
