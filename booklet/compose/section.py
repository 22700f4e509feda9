"""The topics of a booklet: what of each section prints, for this reader and this amount of detail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from booklet.about import About, forms
from booklet.compose.medicines import medicines
from booklet.compose.text import bullets, month, text
from booklet.errors import ContentError, Problem
from booklet.library import ALWAYS, Library, Section, said
from booklet.markdown import More, Short, Source, When
from booklet.model import Admonition, Block, Emergency, Heading, Paragraph, Run, Runs, WriteIn
from booklet.request import Request
from booklet.theme import Detail


@dataclass(frozen=True)
class Booklet:
    """One booklet while it is being composed."""

    library: Library
    request: Request
    detail: Detail
    code: str = ""
    """With which it can be made again; empty: it says none."""

    @property
    def about(self) -> About:
        return self.request.about

    @property
    def voice(self) -> str:
        return self.about.voice

    @cached_property
    def forms(self) -> dict[str, str]:
        """How much of each chosen section prints; what is behind a closed gate is not among them."""
        sections = self.library.sections
        named = self.request.named
        found = {id: forms(sections[id], self.about, id in named) for id in self.request.sections}
        return {id: form for id, form in found.items() if form}

    @cached_property
    def chosen(self) -> tuple[Section, ...]:
        return tuple(self.library.sections[id] for id in self.forms)

    @cached_property
    def printed(self) -> tuple[Section, ...]:
        """The chosen sections and those that every booklet has."""
        every = [self.library.sections[id] for id in ALWAYS]
        tables = [self.library.generated(kind) for kind in ("words", "organisations")]
        return (*every, *self.chosen, *(section for section in tables if section))

    @cached_property
    def _printed_ids(self) -> frozenset[str]:
        return frozenset(section.id for section in self.printed)

    def has(self, section: Section) -> bool:
        return section.id in self._printed_ids

    def title(self, section: Section) -> str:
        return title_of(section, self.voice)

    def numbered(self, section: Section) -> str:
        """As its heading says it; a table that the program writes has the heading of its topic."""
        topic = self.library.topic_of(section)
        if section.is_choosable:
            return f"{self.library.number(section)} {self.title(section)}"
        return f"{topic.number}. {topic.title}"


def title_of(section: Section, voice: str = "patient") -> str:
    return said(section.meta.title, section.words, voice, section.path, 1)


OWN_WORDS = 3
"""Lines under a question that the reader answers."""


def topics(booklet: Booklet) -> Iterator[Block]:
    """Each topic on a new page, with the sections chosen from it."""
    for topic in booklet.library.topics:
        sections = [section for section in topic.sections if section.id in booklet.forms]
        if sections:
            yield Heading(1, text(f"{topic.number}. {topic.title}"), topic.id, f"Topic {topic.number}")
        for section in sections:
            yield from _section(booklet, section)


def _section(booklet: Booklet, section: Section) -> Iterator[Block]:
    library, meta = booklet.library, section.meta
    yield Heading(2, text(booklet.numbered(section)), section.id, sheet=meta.gate == "end_of_life_detail")
    summary = said(meta.summary, section.words, booklet.voice, section.path, 1)
    yield Paragraph(text(summary), leads=True)
    if section.is_overdue(booklet.request.made):
        due = f"This was due to be checked in {month(meta.next_review)}. Ask your nurse if it has changed."
        yield Admonition("note", "Check this part", (Paragraph(text(due)),))
    if booklet.voice == "carer" and "carer" not in meta.audience:
        to = "This part speaks to the person with cancer. You can read it together."
        yield Admonition("note", "For the person you care for", (Paragraph(text(to)),))
    if booklet.forms[section.id] == "short":
        yield from _short(section.in_voice(booklet.voice))
    else:
        yield from _full(booklet, section)
    for name in meta.locked_blocks:
        yield Paragraph((Run(library.locked[name], strong=True),))
    yield from _see_also(booklet, section)


def _short(blocks: tuple[Source, ...]) -> Iterator[Block]:
    """A few lines instead of the text; the signs to call about are never left out."""
    for block in blocks:
        match block:
            case Short(inner):
                yield from inner
            case Admonition("get-help"):
                yield block
            case _:
                pass


def _full(booklet: Booklet, section: Section) -> Iterator[Block]:
    blocks = list(meant(section.in_voice(booklet.voice), booklet.about, section))
    asked = [block for block in blocks if isinstance(block, Admonition) and block.kind == "questions"]
    for block in blocks:
        match block:
            case Admonition("questions"):
                pass
            case More(inner) if booklet.detail == "more":
                yield from (part for part in meant(inner, booklet.about, section) if not isinstance(part, More))
            case More():
                pass
            case Admonition():  # a note warns of what must not be missed
                yield block
            case _ if booklet.detail != "key-points":
                yield block
            case _:
                pass
    yield from generated(booklet, section)
    rows = [booklet.library.medicines[id] for id in section.meta.medicines]
    if rows and booklet.detail != "key-points":
        note = booklet.library.locked["medicine_table"]
        yield from medicines(rows, booklet.about.nation, note) if booklet.detail == "more" else (Paragraph(text(note)),)
    if booklet.detail != "key-points":
        yield from asked


def meant(blocks: Iterable[Source], about: About, section: Section) -> Iterator[Block | More]:
    """The blocks that are for this reader, without the short version. Raises ContentError for a condition on a fact that does not exist."""
    for block in blocks:
        match block:
            case When(fact, values, inner, line):
                if fact not in about:
                    raise ContentError(Problem(f"There is no fact {fact}.", "", section.path, line))
                if about.meets({fact: values}):
                    yield from inner
            case Short():
                pass
            case _:
                yield block


def generated(booklet: Booklet, section: Section) -> Iterator[Block]:
    """What the program writes under the text of a section, from a table or from the locked words."""
    match section.meta.generated:
        case "question-list":
            yield from _question_list(booklet)
        case "what-to-watch-for":
            for block in booklet.library.sections[ALWAYS[0]].in_voice("carer"):
                if isinstance(block, Emergency):
                    yield Admonition("get-help", block.title, block.blocks)
        case _:
            pass


def _question_list(booklet: Booklet) -> Iterator[Block]:
    """The questions of the list (content-brief.md 3.5), those on the topics of this booklet first."""
    inside = {booklet.library.topic_of(section).id for section in booklet.chosen}
    open_ = [question for question in booklet.library.listed if booklet.about.opens(question.gate)]
    shown = [question for question in open_ if booklet.detail == "more" or question.core]
    first = [question for question in shown if inside & set(question.topics)]
    rest = [question for question in shown if question not in first]
    yield bullets(text(question.text) for question in (*first, *rest) if not question.write_in)
    yield from (WriteIn(text(question.text.rstrip(":")), OWN_WORDS) for question in shown if question.write_in)


def _see_also(booklet: Booklet, section: Section) -> Iterator[Block]:
    """Points only at what is in this booklet; for the rest there is the nurse."""
    library = booklet.library
    named = [library.sections[id] for id in section.meta.see_also]
    urgent = [ALWAYS[0] if other.meta.safety and not booklet.has(other) else other.id for other in named]
    shown = [library.sections[id] for id in dict.fromkeys(urgent)]  # an emergency is never left for the nurse
    shown = [other for other in shown if booklet.about.opens(other.meta.gate)]  # a closed gate leaves no trace
    if not shown:
        return
    yield Heading(3, text("See also"))
    items: list[Runs] = []
    for other in shown:
        if booklet.has(other):
            anchor = f"{other.id}-1" if other.id == ALWAYS[0] else other.id
            title = booklet.title(other) if other.is_always_there else booklet.numbered(other)
            items.append((Run(title, href=f"#{anchor}"), Run(", page ", page_of=anchor)))
    elsewhere = [booklet.title(other) for other in shown if not booklet.has(other)]
    if elsewhere:
        items.append(text(f"Ask your nurse about: {'; '.join(elsewhere)}"))
    yield bullets(items)
