"""Pages to choose the print size by, made for the paper that there is."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.build import make_size_test
from booklet.saving import check_target, free_path, save
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import BACK, CHOOSE, HELP, NEXT
from booklet.tui.rows import Row, button, option
from booklet.tui.screens.finished import Finished, Print

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

PAPER = "paper"


class SizeTest(Finished):
    """Nothing in it is about anybody, and it is soon made again: so nobody is asked before it is given up."""

    place = "Size test page"
    heading = "Make pages to choose the print size by"
    hint = "Each has the same sentence in every size, typeface or colour."
    was, is_gone, after = "The pages were", "they are deleted", "back"
    unsaved = False
    help = (
        "Choose the paper, make the pages, and print them.",
        "Let the reader look at them in the light they usually have, and mark what is easiest to read.",
    )
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, NEXT, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.paper = desk.answers[PAPER][0]
        self.path: Path | None = None

    def body(self) -> list[Row]:
        papers = self.desk.asked[PAPER].options
        return [option(f"{PAPER}={each.value}", each.label, "one", each.value == self.paper) for each in papers]

    def foot(self) -> list[Row]:
        if self.path is None:
            return [button("make", "Make the pages")]
        return [button("print", "Print them"), button("open", "Open them"), button("copy", "Save a copy")]

    def first(self) -> str:
        return self.foot()[0].key

    def prints(self) -> tuple[Print, ...]:
        return (Print(self.path),) if self.path else ()

    def save(self, path: Path) -> Path:
        target = free_path(path, self.desk.outside.now()) if path.is_dir() else check_target(path)
        if self.path:
            save(self.path.read_bytes(), target)
        return target

    def press(self, key: str) -> None:
        ways = {"print": self.print_it, "open": self.open_it, "copy": self.copy, "make": self.make}
        if key in ways:
            ways[key]()
        else:
            self.paper, self.path = key.partition("=")[2], None

    def make(self) -> None:
        self.desk.said = "Making the pages."
        self.desk.host.start(Job("size-test", self.run, self.ended))

    def leave(self) -> None:
        self.desk.ask_to_leave()

    def run(self, tell: Tell) -> Path:
        """In another thread."""
        data = make_size_test(self.desk.made, self.paper)
        path = free_path(self.desk.work_folder(), self.desk.outside.now())
        save(data, path)
        return path

    def ended(self, result: object) -> None:
        self.desk.said = ""
        if isinstance(result, Path):
            self.path = result
            self.desk.said = "The pages are ready."
            if self.desk.page is self:
                self.desk.focus("print")
        elif isinstance(result, Exception) and not isinstance(result, Stopped):
            self.desk.fail(result)
