"""What every page of something that was made can do with it: print it, open it, save a copy, be done with it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from booklet.errors import ExitCode
from booklet.printing import Printer
from booklet.tui.jobs import Job
from booklet.tui.page import Page

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Print(NamedTuple):
    """One file for the printer."""

    path: Path
    copies: int = 1


class Finished(Page):
    """Something is in the work folder, and gone when this page is done with."""

    was, is_gone = "The booklet was", "it is deleted"
    after = "finish"
    """The row that comes next once it is printed."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.safe = False
        """Whether it was printed, opened or saved."""

    @property
    def unsaved(self) -> bool:  # type: ignore[override]  # it is so until something was done with it
        return not self.safe

    def prints(self) -> tuple[Print, ...]:
        """What goes to the printer."""
        return ()

    def save(self, path: Path) -> Path:
        """Saves a copy in a folder or as a file; where it is. Raises BookletError."""
        raise NotImplementedError

    def print_it(self) -> None:
        from booklet.tui.screens.printing import Printing

        Printing(self.desk, self).begin()

    def to_open(self) -> Path:
        """What is opened to be read."""
        return self.prints()[0].path

    def open_it(self) -> None:
        """In this computer's reader; it may take a moment to find that there is none."""
        path, open_file = self.to_open(), self.desk.outside.open_file
        self.desk.said = "Opening it."
        self.desk.host.start(Job("open", lambda tell: open_file(path), self.opened))

    def opened(self, result: object) -> None:
        self.desk.said = ""
        if isinstance(result, Exception):
            self.desk.fail(result)
        else:
            self.safe = True
            self.desk.said = "Sent to this computer's PDF reader."

    def copy(self, then: Callable[[], None] | None = None) -> None:
        """Asks where a copy goes, and comes back here or goes on."""
        from booklet.tui.screens.where import Where

        def save(path: Path) -> None:
            target = self.save(path)
            self.safe = True
            self.desk.unwind(self)
            self.desk.focus(self.after)
            if then:
                then()
            self.desk.said = f"A copy is at {target}."

        self.desk.open(Where(self.desk, "Where should the copy go?", save))

    def ask_first(self, label: str, then: Callable[[], None]) -> None:
        """Does what gives it up, at once if it is safe."""
        from booklet.tui.screens.unsaved import Unsaved

        if self.safe:
            then()
        else:
            self.desk.open(Unsaved(self.desk, self, label, then))

    def finish(self) -> None:
        self.ask_first("Delete it and finish", self.finished)

    def finished(self) -> None:
        self.desk.clear()
        self.desk.home()
        self.desk.said = "Everything was cleared."

    def leave(self) -> None:
        self.ask_first("Delete it and leave", lambda: self.desk.host.exit(ExitCode.DONE))


def printer_of(desk: "Desk", printers: tuple[Printer, ...]) -> str | None:
    """The printer to use, empty for the one that the system uses; None where somebody has to choose."""
    wanted = desk.printer or desk.clinic.printer
    names = [printer.name for printer in printers]
    usual = [printer.name for printer in printers if printer.usual]
    if not names or wanted in names:
        return wanted
    if wanted:
        return None
    return (usual or names)[0] if usual or len(names) == 1 else None
