"""The clinic list of one sitting: its lines, what each would make or has made, and the way back. In memory only."""

import msgspec

from booklet.build import counted
from booklet.choices import Choices
from booklet.clinic import Clinic
from booklet.clinic_list import SIZE, Line, Lines, Totals, totals
from booklet.counting import Size
from booklet.kept import ClinicLine
from booklet.library import Library


class Listed:
    """Changed by whole lists, so that each change can be undone."""

    def __init__(self) -> None:
        self.lines: Lines = ()
        self.past: list[tuple[str, Lines]] = []
        self.sizes: dict[bytes, Size] = {}
        """Of the booklets that were counted."""
        self.made: dict[bytes, str] = {}
        """What became of the lines that were made: "ready: 58 pages" or "problem: ..."."""

    def change(self, lines: Lines, words: str) -> None:
        if lines != self.lines:
            self.past.append((words, self.lines))
            self.lines = lines

    def undo(self) -> str:
        """What was undone, in words; nothing where there is nothing."""
        if not self.past:
            return ""
        words, self.lines = self.past.pop()
        return words

    def size(self, line: Line) -> Size | None:
        return self.sizes.get(booklet_of(line))

    def result(self, line: Line) -> str:
        """What became of a line; empty until it is made."""
        return self.made.get(whole(line), "")

    def totals(self) -> Totals:
        known = {at: self.size(line) for at, line in enumerate(self.lines)}
        return totals(self.lines, {at: (size.pages, size.sheets) for at, size in known.items() if size})

    def ready(self) -> int:
        """How many lines are made."""
        return sum(self.result(line).startswith("ready") for line in self.lines)

    def words(self) -> str:
        """Such as "10 booklets. 418 pages, 209 sheets. None made yet." """
        if not self.lines:
            return "No booklets yet."
        counting = any(self.size(line) is None for line in self.lines)
        every = self.totals()
        said = f"{counted(every.booklets, 'booklet')}. Counting the pages." if counting else str(every)
        ready = self.ready()
        made = (
            "All made"
            if ready == len(self.lines)
            else f"{ready} of {len(self.lines)} made"
            if ready
            else "None made yet"
        )
        return f"{said} {made}."


def whole(line: Line) -> bytes:
    """The same for lines that are alike in everything but how often they are printed."""
    return msgspec.json.encode(msgspec.structs.replace(line, copies=1))


def booklet_of(line: Line) -> bytes:
    """The same for lines whose booklets have the same pages: a name changes none."""
    person = {key: value for key, value in line.choices.personal.items() if key != "name"}
    return whole(msgspec.structs.replace(line, choices=msgspec.structs.replace(line.choices, personal=person)))


def said(library: Library, line: Line, clinic: Clinic) -> str:
    """What a line makes, such as "Newly told, 24 point"; nothing that is about a person."""
    return f"{line.title(library)}, {line.size(clinic)} point"


def kept_line(line: ClinicLine) -> Line:
    """A line of the last clinic."""
    return Line(Choices(packs=(line.pack,), preferences={SIZE: line.size} if line.size else {}), line.copies)
