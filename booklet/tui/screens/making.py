"""The making: how far it is, and a way to stop it."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.build import Booklet, build, variables
from booklet.progress import bar
from booklet.questions import to_request
from booklet.request import Request
from booklet.saving import free_path, save_all
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import HELP, NEXT, Page
from booklet.tui.rows import Row, button
from booklet.tui.screens.keeping import keep_choices
from booklet.work import empty

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Made(NamedTuple):
    """A booklet in the work folder."""

    path: Path
    booklet: Booklet
    paper: str
    sides: str
    folded: tuple[Path, ...] = ()
    """The files for the printer, where it is to be folded."""
    personal: bool = False
    """Whether anything in it was told of a person."""


def written(path: Path, request: Request, booklet: Booklet) -> Made:
    """Saves a booklet, and its files for folding beside it."""
    files = booklet.files(path)
    save_all(*files)
    how = variables(request)
    personal = any(request.personal.texts()) or bool(request.about.given)
    return Made(path, booklet, how.paper, how.sides, tuple(each for _, each in files[1:]), personal)


class Making(Page):
    """The focus stands on the progress, so that a key typed too often does not stop it."""

    place = "Making"
    heading = "Making the booklet"
    hint = "Nothing has been printed yet."
    help = ("The booklet is being made. You can wait, or stop it: your answers stay.",)
    keys: ClassVar[tuple[str, ...]] = (NEXT, "Esc or Ctrl+C  stop", HELP)
    back = False
    passing = True

    def __init__(self, desk: "Desk", show: bool = False) -> None:
        super().__init__(desk)
        self.show = show
        """Whether to open the file when it is there."""
        self.answers = desk.answers
        self.progress = "Laying out the pages."

    def begin(self) -> None:
        self.desk.open(self)
        self.desk.host.start(Job("make", self.run, self.ended, self.tell))

    def body(self) -> list[Row]:
        return [Row(self.progress, "progress", "progress", reads=True), Row(""), button("stop", "Stop")]

    def run(self, tell: Tell) -> Made:
        """In another thread."""
        desk = self.desk

        def progress(done: int, total: int) -> None:
            tell((done, total) if done == total or done % max(total // 20, 1) == 0 else None)

        request = to_request(desk.library, self.answers, desk.made, desk.clinic)
        booklet = build(desk.library, request, "pdf", progress)
        tell()
        folder = desk.work_folder()
        empty(folder)
        return written(free_path(folder, desk.outside.now()), request, booklet)

    def tell(self, found: tuple[int, int]) -> None:
        done, total = found
        more = " Checking the pages." if done == total else ""
        self.progress = f"{bar(done, total)} {100 * done // total} per cent. Page {done} of {total}.{more}"

    def ended(self, result: object) -> None:
        from booklet.tui.screens.done import Done

        desk = self.desk
        desk.unwind(self)
        if isinstance(result, Made):
            keep_choices(desk, self.answers)
            desk.open(Done(desk, result))
            if self.show:
                desk.page.press("open")
        else:
            desk.back()
            if isinstance(result, Stopped):
                desk.said = "Stopped. Nothing was saved. Your answers are safe."
            elif isinstance(result, Exception):
                desk.fail(result, again=lambda: Making(desk, self.show).begin())

    def press(self, key: str) -> None:
        self.progress = "Stopping."
        self.desk.host.stop("make")

    def escape(self) -> None:
        self.press("stop")

    def leave(self) -> None:
        self.press("stop")
