"""A clinic list from a file."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.build import counted
from booklet.errors import BookletError
from booklet.list_csv import Row as Loaded
from booklet.list_csv import read
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import BACK, HELP, NEXT, Page
from booklet.tui.rows import Row, button, entry, heading, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk
    from booklet.tui.screens.clinic_list import ClinicList


class LoadList(Page):
    place = "Load a list"
    heading = "Which file has the list?"
    hint = "A CSV file, which any spreadsheet can save. Its first line names the columns."
    help = (
        "Type where the file is, or drag it onto this window, then press Enter. Its lines are added to the list.",
        "The columns can be: pack, text-size, copies, name. There are more in the guide to lists.",
    )
    keys: ClassVar[tuple[str, ...]] = ("Enter  load", NEXT, BACK, HELP)

    def __init__(self, desk: "Desk", of: "ClinicList") -> None:
        super().__init__(desk)
        self.of, self.typed_path = of, ""
        self.wrong: list[str] = []

    def body(self) -> list[Row]:
        wrong = [Row(""), heading(f"Not loaded: {counted(len(self.wrong), 'problem')}"), *reading(self.wrong)]
        return [entry("path", "File", self.typed_path, personal=False), *(wrong if self.wrong else ())]

    def foot(self) -> list[Row]:
        return [button("load", "Load")]

    def editing(self, key: str, text: str) -> None:
        self.typed_path = text

    def enter(self, key: str) -> None:
        self.press("load")

    def press(self, key: str) -> None:
        desk, typed = self.desk, self.typed_path.strip().strip("\"'")
        if not typed:
            desk.refuse("Type where the file is.")
            return
        path = Path(typed).expanduser()

        def load(tell: Tell) -> tuple[Loaded, ...]:
            return read(desk.library, path, desk.made, desk.clinic)

        desk.host.start(Job("load-list", load, self.ended))

    def ended(self, result: object) -> None:
        desk = self.desk
        if isinstance(result, tuple):
            desk.unwind(self.of)
            lines = tuple(row.line for row in result)
            self.of.change((*desk.listed.lines, *lines), "loaded a list", len(desk.listed.lines))
            notes = [f"Please note, line {row.number}: {note}." for row in result for note in row.notes]
            desk.said = " ".join((f"Added {counted(len(lines), 'line')}.", *notes))
        elif isinstance(result, BookletError):
            found = [(f"Line {each.line}: " if each.line else "", each) for each in result.problems]
            self.wrong = [f"{at}{each.what} {each.advice}" for at, each in found]
            desk.said = "There is a problem with the list. Nothing was loaded."
            self.at = "read-0"
        elif isinstance(result, Exception) and not isinstance(result, Stopped):
            desk.fail(result)
