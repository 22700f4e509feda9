"""The content folder: a folder is a topic, a Markdown file is a section, its front matter says which.

Beside the topics: `packs/` (named sets of sections), `sources.toml` (what the facts rest on) and
`locked.toml` (sentences that no section may reword).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from booklet import settings
from booklet.errors import BookletError, ContentError, Problem, did_you_mean
from booklet.markdown import More, Source, parse
from booklet.model import Block

FENCE = "+++\n"
ABOUT = "front/about-this-booklet.md"
"""A page that every booklet has and that an editor may reword."""
LOCKED = {
    "emergencies/call-now.md": "0e19fa1d384062f3445fc63146021c487c9b45df908e0fe1c2f6faa5df55c8c8",
    "emergencies/my-numbers.md": "a4a16e7f7257245383b444509bfb58c4d564a5f92be6335ba864fdfb351dfa54",
    "locked.toml": "8723a3df2fb4df8194633a336120759b3ac29546fc4a04145bfc5a813004b649",
}
"""The digest of each locked text (content-brief.md 4.4). `digest_of` gives the new one after a signed-off change."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of a section and what it rests on (content-brief.md 0.1)."""

    id: str
    text: str
    source: str
    code: Literal["V", "V-", "S", "MEM"]
    checked: date
    recheck: date


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    date: date
    change: str


class Reviewer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str = "none"
    role: str = "not clinically reviewed"


class ReadingTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fk_grade_max: float
    smog_max: float
    note: str = ""


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a section says about itself (content-brief.md 5.1); the only declaration of these keys."""

    id: str
    number: int
    """Its place in the topic: never changed, never used again (standards.md LP-22)."""
    title: str
    summary: str
    layers: tuple[Literal["core", "more"], ...]
    audience: tuple[Literal["patient", "carer"], ...]
    last_reviewed: date
    next_review: date
    written_by: str
    changelog: tuple[Change, ...]
    gate: Literal["none", "prognosis", "end_of_life", "end_of_life_detail"] = "none"
    safety: bool = False
    """True for the locked sections and no others."""
    locked_blocks: tuple[str, ...] = ()
    """Names in locked.toml, printed in this order at the end of the core text."""
    terms: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    clinical_signoff: bool = False
    reviewer: Reviewer = Reviewer()
    reading_target: ReadingTarget | None = None
    show_if: dict[str, tuple[str, ...]] = {}
    """For choosing by facts about the reader; it hides nothing yet."""
    facts: tuple[Fact, ...] = ()

    @property
    def version(self) -> int:
        """Counts the changes, so that it cannot be forgotten."""
        return len(self.changelog)


class CitedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    publisher: str
    url: str = ""
    date: str = "no date"
    read: str = "stored copy, 20 November 2026"


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named set of sections."""

    title: str
    summary: str
    sections: tuple[str, ...] = ()
    all: bool = False
    """Every section that is not behind a consent gate."""


class TopicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    title: str


@dataclass(frozen=True)
class Section:
    path: Path
    meta: FrontMatter
    source: str
    first_line: int

    @property
    def id(self) -> str:
        return self.meta.id

    @cached_property
    def blocks(self) -> tuple[Source, ...]:
        """Raises ContentError with every problem of the Markdown."""
        return parse(self.source, self.path, self.first_line, locked=f"{self.id}.md" in LOCKED)

    @property
    def is_open(self) -> bool:
        """Whether a topic or a pack may choose it: neither locked, which is always there, nor behind a consent gate."""
        return self.meta.gate == "none" and not self.meta.safety

    def is_overdue(self, day: date) -> bool:
        return self.meta.next_review < day

    @property
    def core(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if not isinstance(block, More))


@dataclass(frozen=True)
class Topic:
    id: str
    number: int
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Library:
    topics: tuple[Topic, ...]
    packs: dict[str, Pack]
    sources: dict[str, CitedSource]
    locked: dict[str, str]
    front: dict[str, tuple[Block, ...]]
    """The pages that every booklet has and that an editor may reword, by file name."""

    @classmethod
    def load(cls, folder: Path) -> "Library":
        """Read every file, or say everything that is wrong with any of them."""
        problems = _altered(folder)
        topics: list[Topic] = []
        locked: dict[str, str] = {}
        if (folder / "locked.toml").is_file():
            with _collect(problems):
                locked = settings.read(folder / "locked.toml", dict[str, str])
        sources: dict[str, CitedSource] = {}
        with _collect(problems):
            sources = settings.read(folder / "sources.toml", dict[str, CitedSource])
        packs: dict[str, Pack] = {}
        for path in sorted(folder.glob("packs/*.toml")):
            with _collect(problems):
                packs[path.stem] = settings.read(path, Pack)
        for path in sorted(folder.glob("*/topic.toml")):
            with _collect(problems):
                topics.append(_topic(path, problems))
        front: dict[str, tuple[Block, ...]] = {}
        for path in sorted(folder.glob("front/*.md")):
            with _collect(problems):
                text = settings.text_of(path)
                if text.startswith(FENCE):
                    raise ContentError(Problem("This page has no front matter.", "Delete it.", path, 1))
                blocks = parse(text, path, headings=False)
                front[path.stem] = tuple(block for block in blocks if not isinstance(block, More))
        if not (folder / ABOUT).is_file():
            problems.append(
                Problem("This page is missing.", "Put it back from the program's own content.", folder / ABOUT)
            )
        if problems:
            raise ContentError(*problems)
        library = cls(tuple(sorted(topics, key=lambda t: t.number)), packs, sources, locked, front)
        if found := library._dangling(folder):
            raise ContentError(*found)
        return library

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Every section by its id, in the order of a booklet."""
        return {section.id: section for topic in self.topics for section in topic.sections}

    def topic_of(self, section: Section) -> Topic:
        return next(topic for topic in self.topics if section in topic.sections)

    def number(self, section: Section) -> str:
        """Such as "6.2": the same in every size and format of every booklet (standards.md LP-22)."""
        return f"{self.topic_of(section).number}.{section.meta.number}"

    def _dangling(self, folder: Path) -> list[Problem]:
        """Names of sections, sources and locked sentences that do not exist."""
        problems = list(_misplaced(folder, self.topics))
        for section in self.sections.values():
            if section.meta.safety != (f"{section.id}.md" in LOCKED):
                what = "safety: only the locked sections are, and they always are."
                problems.append(Problem(what, "", section.path, _line_of(section, "safety")))
            named = (
                ("see_also", section.meta.see_also, self.sections),
                ("locked_blocks", section.meta.locked_blocks, self.locked),
                ("facts: source", tuple(fact.source for fact in section.meta.facts), self.sources),
            )
            for key, names, known in named:
                for name in dict.fromkeys(names):
                    if name not in known:
                        line = _line_of(section, name)
                        problems.append(
                            Problem(f"{key}: there is no {name}.", did_you_mean(name, known), section.path, line)
                        )
        for name, pack in self.packs.items():
            path = folder / "packs" / f"{name}.toml"
            if not pack.sections and not pack.all:
                problems.append(Problem("sections: this pack is empty.", "Name at least one section.", path))
            for id in pack.sections:
                if id not in self.sections:
                    problems.append(Problem(f"There is no section {id}.", did_you_mean(id, self.sections), path))
        return problems


def _misplaced(folder: Path, topics: tuple[Topic, ...]) -> Iterator[Problem]:
    """Files that would never be printed, and topics that would share a number."""
    known = {topic.id for topic in topics} | {"front"}
    for path in sorted(folder.glob("*/*.m*")):
        if path.suffix not in (".md", ".toml") or (path.suffix == ".md" and path.parent.name not in known):
            yield Problem(
                "This file is in no topic, so it is never printed.", "Name it .md, beside a topic.toml.", path
            )
    for n, topic in enumerate(topics):
        if n and topics[n - 1].number == topic.number:
            what = f"number: {topics[n - 1].id} has {topic.number} already."
            yield Problem(what, "Give the newer topic another.", folder / topic.id / "topic.toml")


@contextmanager
def _collect(problems: list[Problem]) -> Iterator[None]:
    """A file that cannot be read adds to the problems and does not hide those of the next."""
    try:
        yield
    except BookletError as e:
        problems.extend(e.problems)


def _topic(path: Path, problems: list[Problem]) -> Topic:
    about = settings.read(path, TopicFile)
    sections: list[Section] = []
    for file in sorted(path.parent.glob("*.md")):
        with _collect(problems):
            section = read_section(file)
            id = f"{path.parent.name}/{file.stem}"
            if section.id != id:
                problems.append(
                    Problem(f'id: this says "{section.id}".', f'Write id = "{id}".', file, _line_of(section, "id"))
                )
            for other in sections:
                if other.meta.number == section.meta.number:
                    what = f"number: {other.path.name} has {section.meta.number} already."
                    advice = "Give the newer one a number that was never used."
                    problems.append(Problem(what, advice, file, _line_of(section, "number")))
            sections.append(section)
    return Topic(path.parent.name, about.number, about.title, tuple(sorted(sections, key=lambda s: s.meta.number)))


def read_section(path: Path) -> Section:
    """One section file. Raises ContentError with every problem of its front matter."""
    text = settings.text_of(path)
    header, fence, body = text.removeprefix(FENCE).partition("\n" + FENCE)
    if not text.startswith(FENCE) or not fence:
        what = "The front matter is missing."
        raise ContentError(Problem(what, "Begin with it, between two lines of +++.", path, 1))
    meta = settings.decode(header, FrontMatter, path, first_line=2)
    return Section(path, meta, body, header.count("\n") + 4)


def _line_of(section: Section, word: str) -> int | None:
    lines = section.path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if word in line), None)


def _altered(folder: Path) -> list[Problem]:
    """Locked texts that are missing or not word for word as they were signed off: no booklet is made without them."""
    problems: list[Problem] = []
    for name, digest in LOCKED.items():
        path = folder / name
        with _collect(problems):
            problems += _unlike(path, digest)
    return problems


def _unlike(path: Path, digest: str) -> Iterator[Problem]:
    if not path.is_file():
        advice = "Put it back from the program's own content; no booklet can be made without it."
        yield Problem("This locked file is missing.", advice, path)
    elif digest_of(path) != digest:
        advice = "Put it back from the program's own content; only a signed-off change may alter it."
        yield Problem("The words of this locked file were changed.", advice, path)


def digest_of(path: Path) -> str:
    """A digest of the words of a locked file: its title and body, not its dates or reviewer."""
    header, fence, body = settings.text_of(path).partition("\n" + FENCE)
    title = next((line for line in header.splitlines() if line.startswith("title")), "")
    return hashlib.sha256((title + "\n" + body if fence else header).encode()).hexdigest()
