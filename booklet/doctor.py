"""What this computer can do for the program, a fact a line, with nothing in it about whose computer it is."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from booklet import __version__, paths, printing
from booklet.errors import BookletError
from booklet.terminal import colours, wants_no_colour, why_not_full_screen

WORDS = {"ok": "OK", "note": "Please note", "problem": "Problem"}


class Fact(NamedTuple):
    kind: Literal["ok", "note", "problem"]
    """A problem keeps booklets from being made; a note is something that cannot be done here."""
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{WORDS[self.kind]}: {self.what} {self.advice}".strip()


def examine(today: date) -> list[Fact]:
    """Every fact, most important first. The home folder is written ~, and no user or computer is named."""
    facts = (*_program(), *_fonts(), *_content(today), *_folders(), *_printing(), *_terminal())
    return [Fact(fact.kind, _nobody_s(fact.what), _nobody_s(fact.advice)) for fact in facts]


def _nobody_s(text: str) -> str:
    """The text without the home folder, which is often called after a person."""
    try:
        home = Path.home()
    except RuntimeError:  # somebody without a home
        return text
    return text.replace(str(home), "~") if len(home.parts) > 1 else text


def _program() -> Iterator[Fact]:
    yield Fact("ok", f"This is version {__version__} of the program.")
    yield Fact("ok", f"It runs on Python {platform.python_version()} and {platform.system() or 'an unknown system'}.")


def _fonts() -> Iterator[Fact]:
    from booklet.fonts import face, faces

    try:
        names = [*faces()]
    except BookletError:
        yield Fact("problem", "The list of typefaces cannot be read.", "Install the program again.")
        return
    broken = []
    for name in names:
        try:
            face(name)
        except Exception:  # noqa: BLE001  # a broken font file fails in many ways
            broken.append(name)
    if broken:
        yield Fact("problem", f"Typefaces cannot be read: {', '.join(broken)}.", "Install the program again.")
    else:
        yield Fact("ok", f"All {len(names)} typefaces can be read.")


def _content(today: date) -> Iterator[Fact]:
    from booklet.library import Library

    try:
        library = Library.load(paths.CONTENT)
    except BookletError as e:
        what = f"The content has {len(e.problems)} things to put right."
        yield Fact("problem", what, "To see them, run: booklet check")
        return
    sections = library.sections.values()
    yield Fact("ok", f"The content has {len(sections)} sections.")
    late = sum(section.is_overdue(today) for section in sections)
    due = min(section.meta.next_review for section in sections)
    if late:
        what = f"{late} sections are past the day when they were due to be checked."
        yield Fact("note", what, "They still print, and say so. Ask for a newer version of the program.")
    else:
        yield Fact("ok", f"The next section is due to be checked by {due.isoformat()}.")


def _folders() -> Iterator[Fact]:
    for name, folder in zip(
        ("settings", "the last choices", "packs of your own", "booklets not saved yet"), paths.folders(), strict=True
    ):
        if _can_write(folder):
            yield Fact("ok", f"The folder for {name} is {folder}.")
        else:
            yield Fact("note", f"The folder for {name} cannot be written: {folder}.", "The program works without it.")
    documents = paths.documents().absolute()
    if _can_write(documents):
        yield Fact("ok", f"Booklets are saved in {documents}.")
    else:
        yield Fact("note", f"Booklets cannot be saved in {documents}.", "Choose another folder with -o.")


def _can_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or the folder itself where there is none yet."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _printing() -> Iterator[Fact]:
    if printing.SYSTEM == "win32":
        if printing.sumatra():
            yield Fact("ok", "Booklets are printed through SumatraPDF, on the usual printer of Windows.")
        else:
            yield Fact(
                "note", "Booklets cannot be sent to a printer from here.", "They open, and you are told what to press."
            )
        return
    try:
        found = printing.printers()
    except BookletError as e:
        yield from (Fact("note", problem.what, problem.advice) for problem in e.problems)
        return
    for printer in found:
        yield Fact(
            "ok", f"There is a printer called {printer.name}{', and it is the usual one' if printer.usual else ''}."
        )
    if not found:
        yield Fact("note", "There is no printer.", f"Add one in the settings of the computer. Or: {printing.BY_HAND}")
    elif len(found) > 1 and not any(printer.usual for printer in found):
        yield Fact("note", "No printer is the usual one.", "Name one with --printer, or in the clinic's file.")


def _terminal() -> Iterator[Fact]:
    size = shutil.get_terminal_size()
    yield Fact("ok", f"The window has {size.columns} letters a line and {size.lines} lines.")
    yield Fact("ok", f"It is set to {sys.stdout.encoding or 'no encoding'}, and has {_colours()}.")
    reason = why_not_full_screen()
    if reason:
        yield Fact(
            "note",
            f"The full screen cannot open, because {reason}.",
            "One line at a time works: booklet --plain. So do commands such as booklet build.",
        )
    else:
        yield Fact("ok", "The full screen can open.")


def _colours() -> str:
    named = {0: "no colours that we know of", 16: "16 colours", 256: "256 colours", 2**24: "16 million colours"}
    return "colours switched off" if wants_no_colour() else named[colours()]
