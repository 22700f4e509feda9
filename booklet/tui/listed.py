"""The clinic list of one sitting: its lines, what each would make or has made, and the way back. In memory only."""

from booklet.build import counted
from booklet.clinic_list import Line, Lines, Totals, pages_key, totals, whole
from booklet.counting import Size


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
        return self.sizes.get(pages_key(line))

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
