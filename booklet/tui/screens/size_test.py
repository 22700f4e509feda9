"""Pages to choose the print size by, made for the paper that there is."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.build import make_size_test
from booklet.errors import OutputError, Problem
from booklet.saving import free_path, save
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import BACK, CHOOSE, HELP, NEXT, Page
from booklet.tui.rows import Row, button, option, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

PAPER = "paper"


class SizeTest(Page):
    place = "Size test page"
    heading = "Make pages to choose the print size by"
    hint = "Each has the same sentence in every size, typeface or colour."
    help = (
        "Choose the paper, make the pages, and print them at actual size.",
        "Let the reader look at them in the light they usually have, and mark what is easiest to read.",
    )
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, NEXT, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.paper = desk.answers[PAPER][0]
        self.path: Path | None = None

    def body(self) -> list[Row]:
        papers = self.desk.asked[PAPER].options
        rows = [option(f"{PAPER}={each.value}", each.label, "one", each.value == self.paper) for each in papers]
        if self.path is None:
            return rows
        told = (f"The pages are ready. File: {self.path.name}", f"It is in this folder: {self.path.parent}")
        return [*rows, Row(""), *reading((*told, "Print them at actual size."))]

    def foot(self) -> list[Row]:
        shown = [button("open", "Open them", "in this computer's PDF reader")] if self.path else []
        return [*shown, button("make", "Make the pages" if self.path is None else "Make them again")]

    def first(self) -> str:
        return "open" if self.path else "make"

    def press(self, key: str) -> None:
        if key == "make":
            self.desk.said = "Making the pages."
            self.desk.host.start(Job("size-test", self.run, self.ended))
        elif key == "open" and self.path is not None:
            try:
                self.desk.outside.open_file(self.path)
                self.desk.said = "Sent to this computer's PDF reader."
            except OSError:
                what = "There is no program here that opens the file."
                self.desk.fail(OutputError(Problem(what, "Open it yourself from its folder.", self.path)))
        else:
            self.paper, self.path = key.partition("=")[2], None

    def run(self, tell: Tell) -> Path:
        """In another thread."""
        data = make_size_test(self.desk.made, self.paper)
        path = free_path(self.desk.outside.folder(), datetime.now())
        save(data, path)
        return path

    def ended(self, result: object) -> None:
        self.desk.said = ""
        if isinstance(result, Path):
            self.path = result
            self.desk.said = "The pages are ready."
            if self.desk.page is self:
                self.desk.focus("open")
        elif isinstance(result, Exception) and not isinstance(result, Stopped):
            self.desk.fail(result)
