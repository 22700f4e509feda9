"""What went wrong, in words, and what can be done. Nothing that was typed is on it."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.errors import BookletError, ExitCode, fault_code
from booklet.tui.page import CHOOSE, HELP, LEAVE, Page
from booklet.tui.rows import Row, button, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Problem(Page):
    place = "Problem"
    heading = "There is a problem"
    help = ("Read what happened, then press Enter on what you want to do.", "F12 shows details for the helpdesk.")
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, "F12  details", HELP, LEAVE)

    def __init__(
        self, desk: "Desk", error: Exception, again: Callable[[], None] | None = None, label: str = "Try again"
    ) -> None:
        super().__init__(desk)
        self.error, self.again, self.label = error, again, label
        self.detailed = False
        self.back = bool(desk.trail) or desk.loaded

    def body(self) -> list[Row]:
        if isinstance(self.error, BookletError):
            told = [str(problem) for problem in self.error.problems]
        else:
            what = "Something went wrong inside this program."
            told = [what, f"Code for the helpdesk: {fault_code(self.error)}."]
        safe = ["Your booklet and your answers are safe."] if self.desk.loaded else []
        return [*reading([*told, *safe, *(self.frames() if self.detailed else ())])]

    def frames(self) -> list[str]:
        """Where in the program, and nothing of what it was working on."""
        frames = traceback.extract_tb(self.error.__traceback__)
        return ["Details:", *(f"{Path(f.filename).name} line {f.lineno} in {f.name}" for f in frames[-12:])]

    def foot(self) -> list[Row]:
        again = [button("again", self.label)] if self.again else []
        change = [button("stay", "Go back")] if self.back else []
        return [*again, *change, button("leave", "Leave")]

    def first(self) -> str:
        return self.foot()[0].key

    def press(self, key: str) -> None:
        if key == "leave":
            self.leave()
        else:
            self.desk.back()
            if key == "again" and self.again:
                self.again()

    def leave(self) -> None:
        if self.desk.loaded:
            self.desk.ask_to_leave()
        else:
            self.desk.host.exit(ExitCode.FAILED)

    def details(self) -> None:
        self.detailed = not self.detailed
