"""Names in the content folder that name nothing: each with its file, its line and the nearest that exists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from booklet.errors import Problem, did_you_mean
from booklet.library import Library, Section
from booklet.library.files import Pack
from booklet.markdown import canonical
from booklet.settings import line_with

DERIVED = {"triple_negative": ("yes", "no", "not_sure")}
"""Facts that follow from others (content-brief.md 4.1)."""


def dangling(library: Library, folders: tuple[Path, ...]) -> Iterator[Problem]:
    """Everything that is named and does not exist."""
    for section in library.sections.values():
        yield from _section(library, section)
    yield from _packs(library, folders)
    yield from _rules(library, folders[0] / "choosing.toml")
    topics = {topic.id: topic for topic in library.topics} | {"all": None}
    for id, organisation in library.organisations.items():
        path = _where(folders, "organisations.toml", id)
        yield from _unknown(f"{id}.topics", organisation.topics, topics, path)
        yield from _unknown(f"{id}.source", [organisation.source], library.sources, path)
        yield from _unknown(f"{id}.nations", organisation.nations, library.reader_facts["nation"].values, path)
    for id, medicine in library.medicines.items():
        yield from _unknown(f"{id}.sources", medicine.sources, library.sources, _where(folders, "medicines.toml", id))
    for question in library.listed:
        yield from _unknown("topics", question.topics, topics, folders[0] / "questions.toml")


def _section(library: Library, section: Section) -> Iterator[Problem]:
    meta = section.meta
    if meta.safety != section.is_locked:
        yield Problem(
            "safety: only the locked sections are, and they always are.",
            "",
            section.path,
            line_with(section.path, "safety"),
        )
    for key, names, known in (
        ("see_also", meta.see_also, library.sections),
        ("locked_blocks", meta.locked_blocks, library.locked),
        ("medicines", meta.medicines, library.medicines),
        ("terms", meta.terms, library.glossary),
        ("facts: source", tuple(fact.source for fact in meta.facts), library.sources),
    ):
        yield from _unknown(key, names, known, section.path)
    if meta.show_if:
        line = line_with(section.path, "[show_if]")
        yield from unknown_conditions("show_if", meta.show_if, library, section.path, line)


def unknown_conditions(
    key: str, conditions: Mapping[str, tuple[str, ...]], library: Library, path: Path, line: int | None
) -> Iterator[Problem]:
    """Facts and values of a condition that nobody can give."""
    facts = {name: tuple(fact.values) for name, fact in library.reader_facts.items()} | DERIVED
    for fact, values in conditions.items():
        if fact not in facts:
            yield Problem(f"{key}: there is no fact {fact}.", _nearest(fact, facts), path, line)
            continue
        for value in values:
            if canonical(value) not in facts[fact]:
                what = f"{key}: {fact} is never {value}."
                yield Problem(what, _nearest(value, facts[fact]), path, line)


def _packs(library: Library, folders: tuple[Path, ...]) -> Iterator[Problem]:
    for name, pack in library.packs.items():
        path = next(path for folder in reversed(folders) if (path := folder / "packs" / f"{name}.toml").is_file())
        yield from in_pack(pack, library, path)


def in_pack(pack: Pack, library: Library, path: Path) -> Iterator[Problem]:
    """What one pack names that does not exist."""
    if not pack.sections and not pack.all:
        yield Problem("sections: this pack is empty.", "Name at least one section.", path)
    for id in pack.sections:
        if id not in library.sections:
            yield Problem(f"There is no section {id}.", did_you_mean(id, library.sections), path)
    given = {fact: (value,) for fact, value in pack.about.items()}
    yield from unknown_conditions("about", given, library, path, None)


def _rules(library: Library, path: Path) -> Iterator[Problem]:
    for rule in library.rules:
        yield from _unknown("add", rule.add, library.sections, path)
        yield from _unknown("chosen", rule.chosen, (*library.sections, *(topic.id for topic in library.topics)), path)
        yield from unknown_conditions("when", rule.when, library, path, None)


def _unknown(key: str, names: Iterable[str], known: Collection[str], path: Path) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield Problem(f"{key}: there is no {name}.", did_you_mean(name, known), path, line_with(path, f'"{name}"'))


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    return did_you_mean(word, known) or f"There is {', '.join(known)}."


def _where(folders: tuple[Path, ...], name: str, id: str) -> Path:
    """The file that a row of a table stands in."""
    paths = [path for folder in reversed(folders) if (path := folder / name).is_file()]
    return next((path for path in paths[:-1] if line_with(path, f"[{id}]")), paths[-1])
