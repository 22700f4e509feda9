"""Where something is to be saved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.errors import BookletError
from booklet.saving import make_folder
from booklet.tui.page import BACK, CHOOSE, HELP, NEXT, Page
from booklet.tui.rows import Row, button, entry

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Where(Page):
    """The usual folder takes one Enter."""

    place = "Save"
    help = (
        "Press Enter to save in your documents. Only you can open it there.",
        "To save somewhere else, type the folder, such as the letter of a memory stick, then press Enter on Save there.",
    )
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, NEXT, BACK, HELP)

    def __init__(self, desk: "Desk", heading: str, then: Callable[[Path], None]) -> None:
        """`then` may raise BookletError, which is said here."""
        super().__init__(desk)
        self.heading, self.then, self.typed_path = heading, then, ""
        self.usual = desk.outside.folder()

    def body(self) -> list[Row]:
        return [
            button("usual", "Save here", str(self.usual)),
            Row(""),
            entry("path", "Another folder", self.typed_path, personal=False),
        ]

    def foot(self) -> list[Row]:
        return [button("save", "Save there")]

    def editing(self, key: str, text: str) -> None:
        self.typed_path = text

    def press(self, key: str) -> None:
        typed = self.typed_path.strip()
        if key == "save" and not typed:
            self.desk.refuse("Type where it should go.")
            return
        try:
            if key == "usual":
                make_folder(self.usual)
            self.then(self.usual if key == "usual" else Path(typed).expanduser())
        except BookletError as e:
            self.desk.refuse(e.problems[0])
