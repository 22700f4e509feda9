"""Asked before something that was made and not yet printed, opened or saved is given up."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from booklet.tui.page import CHOOSE, MOVE, Page
from booklet.tui.rows import Row, button
from booklet.tui.screens.finished import Finished

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Unsaved(Page):
    place = "Not saved yet"
    help = ("Save a copy keeps it on this computer. Go back leaves all as it was.",)
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, "Esc  go back")
    back = False

    def __init__(self, desk: "Desk", of: Finished, label: str, then: Callable[[], None]) -> None:
        super().__init__(desk)
        self.of, self.label, self.then = of, label, then
        self.heading = f"{of.was} not printed, opened or saved"
        self.hint = f"If you go on, {of.is_gone}."

    def body(self) -> list[Row]:
        offers = (("copy", "Save a copy"), ("print", "Print it"), ("stay", "Go back"), ("delete", self.label))
        return [button(key, label) for key, label in offers]

    def press(self, key: str) -> None:
        self.desk.unwind(self.of)
        if key == "copy":
            self.of.copy(self.then)
        elif key == "print":
            self.of.print_it()
        elif key == "delete":
            self.then()

    def leave(self) -> None:
        self.press("stay")
