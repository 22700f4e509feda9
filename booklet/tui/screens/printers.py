"""Which printer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from booklet.errors import BookletError
from booklet.printing import Printer
from booklet.tui.jobs import Job
from booklet.tui.page import Page
from booklet.tui.rows import Row, option, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

NONE = "No printer was found. On some computers the usual printer is used all the same."


class Printers(Page):
    place = "Printer"
    heading = "Which printer?"
    hint = "Press Enter on a printer to use it."
    help = ("Press Enter on a printer to use it. Esc goes back without a change.",)

    def __init__(self, desk: "Desk", chosen: str, then: Callable[[str], None], usual: bool = False) -> None:
        super().__init__(desk)
        self.chosen, self.then, self.usual = chosen, then, usual
        self.known: tuple[Printer, ...] = ()
        self.told = "Looking for printers."
        desk.host.start(Job("printers", lambda tell: desk.outside.printers(), self.ended))

    def ended(self, result: object) -> None:
        if isinstance(result, tuple):
            self.known, self.told = result, "" if result else NONE
        elif isinstance(result, BookletError):
            self.told = f"There is a problem. {result.problems[0]}"
        elif isinstance(result, Exception):
            self.told = NONE
        self.at = ""

    def body(self) -> list[Row]:
        usual = [option("printer=", "The usual printer of this computer", "one", not self.chosen)] if self.usual else []
        rows = [
            option(f"printer={each.name}", each.name, "one", each.name == self.chosen, "the usual one" * each.usual)
            for each in self.known
        ]
        return [*usual, *rows, *(reading([self.told]) if self.told else ())]

    def press(self, key: str) -> None:
        self.then(key.partition("=")[2])
