"""Library and request to document: the whole booklet, in the order of product.md section 2."""

from collections.abc import Iterator

from msgspec.structs import replace

from booklet.compose.end import (
    about_the_content,
    glossary_of,
    organisations,
    pages_to_write_on,
    questions_for_my_team,
    words_explained,
)
from booklet.compose.explain import explained
from booklet.compose.keywords import with_key_words
from booklet.compose.section import Booklet, title_of, topics
from booklet.compose.text import filled, long_date, text
from booklet.library import ALWAYS, Library, Section
from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    Paragraph,
    Ruler,
    Run,
    WriteIn,
    bookmarks,
)
from booklet.request import Request
from booklet.theme import Detail

__all__ = [
    "BACK",
    "CALL_NOW",
    "CONTENTS",
    "LANGUAGE",
    "MY_NUMBERS",
    "TITLE",
    "call_now",
    "compose",
    "cover",
    "honest_label",
    "long_date",
    "my_numbers",
    "overdue",
    "title_of",
    "with_shorter_cover",
]

TITLE = "My booklet"
"""Neutral on purpose: a cover is seen by others."""
LANGUAGE = "en-GB"
CALL_NOW, MY_NUMBERS = ALWAYS
ABOUT = "about-this-booklet"
COVER_LEAST = 2
"""The title, and whose it is: what every cover has."""
BACK, CONTENTS = "back-cover", "contents"
PICTURES = {"questions": "questions", "glossary/words": "glossary", "organisations/list": "organisations"}
"""Pictograms of chapters that are not topics, by anchor. The locked pages have none: nothing may be added to them."""
GET_HELP = "get-help"


def compose(
    library: Library,
    request: Request,
    detail: Detail = "less",
    key_words: bool = False,
    pictures: bool = False,
    code: str = "",
) -> Document:
    """A document with every part that product.md section 2 names; with `key_words` the words it explains are bold, with
    `pictures` each topic has its pictogram, with a `code` it says how to make it again.

    Raises ContentError when the text of a section cannot be read.
    """
    booklet = Booklet(library, request, detail, code)
    front = [*cover(request), *_locked(library, request.clinic.numbers() | request.personal.numbers())]
    chapters = explained(tuple(topics(booklet)), library)
    if key_words:
        chapters = with_key_words(chapters, glossary_of(booklet, chapters))
    rest = [*_about_this_booklet(booklet), *chapters]
    end = [
        *questions_for_my_team(booklet),
        *pages_to_write_on(booklet),
        *words_explained(booklet, chapters),
        *organisations(booklet),
        *about_the_content(booklet),
        _back_cover(library),
    ]
    title = Heading(1, text("What is in this booklet"), CONTENTS)
    contents = Contents(tuple(bookmarks((*front[1:], *rest, *end))))
    blocks = (*front, title, contents, *rest, *end)
    drawn = {topic.id: topic.id for topic in library.topics if topic.id in library.pictures} | PICTURES
    return Document(TITLE, LANGUAGE, request.made, tuple(_pictured(blocks, drawn)) if pictures else blocks)


def _pictured(blocks: tuple[Block, ...], drawn: dict[str, str]) -> Iterator[Block]:
    """The blocks with a pictogram for each heading of a topic and for each box that says when to get help."""
    for block in blocks:
        match block:
            case Heading(level=1, anchor=anchor) if anchor in drawn:
                yield replace(block, picture=drawn[anchor])
            case Admonition("get-help"):
                yield replace(block, picture=GET_HELP)
            case _:
                yield block


def overdue(library: Library, request: Request) -> list[Section]:
    """The sections in this booklet, those of every booklet too, whose review date has passed."""
    return [section for section in Booklet(library, request, "less").printed if section.is_overdue(request.made)]


def cover(request: Request, part: str = "") -> Iterator[Block]:
    """The first page; `part` says which volume it is the cover of."""
    yield Heading(1, text(TITLE), "cover", cover=True)
    if part:
        yield Paragraph((Run(part, strong=True),))
    if request.personal.name:
        yield Paragraph((Run("This booklet belongs to\n"), Run(request.personal.name, strong=True)))
    else:
        yield WriteIn(text("This booklet belongs to"))
    yield Paragraph(text(f"Made on {long_date(request.made)}."))
    yield Ruler((Run("Print at actual size.", strong=True), Run(" This line must measure 100 mm:")), 100)


def with_shorter_cover(document: Document) -> Document:
    """The document with the last line of its cover moved to the end of About this booklet; as it is when none can move."""
    blocks = document.blocks
    end = next(n for n, block in enumerate(blocks) if isinstance(block, Emergency))
    if end <= COVER_LEAST:
        return document
    about = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == ABOUT)
    after = next(n for n in range(about + 1, len(blocks)) if isinstance(blocks[n], Heading))
    return replace(document, blocks=(*blocks[: end - 1], *blocks[end:after], blocks[end - 1], *blocks[after:]))


def _locked(library: Library, known: dict[str, str]) -> Iterator[Block]:
    """Call now and My numbers, after all choosing, whatever was chosen (content-brief.md 4.4).

    What the clinic or the reader told stands where the line to write on would be.
    """
    yield from call_now(library)
    yield from my_numbers(library, known)


def call_now(library: Library) -> Iterator[Emergency]:
    """The locked blocks that begin page 2."""
    for n, block in enumerate(_emergencies(library)):
        yield replace(block, anchor=f"{CALL_NOW}-{n + 1}")


def my_numbers(library: Library, known: dict[str, str]) -> Iterator[Block]:
    """The locked page of numbers; what is known, by label, is printed on its lines."""
    numbers = library.sections[MY_NUMBERS]
    yield Heading(1, text(numbers.meta.title), MY_NUMBERS)
    yield from filled(numbers.core, known)


def _emergencies(library: Library) -> list[Emergency]:
    return [block for block in library.sections[CALL_NOW].core if isinstance(block, Emergency)]


def _back_cover(library: Library) -> Emergency:
    return replace(_emergencies(library)[0], anchor=BACK, back_cover=True)


def _about_this_booklet(booklet: Booklet) -> Iterator[Block]:
    library = booklet.library
    yield Heading(1, text("About this booklet"), ABOUT)
    yield from library.front["about-this-booklet"]
    if booklet.voice == "carer":
        yield from library.front["for-carers"]
    yield honest_label(library)


def honest_label(library: Library) -> Admonition:
    """Who wrote the words and who has not checked them (content-brief.md 5.3)."""
    return Admonition("note", "Not checked by a doctor or nurse", tuple(_label(library.locked["label"])))


def _label(words: str) -> Iterator[Block]:
    """A paragraph for each sentence: as one it is taller than a page of giant print."""
    for sentence in words.split(". "):
        yield Paragraph(text(sentence if sentence.endswith(".") else f"{sentence}."))
