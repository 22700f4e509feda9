"""The pipeline, from a request to the bytes of a booklet."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from booklet import fonts, paths, theme
from booklet.about import About
from booklet.code import code_of
from booklet.compose import BACK, CALL_NOW, CONTENTS, TITLE, compose, cover, overdue, with_shorter_cover
from booklet.errors import OutputError, Problem, RequestError
from booklet.fold import fold, fold_volume, grams, volumes
from booklet.guide import guide
from booklet.library import Library
from booklet.model import Document, Heading, plain
from booklet.paginate import Page, page_numbers, paginate
from booklet.personal import Personal
from booklet.profiles import Profile, load_profiles
from booklet.request import Request
from booklet.size_test import size_test
from booklet.theme import Preference, Stylesheet, Variables
from booklet.writers import FORMATS, Progress, silent

if TYPE_CHECKING:
    from booklet.audit import Report

GIANT = 28
DIVIDED = ("LP-08", "LP-09", "LP-13")
"""From 28 point on, a word, an address or a paragraph can be wider or longer than the page has room for. A reader who
asked for such print gets the booklet all the same; the audit says where."""
LARGE_PRINT = 16
"""The smallest size that may be called large print, in points (standards.md LP-01)."""


@dataclass(frozen=True)
class Booklet:
    """What was made, and what a person or a program may want to know of it."""

    data: bytes
    format: str
    pages: int | None
    """None for a format without pages."""
    sheets: int | None
    """None for braille as well: an embosser is told how many sides to use, not this program."""
    grams: int | None
    """What the paper weighs, at 90 grams a square metre (standards.md LP-23)."""
    sections: tuple[tuple[str, str, int | None], ...]
    """Id, title as printed, and page of each chosen section."""
    warnings: tuple[str, ...]
    folded: tuple[bytes, ...] = ()
    """For the printer, where it is to be folded: one file, or one for each volume."""
    audit: "Report | None" = None
    """What the booklet was held against before it left; None for a format without pages."""

    def files(self, path: Path) -> list[tuple[bytes, Path]]:
        """What is written where, for a booklet at a path: itself first, then its files for the printer."""
        return [(self.data, path), *zip(self.folded, folded_paths(path, len(self.folded)), strict=True)]

    def size(self) -> str:
        """In words, for a person."""
        if self.pages is None:
            return f"{FORMATS[self.format].label.lower()}."
        if self.sheets is None:
            return f"{counted(self.pages, 'braille page')}."
        return paper(self.pages, self.sheets)

    def summary(self) -> dict[str, object]:
        """What `--json` prints: nothing in it comes from personal details."""
        return {
            "format": self.format,
            "pages": self.pages,
            "sheets": self.sheets,
            "grams": self.grams,
            "sections": [{"id": id, "title": title, "page": page} for id, title, page in self.sections],
            "warnings": list(self.warnings),
            "audit": self.audit and {"passed": self.audit.passed, "measured": self.audit.measured},
        }


def paper(pages: int, sheets: int) -> str:
    """Such as "74 pages, 37 sheets of paper." """
    return f"{counted(pages, 'page')}, {counted(sheets, 'sheet')} of paper."


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def preferences() -> dict[str, Preference]:
    return theme.load_preferences(paths.PREFERENCES)


def profiles() -> dict[str, Profile]:
    return load_profiles(paths.PROFILES, paths.PREFERENCES)


def check_preferences(request: Request) -> None:
    """Raises RequestError for each preference that cannot be as asked."""
    variables(request)


def variables(request: Request) -> Variables:
    """How the request is set, such as on which paper. Raises RequestError for each preference that cannot be."""
    return theme.variables(_layout(request), preferences(), request.preferences)


def stylesheet(request: Request) -> Stylesheet:
    """What the request is set by. Raises RequestError for each preference that cannot be."""
    return theme.resolve(_layout(request), variables(request), theme.load_typefaces(paths.TYPEFACES), request.columns)


def _layout(request: Request) -> theme.Layout:
    name = request.layout or theme.layout_of(preferences(), request.preferences)
    return theme.load_layout(paths.LAYOUTS / f"{name}.toml")


def build(library: Library, request: Request, format: str = "pdf", progress: Progress = silent) -> Booklet:
    """Make a booklet in memory. Raises RequestError when it cannot be made as asked."""
    check_personal(request.personal)
    check_reviews(library, request)
    sheet, document = layout(library, request)
    headings = {b.anchor: plain(b.runs) for b in document.blocks if isinstance(b, Heading)}
    late = [f"{s.id} was due to be checked by {s.meta.next_review.isoformat()}" for s in overdue(library, request)]
    writer = FORMATS[format]
    if writer.cells:
        return _in_braille(document, request, format, headings, tuple(late))
    if not writer.paged:
        sections = tuple((id, headings[id], None) for id in request.sections if id in headings)
        return Booklet(writer.write_document(document, sheet), format, None, None, None, sections, tuple(late))
    document, pages = laid_out(sheet, document, fonts.Ruler())
    at = page_numbers(pages)
    data = writer.write_pages(document, sheet, pages, progress)
    audit = audited(data, sheet)
    folded = tuple(_folded(data, document, sheet, pages, request)) if sheet.fold else ()
    return Booklet(
        data=data,
        format=format,
        pages=len(pages),
        sheets=sheets(len(pages), sheet),
        grams=round(grams(sheets(len(pages), sheet), sheet.paper)),
        sections=tuple((id, headings[id], at[id]) for id in request.sections if id in headings),
        warnings=(*late, *_thick(len(pages), len(folded))),
        folded=folded,
        audit=audit,
    )


def _in_braille(
    document: Document, request: Request, format: str, headings: dict[str, str], warnings: tuple[str, ...]
) -> Booklet:
    from booklet.writers import braille

    cells = braille.load(format)
    pages = braille.paginate(document, cells)
    at = page_numbers(pages)
    sections = tuple((id, headings[id], at[id]) for id in request.sections if id in headings)
    return Booklet(braille.write(pages, cells), format, len(pages), None, None, sections, warnings)


def _thick(pages: int, parts: int) -> Iterator[str]:
    """A booklet that is too thick to fold as one (product.md section 7, standards.md PR-07)."""
    if parts > 1:
        yield (
            f"folded, this is {pages // 4} sheets, and more than 15 do not fold well: "
            f"so it is in {parts} parts to fold, each with a cover and the page Call 999 now"
        )


def _folded(data: bytes, document: Document, sheet: Stylesheet, pages: list[Page], request: Request) -> Iterator[bytes]:
    """The files for the printer: one for each volume."""
    at = page_numbers(pages)
    front, back = at[CONTENTS] - 1, len(pages) - at[BACK] + 1
    chapters = {at[block.anchor] for block in document.blocks if isinstance(block, Heading) and block.level == 1}
    made = volumes(len(pages), front, back, chapters)
    if len(made) == 1:
        yield fold(data)
        return
    for n, volume in enumerate(made, 1):
        body = [number for number in volume if front < number <= len(pages) - back]
        told = f"Part {n} of {len(made)}, pages {body[0] if n > 1 else 1} to {body[-1]}"
        yield fold_volume(data, volume, _own_pages(request, document, sheet, pages[0], told))


def _own_pages(request: Request, document: Document, sheet: Stylesheet, first: Page, told: str) -> bytes:
    """The cover of a volume, with the foot of the booklet's, and a page for notes for the left and the right."""
    title = f"{TITLE}, {told[0].lower()}{told[1:]}"
    ruler, single = fonts.Ruler(), structs.replace(sheet, fold=False)
    alone = structs.replace(document, title=title, blocks=tuple(cover(request, told)))
    while len(paginate(alone, single, ruler)) > 1:  # in giant print: what the booklet's own cover says is left out
        alone = structs.replace(alone, blocks=alone.blocks[:-1])
    pages = paginate(alone, sheet, ruler, numbered=False)[:3]
    pages[0] = structs.replace(pages[0], foot=first.foot)
    return FORMATS["pdf"].write_pages(alone, sheet, pages)


def folded_paths(path: Path, files: int) -> list[Path]:
    """Where the files for the printer go: "-fold" before the ending, and a number if there are several."""
    numbers = [f"-{n}" for n in range(1, files + 1)] if files > 1 else [""] * files
    return [path.with_name(f"{path.stem}-fold{number}{path.suffix}") for number in numbers]


def audited(data: bytes, sheet: Stylesheet) -> "Report | None":
    """The audit of a booklet that was made. Raises OutputError when it fails: such a file is not handed over.

    A copy below 16 point is for the person beside the reader and is not held to the rules for large print.
    """
    if sheet.nominal < LARGE_PRINT:
        return None
    from booklet.audit import audit

    report = audit(data, sheet.nominal)
    allowed = DIVIDED if sheet.nominal >= GIANT else ()
    faults = [finding for finding in report.findings if finding.gate == "B" and finding.rule not in allowed]
    if faults:
        advice = "No file was made. Please tell the person who looks after the program, or choose other settings."
        raise OutputError(
            *(Problem(f"The booklet breaks a rule for large print. {fault}.", advice) for fault in faults[:5])
        )
    return report


def make_size_test(made: date, paper: str = "A4") -> bytes:
    """The pages to choose print by, as a PDF. Raises RequestError when there is no such paper."""
    chosen = {"paper": paper, **({"text-size": "24"} if paper == "A3" else {})}
    layout = theme.load_layout(paths.LAYOUTS / f"{theme.layout_of(preferences(), chosen)}.toml")
    typefaces = theme.load_typefaces(paths.TYPEFACES)
    sheet = theme.resolve(layout, theme.variables(layout, preferences(), chosen), typefaces)
    document = size_test(made, preferences(), typefaces)
    return FORMATS["pdf"].write_pages(document, sheet, paginate(document, sheet, fonts.Ruler()))


def make_guide(made: date, chosen: dict[str, str]) -> bytes:
    """The guide to this program, as a PDF. Raises RequestError for each preference that cannot be as asked."""
    sheet, document = stylesheet(Request((), made, chosen, About({}))), guide(made)
    return FORMATS["pdf"].write_pages(document, sheet, paginate(document, sheet, fonts.Ruler()))


def check_reviews(library: Library, request: Request) -> None:
    """Raises RequestError for sections past their review date where the clinic would rather have none of them."""
    late = overdue(library, request) if request.clinic.overdue == "refuse" else []
    if late:
        advice = "Have it reviewed, leave it out, or set overdue in the clinic's file."
        raise RequestError(*(Problem(f"{s.id} was due to be checked by {s.meta.next_review}.", advice) for s in late))


def layout(library: Library, request: Request) -> tuple[Stylesheet, Document]:
    values = variables(request)
    usual = {key: preference.default for key, preference in preferences().items()}
    code = code_of(library, request, usual)
    document = compose(library, request, values.detail, values.key_words, values.pictures, code)
    return stylesheet(request), document


def pages_of(library: Library, request: Request, ruler: fonts.Ruler) -> tuple[list[Page], Stylesheet]:
    """The pages of a booklet without making a file: quick enough for every key press."""
    sheet, document = layout(library, request)
    return laid_out(sheet, document, ruler)[1], sheet


def laid_out(sheet: Stylesheet, document: Document, ruler: fonts.Ruler) -> tuple[Document, list[Page]]:
    """Call 999 now begins page 2 at every size: what giant print leaves no room for on the cover stands further on."""
    pages = paginate(document, sheet, ruler)
    while page_numbers(pages)[f"{CALL_NOW}-1"] > 2 and (shorter := with_shorter_cover(document)) != document:
        document = shorter
        pages = paginate(document, sheet, ruler)
    return document, pages


def sheets(pages: int, sheet: Stylesheet | Variables) -> int:
    """Pieces of paper."""
    return (pages + 1) // 2 if sheet.sides == "both" else pages


def check_personal(person: Personal) -> None:
    """Raises RequestError, naming the characters of what was typed that no face can set."""
    missing = "".join(dict.fromkeys(char for text in person.texts() for char in fonts.unprintable(text)))
    if missing:
        names = ", ".join(unicodedata.name(char, "an invisible character").lower() for char in missing[:3])
        what = f"What was typed has letters that this program cannot print: {names}."
        raise RequestError(Problem(what, "Leave them out: the booklet has lines to write on by hand."))
