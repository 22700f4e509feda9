"""Where another copy of a booklet goes."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.errors import BookletError, OutputError, Problem
from booklet.saving import check_target, save
from booklet.tui.page import CHOOSE, HELP, NEXT, Page
from booklet.tui.rows import Row, button, entry

if TYPE_CHECKING:
    from booklet.tui.desk import Desk
    from booklet.tui.screens.making import Made


class Copy(Page):
    place = "Save a copy"
    heading = "Where should the copy go?"
    hint = "Type a folder, or a folder and a file name."
    help = ("Type the folder, such as the letter of a memory stick, then press Enter on Save.",)
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, NEXT, "Esc  back", HELP)

    def __init__(self, desk: "Desk", made: "Made") -> None:
        super().__init__(desk)
        self.made, self.typed_path = made, ""

    def body(self) -> list[Row]:
        return [entry("path", "Folder", self.typed_path, personal=False)]

    def foot(self) -> list[Row]:
        return [button("save", "Save")]

    def editing(self, key: str, text: str) -> None:
        self.typed_path = text

    def press(self, key: str) -> None:
        if not self.typed_path.strip():
            self.desk.said = "There is a problem. Type where the copy should go."
            return
        path = Path(self.typed_path.strip()).expanduser()
        try:
            target = check_target(path / self.made.path.name if path.is_dir() else path)
            if target.exists():
                raise OutputError(Problem("There is a file of this name already.", "Choose another name.", target))
            save(self.made.booklet.data, target)
        except BookletError as e:
            self.desk.said = f"There is a problem. {e.problems[0]}"
            return
        self.desk.back()
        self.desk.said = f"A copy is at {target}."
