"""What follows the topics: questions, pages to write on, words, organisations, and where it all comes from."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from booklet.about import NOT_SURE
from booklet.compose.section import Booklet
from booklet.compose.text import bullets, filled, long_date, text
from booklet.library import Section, Topic
from booklet.library.files import CitedSource, Organisation, Term
from booklet.model import (
    Admonition,
    Block,
    Heading,
    List,
    ListItem,
    Paragraph,
    QrCode,
    Run,
    Runs,
    Table,
    WriteIn,
    words,
)

QUESTIONS_EACH = 2
"""Gathered from each section: its box has the rest, and a page of twenty questions is a page nobody asks from."""
APPOINTMENTS = "appointments"
"""The page to write on that the next appointment is printed on."""
OWN_QUESTIONS = 12
"""Lines for the reader's own."""
PUBLISHERS_A_LINE = 4
SOURCES_A_LINE = 3
"""So that no item of the list is longer than a page of giant print."""


def questions_for_my_team(booklet: Booklet) -> Iterator[Block]:
    """The four questions for any choice, the first questions of each section, and lines to write on."""
    gated = any(section.meta.gate == "end_of_life_detail" for section in booklet.chosen)
    yield Heading(1, text("Questions for my team"), "questions", sheet=gated)
    yield from booklet.library.front["questions-for-my-team"]
    asked: set[str] = set()
    gathered = [(topic, list(_asked(booklet, topic, asked))) for topic in booklet.library.topics]
    if any(questions for _, questions in gathered):
        yield Heading(2, text("Questions from this booklet"), "questions-gathered")
        if booklet.voice == "carer":
            yield Paragraph(text("Some of these are for the person with cancer to ask. You can ask them together."))
    for topic, questions in gathered:
        if questions:
            yield Heading(3, text(topic.title))
            yield List(tuple(questions))
    yield Heading(2, text("My own questions"), "questions-own")
    if booklet.request.personal.questions:
        yield bullets(text(question) for question in booklet.request.personal.questions)
    yield WriteIn(text("What I want to ask"), OWN_QUESTIONS)


def _asked(booklet: Booklet, topic: Topic, already: set[str]) -> Iterator[ListItem]:
    """The first questions of each section that no section before it asks."""
    for section in topic.sections:
        if booklet.forms.get(section.id) == "full":
            for block in section.in_voice(booklet.voice):
                match block:
                    case Admonition("questions", _, (List(items), *_)):
                        new = [item for item in items if _said(item) not in already][:QUESTIONS_EACH]
                        already.update(map(_said, new))
                        yield from new
                    case _:
                        pass


def _said(item: ListItem) -> str:
    return " ".join(words(item.blocks))


def pages_to_write_on(booklet: Booklet) -> Iterator[Block]:
    """Those that were asked for; the next appointment, where it is told, begins the page of appointments."""
    appointment = booklet.request.personal.appointment
    for name, page in booklet.library.write_in.items():
        told = appointment if name == APPOINTMENTS else ""
        if told or name in booklet.request.write_in:
            yield Heading(1, text(page.meta.title), f"write-in-{name}")
        if told:
            yield Paragraph((Run("My next appointment\n"), Run(told, strong=True)))
        if told or name in booklet.request.write_in:
            yield from filled(page.blocks, {"My name": booklet.request.personal.name})


def words_explained(booklet: Booklet, chapters: tuple[Block, ...]) -> Iterator[Block]:
    """The words of the glossary that this booklet uses, in the order of the alphabet."""
    section = booklet.library.generated("words")
    used = glossary_of(booklet, chapters)
    if section and used:
        yield _title(booklet, section)
        yield from section.core
        entries = [(term, used[term].definition) for term in sorted(used, key=str.casefold)]
        yield bullets((Run(term, strong=True), Run(f": {definition}")) for term, definition in entries)


def glossary_of(booklet: Booklet, chapters: tuple[Block, ...]) -> dict[str, Term]:
    """The words that this booklet uses and explains."""
    listed = {term for section in booklet.chosen for term in section.meta.terms}
    open_ = {t: e for t, e in booklet.library.glossary.items() if t in listed and booklet.about.opens(e.gate)}
    return {term: open_[term] for term in terms_in(" ".join(words(chapters)), open_)}


def terms_in(said: str, glossary: Mapping[str, Term]) -> Iterator[str]:
    """The words of a glossary that a text has, in one of their forms, as whole words."""
    there = said.casefold()
    for term, entry in glossary.items():
        if any(_has(there, form.casefold()) for form in (term, *entry.also)):
            yield term


def _has(text: str, form: str) -> bool:
    """Whether it stands there as a whole word; "scan" does not in "scanner", "PET-scan" or "CT/scan"."""
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
        if not (_of_word(before) or before == "-" or _of_word(after)):
            return True
        at = text.find(form, at + 1)
    return False


def _of_word(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "/")


def organisations(booklet: Booklet) -> Iterator[Block]:
    """Those that fit the topics of this booklet and the nation of the reader, and the locked ones always."""
    section = booklet.library.generated("organisations")
    if section:
        yield _title(booklet, section)
        yield from section.core
        yield bullets(_contact(row) for row in booklet.library.organisations.values() if _fits(booklet, row))


def _fits(booklet: Booklet, row: Organisation) -> bool:
    nation = booklet.about.nation
    topics = {booklet.library.topic_of(section).id for section in booklet.chosen} | {"all"}
    there = not row.nations or nation == NOT_SURE or nation in row.nations
    return there and booklet.about.opens(row.gate) and (row.locked or bool(topics & set(row.topics)))


def _contact(row: Organisation) -> Runs:
    """A name, what it does, and how to reach it: each way can be followed but for a text, which needs its own words."""
    ways = [
        ("Phone", row.phone, f"tel:{re.sub(r'[^0-9+]', '', row.phone.partition(',')[0])}"),
        ("Text", row.text, None),
        ("Email", row.email, f"mailto:{row.email}"),
        ("Web", row.web, f"https://{row.web}"),
    ]
    reached = [part for label, way, href in ways if way for part in (Run(f"\n{label}: "), Run(way, href=href))]
    return (Run(row.name, strong=True), Run(f"\n{row.does}"), *reached)


def about_the_content(booklet: Booklet) -> Iterator[Block]:
    """Versions, review dates, sources, and what is not here (product.md section 2, part 10)."""
    printed = booklet.printed
    yield Heading(1, text("About the content"), "about-the-content")
    earliest = min(section.meta.next_review for section in printed)
    due = f"Some of this booklet is due to be checked again by {long_date(earliest)}. After that, ask for a new one."
    yield Paragraph(text(due))
    late = [section for section in printed if section.is_overdue(booklet.request.made)]
    if late:
        yield Paragraph(text("These parts are past the date when they were due to be checked:"), leads=True)
        yield bullets(text(booklet.title(section)) for section in late)
    yield Heading(2, text("When each part was checked"), "checked")
    yield Table((text("Parts"), text("Checked"), text("Check again by")), tuple(_review_rows(booklet)))
    yield Heading(2, text("Where the facts come from"), "sources")
    yield Paragraph(text("The words are our own. The facts come from these sources:"), leads=True)
    yield bullets(text(line) for line in _sources(booklet))
    if booklet.detail != "more":
        yield Paragraph(text("A copy with more detail names each page that was read."))
    clinic = booklet.request.clinic
    if clinic.leaflet_code or clinic.feedback:
        yield Heading(2, text("From your clinic"), "clinic")
    if clinic.leaflet_code:
        yield Paragraph(text(f"Leaflet code: {clinic.leaflet_code}"))
    if clinic.feedback:
        yield Paragraph(text(f"To say what you think of this booklet: {clinic.feedback}"))
    if booklet.code:
        yield Heading(2, text("To make this booklet again"), "code")
        told = "Show this code to the person who made it for you. It says which parts are in it and how it is printed."
        yield Paragraph(text(f"{told} Your name and your numbers are not in it."), leads=True)
        yield Paragraph((Run(booklet.code, strong=True),), leads=True)
        yield QrCode(booklet.code)
    left_out = [topic.title for topic in booklet.library.topics if _leaves_out(booklet, topic)]
    if left_out:
        yield Heading(2, text("More that you can ask for"), "left-out")
        ask = "There is more to read about these topics. Ask your nurse, or the person who made this booklet for you:"
        yield Paragraph(text(ask), leads=True)
        yield bullets(text(title) for title in left_out)


def _title(booklet: Booklet, section: Section) -> Heading:
    topic = booklet.library.topic_of(section)
    return Heading(1, text(booklet.numbered(section)), section.id, f"Topic {topic.number}")


def _review_rows(booklet: Booklet) -> Iterator[tuple[Runs, ...]]:
    """Parts with the same version and dates share a row: a row for each would fill pages with one date."""
    rows: dict[tuple[int, date, date], list[str]] = {}
    for section in booklet.printed:
        meta = section.meta
        name = booklet.title(section) if section.is_always_there else booklet.library.number(section)
        rows.setdefault((meta.version, meta.last_reviewed, meta.next_review), []).append(name)
    for (version, last, due), names in rows.items():
        yield text(", ".join(names)), text(f"{long_date(last)} (version {version})"), text(long_date(due))


def _sources(booklet: Booklet) -> Iterator[str]:
    """The publishers, in the order of sources.toml; with more detail a line for each with its pages."""
    cited = {fact.source for section in booklet.printed for fact in section.meta.facts}
    titles: dict[str, list[str]] = {}
    for id, source in booklet.library.sources.items():
        if id in cited and booklet.about.opens(source.gate):
            dated = _dated(source)
            if dated not in titles.setdefault(source.publisher, []):
                titles[source.publisher].append(dated)
    if booklet.detail != "more":
        names = list(titles)
        yield from ("; ".join(names[n : n + PUBLISHERS_A_LINE]) for n in range(0, len(names), PUBLISHERS_A_LINE))
        return
    for publisher, named in titles.items():
        for n in range(0, len(named), SOURCES_A_LINE):
            yield f"{publisher}: {'; '.join(named[n : n + SOURCES_A_LINE])}"


def _dated(source: CitedSource) -> str:
    """The title with its date in brackets; in the brackets that end the title, where it has some."""
    if source.date == "no date":
        return source.title
    if source.title.endswith(")"):
        return f"{source.title[:-1]}, {source.date})"
    return f"{source.title} ({source.date})"


def _leaves_out(booklet: Booklet, topic: Topic) -> bool:
    return any(
        section.is_choosable
        and not section.meta.safety  # its signs are in every booklet
        and booklet.about.opens(section.meta.gate)
        and booklet.forms.get(section.id) != "full"
        for section in topic.sections
    )
