"""What a person asked for: which sections, how they like to read, and what may be printed about them."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from booklet import settings
from booklet.about import About, forms
from booklet.clinic import Clinic
from booklet.errors import Problem, RequestError, did_you_mean, nearest
from booklet.library import Library
from booklet.personal import Personal

RECIPE = "# Choices for a booklet: sections and ways of reading, and nothing about a person. Use it with --recipe."


class Request(msgspec.Struct, frozen=True):
    sections: tuple[str, ...]
    """Section ids in the order of the library, without those that every booklet has."""
    made: date
    preferences: dict[str, str]
    about: About
    named: tuple[str, ...] = ()
    """The sections that were asked for one by one: they print in full whatever is known about the reader."""
    personal: Personal = Personal()
    write_in: tuple[str, ...] = ()
    """Pages to write on, by name."""
    clinic: Clinic = Clinic()
    layout: str = ""
    """The layout to set it in; empty: the one that goes with the paper."""
    columns: int = 0
    """Characters on a line of plain text; 0: a sentence is never broken."""


NO_TOPIC = Problem("No topic was chosen.", 'To see what there is, run "booklet topics" or "booklet packs".')


def choose(
    library: Library, ids: Iterable[str], packs: Iterable[str], about: About, suggestions: bool = True
) -> tuple[str, ...]:
    """The sections that topic ids, section ids, packs and facts about the reader name, in the order of the library.

    What is behind a closed consent gate, and what does not concern the reader, is left out; what keeps a reader
    safe is added, and with `suggestions` what such readers usually want. Raises RequestError with every unknown id
    at once, or when nothing is chosen.
    """
    ids = list(ids)
    wanted, problems = _named(library, ids, list(packs), about)
    if not problems:
        for rule in library.rules:
            inside = wanted | {id.partition("/")[0] for id in wanted}
            holds = (not rule.chosen or inside & set(rule.chosen)) and about.meets(rule.when)
            if holds and (suggestions or not rule.suggestion):
                wanted.update(rule.add)
        chosen = tuple(
            id for id, section in library.sections.items() if id in wanted and forms(section, about, named=id in ids)
        )
        if not wanted:
            problems.append(NO_TOPIC)
        elif not chosen:
            what = "Nothing that was chosen concerns this reader."
            problems.append(Problem(what, "Choose other topics, or name the sections one by one."))
    if problems:
        raise RequestError(*problems)
    return chosen


def _named(library: Library, ids: list[str], packs: list[str], about: About) -> tuple[set[str], list[Problem]]:
    """The sections that ids and packs name outright, and what is wrong with the names."""
    choosable = {id: section for id, section in library.sections.items() if section.is_choosable}
    open_ids = [id for id, section in choosable.items() if about.opens(section.meta.gate)]
    inside = {topic.id: [s.id for s in topic.sections if s.id in open_ids] for topic in library.topics}
    topics = {id: sections for id, sections in inside.items() if sections}
    closed = {topic.id for topic in library.topics if any(s.id in choosable for s in topic.sections)} - set(topics)
    wanted: set[str] = set()
    problems: list[Problem] = []
    for name in packs:
        if name in library.packs:
            pack = library.packs[name]
            wanted.update(open_ids if pack.all else [id for id in pack.sections if id in open_ids])
        else:
            advice = did_you_mean(name, library.packs) or f"The packs are {', '.join(library.packs)}."
            problems.append(Problem(f'There is no pack called "{name}".', advice))
    for id in ids:
        if id in topics:
            wanted.update(topics[id])
        elif id in open_ids:
            wanted.add(id)
        elif id in choosable or id in closed:
            advice = "If they did, say so: --about end_of_life=yes or --about prognosis=yes. See docs/content.md."
            problems.append(Problem(f"{id} is printed only for a reader who asked for it.", advice))
        else:
            problems.append(Problem(f'There is no topic called "{id}".', _near(id, topics, open_ids)))
    return wanted, problems


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Choices to make a booklet again: ids and ways of reading, nothing about a person (product.md section 6)."""

    sections: tuple[str, ...]
    preferences: dict[str, str] = {}
    write_in: tuple[str, ...] = ()

    def text(self) -> str:
        """As a file that people can read and edit."""
        listed = "".join(f'  "{id}",\n' for id in self.sections)
        lines = [f"sections = [\n{listed}]"]
        if self.write_in:
            lines.append(f"write_in = [{', '.join(json.dumps(page) for page in self.write_in)}]")
        if self.preferences:
            lines.append("\n[preferences]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in self.preferences.items()]
        return f"{RECIPE}\n\n" + "\n".join(lines) + "\n"


def recipe(request: Request) -> Recipe:
    """What may be kept of a booklet, to make it again: nothing about a person."""
    return Recipe(request.sections, request.preferences, request.write_in)


def read_recipe(path: Path) -> Recipe:
    """Raises RequestError with every problem of the file."""
    return settings.read(path, Recipe, RequestError)


def pages_to_write_on(library: Library, text: str) -> tuple[str, ...]:
    """The pages to write on that a list such as "appointments,notes" names, in their own order.

    Raises RequestError for names that do not exist.
    """
    asked = [part.strip() for part in text.split(",") if part.strip()]
    problems = []
    for name in asked:
        if name not in library.write_in:
            advice = did_you_mean(name, library.write_in) or f"The pages are {', '.join(library.write_in)}."
            problems.append(Problem(f'There is no page to write on called "{name}".', advice))
    if problems:
        raise RequestError(*problems)
    return tuple(name for name in library.write_in if name in asked)


def _near(id: str, topics: dict[str, list[str]], sections: list[str]) -> str:
    """Advice that knows a section by its last part as well: "infection" for side-effects/infection."""
    last = {section.partition("/")[2]: section for section in sections}
    if id in last:
        return f"Did you mean {last[id]}?"
    near = nearest(id, [*topics, *sections, *last])
    if not near:
        return f"The topics are {', '.join(topics)}."
    return f"Did you mean {near if near in topics else last.get(near, near)}?"
