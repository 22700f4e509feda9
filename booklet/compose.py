"""Library and request to document: choosing, numbering, cross references, and the pages every booklet has."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from booklet.library import Library, Section, Topic
from booklet.markdown import More
from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    List,
    ListItem,
    Paragraph,
    Ruler,
    Run,
    Runs,
    Table,
    WriteIn,
    bookmarks,
)
from booklet.request import Request
from booklet.theme import Detail

TITLE = "My booklet"
"""Neutral on purpose: a cover is seen by others."""
LANGUAGE = "en-GB"
CALL_NOW = "emergencies/call-now"
MY_NUMBERS = "emergencies/my-numbers"
BACK = "back-cover"
SOURCES_A_LINE = 3
"""So that no item of the list is longer than a page of giant print."""


def compose(library: Library, request: Request, detail: Detail = "less") -> Document:
    """The whole booklet, in the order of product.md section 2."""
    chosen = [library.sections[id] for id in request.sections]
    front = [*_cover(request), *_locked(library)]
    rest = [*_about_this_booklet(library), *_topics(library, chosen, request.made, detail)]
    end = [*_about_the_content(library, chosen, request.made), _back_cover(library)]
    title = Heading(1, _text("What is in this booklet"), "contents")
    listed = bookmarks((*front[1:], *rest, *end))
    contents = Contents(tuple(listed))
    return Document(TITLE, LANGUAGE, request.made, (*front, title, contents, *rest, *end))


def overdue(library: Library, request: Request) -> list[Section]:
    """The sections in this booklet, locked ones too, whose review date has passed."""
    ids = (CALL_NOW, MY_NUMBERS, *request.sections)
    return [library.sections[id] for id in ids if library.sections[id].is_overdue(request.made)]


def long_date(day: date) -> str:
    """Such as "6 August 2026" (standards.md TX-16)."""
    return f"{day.day} {day:%B %Y}"


def _text(*texts: str) -> Runs:
    return tuple(Run(text) for text in texts)


def _cover(request: Request) -> Iterator[Block]:
    yield Heading(1, _text(TITLE), "cover", cover=True)
    if request.personal.name:
        yield Paragraph((Run("This booklet belongs to\n"), Run(request.personal.name, strong=True)))
    else:
        yield WriteIn(_text("This booklet belongs to"))
    yield Paragraph(_text(f"Made on {long_date(request.made)}."))
    yield Ruler((Run("Print at actual size.", strong=True), Run(" This line must measure 100 mm:")), 100)


def _locked(library: Library) -> Iterator[Block]:
    """Call now and My numbers, after all choosing, whatever was chosen (content-brief.md 4.4)."""
    for n, block in enumerate(_emergencies(library)):
        yield replace(block, anchor=f"{CALL_NOW}-{n + 1}")
    numbers = library.sections[MY_NUMBERS]
    yield Heading(1, _text(numbers.meta.title), MY_NUMBERS)
    yield from numbers.core


def _emergencies(library: Library) -> list[Emergency]:
    return [block for block in library.sections[CALL_NOW].core if isinstance(block, Emergency)]


def _back_cover(library: Library) -> Emergency:
    return replace(_emergencies(library)[0], anchor=BACK, back_cover=True)


def _about_this_booklet(library: Library) -> Iterator[Block]:
    yield Heading(1, _text("About this booklet"), "about-this-booklet")
    yield from library.front["about-this-booklet"]
    yield Admonition("note", "Not checked by a doctor or nurse", (Paragraph(_text(library.locked["label"])),))


def _topics(library: Library, chosen: list[Section], made: date, detail: Detail) -> Iterator[Block]:
    for topic in library.topics:
        sections = [section for section in topic.sections if section in chosen]
        if sections:
            yield Heading(1, _text(f"{topic.number}. {topic.title}"), topic.id, f"Topic {topic.number}")
        for section in sections:
            yield from _section(library, section, chosen, made, detail)


def _section(library: Library, section: Section, chosen: list[Section], made: date, detail: Detail) -> Iterator[Block]:
    yield Heading(2, _text(_numbered(library, section)), section.id)
    yield Paragraph(_text(section.meta.summary), leads=True)
    if section.is_overdue(made):
        due = f"This was due to be checked in {section.meta.next_review:%B %Y}. Ask your nurse if it has changed."
        yield Admonition("note", "Check this part", (Paragraph(_text(due)),))
    for block in section.blocks:
        match block:
            case More(blocks):
                yield from blocks if detail == "more" else ()
            case Admonition(kind) if detail == "key-points":
                if kind != "questions":  # a note warns of what must not be missed
                    yield block
            case _ if detail != "key-points":
                yield block
            case _:
                pass
    for name in section.meta.locked_blocks:
        yield Paragraph((Run(library.locked[name], strong=True),))
    yield from _see_also(library, section, chosen)


def _see_also(library: Library, section: Section, chosen: list[Section]) -> Iterator[Block]:
    """Points only at what is in this booklet; for the rest there is the nurse."""
    named = [library.sections[id] for id in section.meta.see_also]
    shown = [other for other in named if other.meta.gate == "none" or other in chosen]  # a closed gate leaves no trace
    if not shown:
        return
    yield Heading(3, _text("See also"))
    items = []
    for other in shown:
        id = other.id
        if other in chosen or other.meta.safety:
            anchor = f"{CALL_NOW}-1" if id == CALL_NOW else id
            title = other.meta.title if other.meta.safety else _numbered(library, other)
            runs: Runs = (Run(title, href=f"#{anchor}"), Run(", page ", page_of=anchor))
        else:
            runs = _text(f"{other.meta.title}: ask your nurse")
        items.append(ListItem((Paragraph(runs),)))
    yield List(tuple(items))


def _numbered(library: Library, section: Section) -> str:
    return f"{library.number(section)} {section.meta.title}"


def _about_the_content(library: Library, chosen: list[Section], made: date) -> Iterator[Block]:
    printed = [library.sections[CALL_NOW], library.sections[MY_NUMBERS], *chosen]
    yield Heading(1, _text("About the content"), "about-the-content")
    earliest = min(section.meta.next_review for section in printed)
    yield Paragraph(
        _text(
            f"Some of this booklet is due to be checked again by {long_date(earliest)}. After that, ask for a new one."
        )
    )
    late = [section for section in printed if section.is_overdue(made)]
    if late:
        yield Paragraph(_text("These parts are past the date when they were due to be checked:"))
        yield _bullets([section.meta.title for section in late])
    yield Heading(2, _text("When each part was checked"), "checked")
    yield Table((_text("Parts"), _text("Checked"), _text("Check again by")), tuple(_review_rows(library, printed)))
    yield Heading(2, _text("Where the facts come from"), "sources")
    yield Paragraph(_text("The words are our own. The facts come from these sources:"))
    yield _bullets(list(_sources(library, printed)))
    left_out = [topic.title for topic in library.topics if _leaves_out(topic, chosen)]
    if left_out:
        yield Heading(2, _text("What is not in this booklet"), "left-out")
        yield Paragraph(
            _text(
                "There is more to read about these topics. Ask your nurse, or the person who made this booklet for you:"
            )
        )
        yield _bullets(left_out)


def _review_rows(library: Library, printed: list[Section]) -> Iterator[tuple[Runs, ...]]:
    """Parts with the same version and dates share a row: a row for each would fill pages with one date."""
    rows: dict[tuple[int, date, date], list[str]] = {}
    for section in printed:
        meta = section.meta
        name = meta.title if meta.safety else library.number(section)
        rows.setdefault((meta.version, meta.last_reviewed, meta.next_review), []).append(name)
    for (version, last, due), names in rows.items():
        yield _text(", ".join(names)), _text(f"{long_date(last)} (version {version})"), _text(long_date(due))


def _sources(library: Library, printed: list[Section]) -> Iterator[str]:
    """A line for each publisher, in the order of sources.toml."""
    cited = {fact.source for section in printed for fact in section.meta.facts}
    titles: dict[str, list[str]] = {}
    for id, source in library.sources.items():
        if id in cited:
            dated = source.title if source.date == "no date" else f"{source.title} ({source.date})"
            if dated not in titles.setdefault(source.publisher, []):
                titles[source.publisher].append(dated)
    for publisher, named in titles.items():
        for n in range(0, len(named), SOURCES_A_LINE):
            yield f"{publisher}: {'; '.join(named[n : n + SOURCES_A_LINE])}"


def _leaves_out(topic: Topic, chosen: list[Section]) -> bool:
    return any(section.is_open and section not in chosen for section in topic.sections)


def _bullets(texts: list[str]) -> List:
    return List(tuple(ListItem((Paragraph(_text(text)),)) for text in texts))
