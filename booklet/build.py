"""The pipeline, from a request to bytes in a file; the only module that writes to disk."""

import errno
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from booklet import fonts, paths, theme
from booklet.code import code_of
from booklet.compose import compose, overdue
from booklet.errors import OutputError, Problem, RequestError
from booklet.fold import grams, volumes
from booklet.library import Library
from booklet.model import Document, Heading
from booklet.paginate import Page, page_numbers, paginate
from booklet.personal import Personal
from booklet.profiles import Profile, load_profiles
from booklet.request import Request
from booklet.size_test import size_test
from booklet.theme import Preference, Stylesheet, Variables
from booklet.work import locked
from booklet.writers import FORMATS, Progress

if TYPE_CHECKING:
    from booklet.audit import Report

GIANT = 28
DIVIDED = ("LP-08", "LP-09", "LP-13")
"""From 28 point on, a word, an address or a paragraph can be wider or longer than the page has room for. A reader who
asked for such print gets the booklet all the same; the audit says where."""
A_MOMENT = 60.0
"""Seconds from the end of writing a file to its name, at the most."""
LARGE_PRINT = 16
"""The smallest size that may be called large print, in points (standards.md LP-01)."""


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


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
    audit: "Report | None" = None
    """What the booklet was held against before it left; None for a format without pages."""

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
    name = request.layout or theme.layout_of(preferences(), request.preferences)
    return theme.variables(theme.load_layout(paths.LAYOUTS / f"{name}.toml"), preferences(), request.preferences)


def build(library: Library, request: Request, format: str = "pdf", progress: Progress = _silent) -> Booklet:
    """Make a booklet in memory. Raises RequestError when it cannot be made as asked."""
    check_personal(request.personal)
    check_reviews(library, request)
    sheet, document = layout(library, request)
    headings = {b.anchor: "".join(r.text for r in b.runs) for b in document.blocks if isinstance(b, Heading)}
    late = [f"{s.id} was due to be checked by {s.meta.next_review.isoformat()}" for s in overdue(library, request)]
    writer = FORMATS[format]
    if writer.cells:
        return _in_braille(document, request, format, headings, tuple(late))
    if not writer.paged:
        sections = tuple((id, headings[id], None) for id in request.sections if id in headings)
        return Booklet(writer.write_document(document, sheet), format, None, None, None, sections, tuple(late))
    pages = paginate(document, sheet, fonts.Ruler())
    at = page_numbers(pages)
    data = writer.write_pages(document, sheet, pages, progress)
    return Booklet(
        data=data,
        format=format,
        pages=len(pages),
        sheets=sheets(len(pages), sheet),
        grams=round(grams(sheets(len(pages), sheet), sheet.paper)),
        sections=tuple((id, headings[id], at[id]) for id in request.sections if id in headings),
        warnings=(*late, *_thick(len(pages), sheet)),
        audit=audited(data, sheet),
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


def _thick(pages: int, sheet: Stylesheet) -> Iterator[str]:
    """A folded booklet that is too thick to fold (product.md section 7, standards.md PR-07)."""
    if sheet.fold and volumes(pages) > 1:
        yield (
            f"folded, this is {pages // 4} sheets, and more than 15 do not fold well: "
            f"make {volumes(pages)} booklets of fewer topics, or print it without folding"
        )


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
    return FORMATS["pdf"].write_pages(document, sheet, paginate(document, sheet, fonts.Ruler()), _silent)


def check_reviews(library: Library, request: Request) -> None:
    """Raises RequestError for sections past their review date where the clinic would rather have none of them."""
    late = overdue(library, request) if request.clinic.overdue == "refuse" else []
    if late:
        advice = "Have it reviewed, leave it out, or set overdue in the clinic's file."
        raise RequestError(*(Problem(f"{s.id} was due to be checked by {s.meta.next_review}.", advice) for s in late))


def layout(library: Library, request: Request) -> tuple[Stylesheet, Document]:
    name = request.layout or theme.layout_of(preferences(), request.preferences)
    made = theme.load_layout(paths.LAYOUTS / f"{name}.toml")
    values = variables(request)
    sheet = theme.resolve(made, values, theme.load_typefaces(paths.TYPEFACES), request.columns)
    usual = {key: preference.default for key, preference in preferences().items()}
    code = code_of(library, request, usual)
    return sheet, compose(library, request, values.detail, values.key_words, values.pictures, code)


def pages_of(library: Library, request: Request, ruler: fonts.Ruler) -> tuple[list[Page], Stylesheet]:
    """The pages of a booklet without making a file: quick enough for every key press."""
    sheet, document = layout(library, request)
    return paginate(document, sheet, ruler), sheet


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


def free_path(folder: Path, made: datetime) -> Path:
    """A file name that says when and not who or what, and that no file has yet (standards.md IG-03)."""
    stem = f"booklet-{made:%Y-%m-%d-%H%M}"
    names = (f"{stem}.pdf", *(f"{stem}-{n}.pdf" for n in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def check_target(path: Path) -> Path:
    """Where a booklet asked for at `path` is written, links followed.

    Raises RequestError when it cannot be written there, before any work is done.
    """
    problem = _in_the_way(path)
    if problem is None:
        with suppress(OSError, ValueError):
            return path.resolve()
    raise RequestError(problem or Problem("This file name cannot be used.", "Choose a shorter and simpler one."))


def save(data: bytes, path: Path) -> None:
    """Write beside the target, then rename: a reader never sees half a booklet, an older one is never lost.

    Only the person who made it can read the file. Raises OutputError.
    """
    save_all((data, path))


def save_all(*files: tuple[bytes, Path]) -> None:
    """As `save`, for files that belong together: none has its name before all are written. Raises OutputError."""
    at = Path()
    with ExitStack() as stack:
        try:
            for folder in {path.parent for _, path in files}:
                remove_unfinished(folder)
            written = []
            for data, at in files:
                written.append((stack.enter_context(_part(data, at)), at))
            for part, at in written:
                if at.exists() and not at.is_file():
                    raise IsADirectoryError(errno.EISDIR, "something else has this name")
                part.replace(at)
        except OSError as e:
            raise OutputError(_in_the_way(at) or _why(e, at)) from None


@contextmanager
def _part(data: bytes, path: Path) -> Iterator[Path]:
    """What will be the file of a path, beside it, and its lock, which is held until it has its name. Raises OSError."""
    part, lock = _begun(path.parent)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink()
        if lock is not None:
            os.close(lock)


def make_folder(folder: Path) -> None:
    """Only the person who made it can look into it. Raises RequestError when there can be no such folder."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except (OSError, ValueError):
        problem = _in_the_way(folder) if not folder.exists() else None
        problem = problem or Problem("There can be no folder of this name here.", "Choose another.", folder)
        raise RequestError(problem) from None


def remove(path: Path) -> None:
    """A file that this program wrote and that is no longer wanted."""
    with suppress(OSError):
        path.unlink()


def _begun(folder: Path) -> tuple[Path, int | None]:
    """An empty file of ours that only its owner can read, and its lock; none where a system has no such locks.

    Another process may take it for one that was left behind before it is locked; then another is begun. Raises OSError.
    """
    for left in reversed(range(5)):
        part, lock = folder / f".booklet-{secrets.token_hex(6)}.part", None
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if os.name != "nt":  # it keeps a file that is open anyway, and gives no other name to it
            with suppress(OSError):
                lock = locked(part)
        if lock is not None or os.name == "nt" or not left:
            break
        remove(part)
    return part, lock


def remove_unfinished(folder: Path) -> None:
    """What `save` was writing when the program or the computer was stopped at once; what another writes now stays."""
    with suppress(OSError):
        for path in folder.glob(".booklet-*.part"):
            if os.name == "nt":  # it keeps what is open; what was closed a moment ago is about to have its name
                if time() - path.stat().st_mtime > A_MOMENT:
                    remove(path)
            elif (lock := locked(path)) is not None:
                remove(path)
                os.close(lock)


def _in_the_way(path: Path) -> Problem | None:
    """What keeps a file from being written at a path, as far as looking can tell."""
    try:
        if path.is_dir():
            return Problem("This is a folder.", "Add a file name, such as my-booklet.pdf.", path)
        if path.parent.exists() and not path.parent.is_dir():
            return Problem("This is not a folder.", "Choose a folder.", path.parent)
        if not path.parent.is_dir():
            return Problem("There is no such folder.", "Make it first, or choose another.", path.parent)
        if path.exists() and not path.is_file():
            return Problem("This is not an ordinary file.", "Choose another name.", path)
    except (OSError, ValueError) as e:
        if isinstance(e, OSError) and e.errno == errno.EACCES:
            return Problem("This folder cannot be looked into.", "Choose a folder of your own.", path.parent)
        return Problem("This file name cannot be used.", "Choose a shorter and simpler one.")
    return None


def _why(error: OSError, path: Path) -> Problem:
    if isinstance(error, PermissionError):
        advice = "Choose a folder of your own, and close the file if it is open in another program."
        return Problem("The booklet cannot be written here.", advice, path)
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", None)):
        return Problem("There is no room left to write the booklet.", "Nothing was changed. Free some space.", path)
    said = error.strerror or "unknown error"
    return Problem(f"The booklet could not be written: {said}.", "Nothing was changed.", path)
