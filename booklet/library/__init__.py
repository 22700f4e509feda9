"""The content folder: a folder is a topic, a Markdown file is a section, its front matter says which.

Beside the topics stand `packs/` (named sets of sections), `front/` (pages of every booklet), `write-in/` (pages to
write on) and the tables that people edit: sources, glossary, organisations, medicines, questions, and what may be
known about a reader. `files.py` says what each may hold.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from booklet.errors import ContentError, Problem, did_you_mean
from booklet.library.files import (
    CitedSource,
    FrontMatter,
    ListedQuestion,
    Medicine,
    Organisation,
    Pack,
    ReaderFact,
    Rule,
    Term,
    Words,
    WritingPage,
)
from booklet.library.locked import LOCKED
from booklet.markdown import More, Short, Source, When, parse
from booklet.model import Block

ALWAYS = ("emergencies/call-now", "emergencies/my-numbers")
"""The locked sections that begin every booklet, whatever was chosen (content-brief.md 4.4)."""
PATIENT = "patient"
_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Section:
    path: Path
    meta: FrontMatter
    source: str
    first_line: int
    words: Words
    _read: dict[str, tuple[Source, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        return self.meta.id

    @property
    def blocks(self) -> tuple[Source, ...]:
        """As a patient reads it. Raises ContentError with every problem of the Markdown."""
        return self.in_voice(PATIENT)

    def in_voice(self, voice: str) -> tuple[Source, ...]:
        """As written to one reader. Raises ContentError with every problem of the Markdown."""
        if voice not in self._read:
            text = said(self.source, self.words, voice, self.path, self.first_line)
            self._read[voice] = parse(text, self.path, self.first_line, locked=self.is_always_there)
        return self._read[voice]

    @property
    def is_always_there(self) -> bool:
        return self.id in ALWAYS

    @property
    def is_choosable(self) -> bool:
        """Whether a topic or a pack may choose it, its gate being open; the rest is in every booklet."""
        return not self.is_always_there and self.meta.generated not in ("words", "organisations")

    @property
    def is_locked(self) -> bool:
        return f"{self.id}.md" in LOCKED

    def is_overdue(self, day: date) -> bool:
        return self.meta.next_review < day

    @property
    def core(self) -> tuple[Block, ...]:
        """What prints of it at every detail but the smallest, whoever reads it."""
        return tuple(block for block in self.blocks if not isinstance(block, More | Short | When))


@dataclass(frozen=True)
class Topic:
    id: str
    number: int
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class WriteInPage:
    """A page to write on."""

    id: str
    meta: WritingPage
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Library:
    topics: tuple[Topic, ...]
    packs: dict[str, Pack]
    sources: dict[str, CitedSource]
    locked: dict[str, str]
    front: dict[str, tuple[Block, ...]]
    """The pages that every booklet has and that an editor may reword, by file name."""
    write_in: dict[str, WriteInPage]
    reader_facts: dict[str, ReaderFact]
    rules: tuple[Rule, ...]
    words: Words
    glossary: dict[str, Term]
    organisations: dict[str, Organisation]
    medicines: dict[str, Medicine]
    listed: tuple[ListedQuestion, ...]
    pictures: dict[str, str]
    """The pictograms there are, and what each shows in words."""

    @classmethod
    def load(cls, folder: Path, *local: Path) -> "Library":
        """Read every file, or say everything that is wrong with any of them.

        A `local` folder adds sections, packs and rows of the tables; it replaces nothing that is locked.
        """
        from booklet.library.load import load

        return load(folder, *local)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Every section by its id, in the order of a booklet."""
        return {section.id: section for topic in self.topics for section in topic.sections}

    @cached_property
    def _topic_by_section(self) -> dict[str, Topic]:
        return {section.id: topic for topic in self.topics for section in topic.sections}

    def topic_of(self, section: Section) -> Topic:
        return self._topic_by_section[section.id]

    def number(self, section: Section) -> str:
        """Such as "6.2": the same in every size and format of every booklet (standards.md LP-22).

        A table that the program writes is all of its topic, and has the topic's number.
        """
        topic = self.topic_of(section)
        inside = section.is_choosable or section.is_always_there
        return f"{topic.number}.{section.meta.number}" if inside else f"{topic.number}"

    def generated(self, kind: str) -> Section | None:
        """The section under which the program writes a table."""
        return next((section for section in self.sections.values() if section.meta.generated == kind), None)


def said(text: str, words: Words, voice: str, path: Path, first_line: int) -> str:
    """The text with its variables filled in for one reader. Raises ContentError for each that does not exist."""
    if "{" not in text:
        return text
    known = words.names | words.voices[voice]
    problems = []
    for n, line in enumerate(text.split("\n")):
        for name in _VARIABLE.findall(line):
            if name.lower() not in known:
                advice = did_you_mean(name, known) or f"The words in braces are {', '.join(known)}."
                problems.append(Problem(f"There is no {{{name}}}.", advice, path, first_line + n))
    if problems:
        raise ContentError(*problems)

    def fill(match: re.Match[str]) -> str:
        word = known[match[1].lower()]
        return word[0].upper() + word[1:] if match[1][0].isupper() else word

    return _VARIABLE.sub(fill, text)
