"""How big a booklet would be, what it would say, and the making of it, each said as it goes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from msgspec.structs import replace as with_

from booklet import fonts, kept, printing
from booklet.build import build, counted, laid_out, layout, make_size_test, pages_of, sheets
from booklet.clinic import Clinic
from booklet.errors import BookletError, Problem
from booklet.library import Library
from booklet.model import Document
from booklet.paths import documents
from booklet.plain.ask import problem
from booklet.plain.voice import Voice
from booklet.questions import Answers, to_request
from booklet.request import Request, recipe
from booklet.saving import free_path, save, save_all
from booklet.theme import Stylesheet
from booklet.writers import text

EVERY = 10
"""Seconds between two lines of progress."""


@dataclass(frozen=True)
class Workshop:
    """What is needed to make booklets: the content, the clock, and where files go. A test passes its own."""

    library: Library
    clinic: Clinic = field(default_factory=Clinic)
    clock: Callable[[], float] = monotonic
    now: Callable[[], datetime] = datetime.now
    folder: Callable[[], Path] = documents
    ruler: fonts.Ruler = field(default_factory=fonts.Ruler)


def requested(shop: Workshop, answers: Answers) -> Request:
    """Raises RequestError when the answers make no booklet."""
    return to_request(shop.library, answers, shop.now().date(), shop.clinic)


def size(shop: Workshop, answers: Answers) -> tuple[int, str]:
    """The pages of a booklet, and that in words. Raises RequestError when the answers make none."""
    pages, sheet = pages_of(shop.library, requested(shop, answers), shop.ruler)
    sides = "both sides" if sheet.sides == "both" else "one side"
    paper = counted(sheets(len(pages), sheet), "sheet")
    return len(pages), f"About {counted(len(pages), 'page')} at {sheet.nominal:g} point, {paper}, {sides}."


def shorter(shop: Workshop, answers: Answers) -> str:
    """How a long booklet could start with less."""
    fewer = "That is a long booklet. To start with less, choose fewer topics or a shorter pack"
    brief = {**answers, "detail": ("key-points",)}
    if answers["detail"] == brief["detail"]:
        return f"{fewer}."
    return f"{fewer}, or choose key points for the detail, which makes about {size(shop, brief)[0]} pages."


def text_of_pages(shop: Workshop, answers: Answers) -> tuple[int, dict[int, list[str]]]:
    """How many pages there would be, and for each page that something begins on, what begins there, a paragraph a line.

    Raises RequestError when the answers make no booklet.
    """
    sheet, document = layout(shop.library, requested(shop, answers))
    document, pages = laid_out(sheet, document, shop.ruler)
    begun: dict[int, int] = {}
    for page in pages:
        for owner in (piece.owner for line in page.lines for piece in line.strip.pieces if piece.owner):
            begun.setdefault(owner[0], page.number)
    read: dict[int, list[str]] = {}
    for index, block in enumerate(document.blocks):
        said = list(_read(with_(document, blocks=(block,)), sheet))
        if said:
            read.setdefault(begun.get(index, 1), []).extend(said)
    return len(pages), read


def _read(document: Document, sheet: Stylesheet) -> Iterator[str]:
    """The text format without its blank lines."""
    return filter(None, map(str.strip, text.write(document, sheet).decode().split("\n")))


def make(shop: Workshop, voice: Voice, answers: Answers) -> Path | None:
    """Makes and saves the booklet and says where it is; None when it could not, and why was said."""
    voice.say("Making the booklet.")
    voice.out.flush()
    said = shop.clock()

    def progress(done: int, total: int) -> None:
        nonlocal said
        if (now := shop.clock()) - said >= EVERY:
            said = now
            voice.say(f"Page {done} of {total}.")
            voice.out.flush()

    try:
        request = requested(shop, answers)
        booklet = build(shop.library, request, "pdf", progress)
        path = free_path(shop.folder(), shop.now())
        files = booklet.files(path)
        save_all(*files)
    except BookletError as e:
        problem(voice, *(replace(each, path=None) for each in e.problems))
        voice.say("Nothing was saved. Your answers are safe.")
        return None
    voice.say(f"Done. {counted(booklet.pages or 0, 'page')}.")
    kept.keep_choices(shop.library, recipe(request), shop.clinic, datetime.now(UTC))
    _where(voice, path)
    if folded := [each for _, each in files[1:]]:
        these = "this file" if len(folded) == 1 else f"these {len(folded)} files, one part each,"
        voice.say(f"To fold it, print {these} instead, two pages side by side.")
        for each in folded:
            voice.where(each)
    sides = "one side" if request.preferences["sides"] == "one" else "both sides"
    voice.say(f"To print it, open the file, and choose actual size and {sides}.")
    voice.say(f"It takes {counted(booklet.sheets or 0, 'sheet')} of paper.")
    for warning in booklet.warnings:
        voice.say(f"Please note: {warning}.")
    if any(request.personal.texts()):
        voice.say("The file has personal details in it. Delete it when you no longer need it.")
    return path


def _where(voice: Voice, path: Path) -> None:
    voice.say("It is in this file:")
    voice.where(path)


def print_it(shop: Workshop, voice: Voice, path: Path) -> None:
    """Sends the booklet to the printer, and says what to look for."""
    try:
        folded = sorted(path.parent.glob(f"{path.stem}-fold*.pdf"))
        outcomes = [printing.send(each, shop.clinic.printer) for each in folded or [path]]
    except BookletError as e:
        problem(voice, *(replace(each, path=None) for each in e.problems))
        voice.say("The booklet is safe in its file.")
        return
    for outcome in outcomes:
        voice.say(outcome.said)
    if outcomes[0].sent:
        voice.say("See if it is coming out. If it is not, look at the printer, then print it again.")


def make_sizes(shop: Workshop, voice: Voice) -> Path | None:
    """As `make`, for the pages to choose print by."""
    try:
        path = free_path(shop.folder(), shop.now())
        save(make_size_test(shop.now().date()), path)
    except BookletError as e:
        problem(voice, *e.problems)
        return None
    voice.say("Done. The pages show the same sentence in every size and typeface.")
    _where(voice, path)
    voice.say("To print it, open the file, and choose actual size. Then come back and choose the size.")
    return path


def read_aloud(shop: Workshop, voice: Voice, answers: Answers) -> None:
    """The text of the booklet, a page at a time, until they have heard enough."""
    try:
        pages, read = text_of_pages(shop, answers)
    except BookletError as e:
        problem(voice, *e.problems)
        return
    numbers = sorted(read)
    at = numbers[0]
    while True:
        voice.blank()
        voice.say(f"Page {at} of {pages}.")
        for line in read[at]:
            voice.say(line)
        later = [number for number in numbers if number > at]
        if not later:
            voice.say("That is the end of the booklet.")
            return
        heard = _turn(voice, pages)
        if heard is None:
            return
        at = later[0] if not heard else max(number for number in numbers if number <= heard)


def _turn(voice: Voice, pages: int) -> int | None:
    """The page to go on with, 0 for the next; None for no more."""
    while True:
        typed = voice.ask("Enter for the next page, a page number, or stop:").lower()
        if not typed:
            return 0
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:5]) <= pages:
            return int(typed)
        if any(word.startswith(typed) for word in ("stop", "quit", "back")):
            return None
        advice = f"Type a page number from 1 to {pages}, press Enter for the next page, or type stop."
        problem(voice, Problem("That is not a page.", advice))
