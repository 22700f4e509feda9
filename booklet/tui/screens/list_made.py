"""The making of a clinic list, and what became of each line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.build import build, counted
from booklet.clinic_list import Line, described, file_name, free_folder, to_request, whole
from booklet.errors import BookletError, fault_code
from booklet.progress import bar
from booklet.saving import save
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import BACK, CHOOSE, HELP, LEAVE, MOVE, NEXT
from booklet.tui.rows import Row, button, reading
from booklet.tui.screens.finished import Finished, Print
from booklet.tui.screens.keeping import keep_list
from booklet.tui.screens.making import Made, written
from booklet.work import empty

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


@dataclass(frozen=True)
class Result:
    """What became of a line, by its place from 0."""

    at: int
    words: str
    made: Made | None = None


class ListMade(Finished):
    """One line that cannot be made stops none of the others. While they are made the focus stands on the progress."""

    place = "Clinic list"
    was, is_gone = "The booklets were", "they are deleted"
    after = "list"
    help = (
        "Each line says whether its booklet is ready. A line with a problem can be changed in the list, and made again.",
        "The booklets are deleted when you finish. To keep them, save copies.",
    )

    def __init__(self, desk: "Desk", folder: Path | None = None, prints: bool = False) -> None:
        super().__init__(desk)
        self.lines, self.saved_in, self.prints_them = desk.listed.lines, folder, prints
        self.results: dict[int, Result] = {}
        self.running = True
        self.progress = "Beginning."
        self.folder = Path()

    @property
    def heading(self) -> str:  # type: ignore[override]  # it follows how far it is
        if self.running:
            return "Making the booklets"
        return f"{len(self.ready())} of {counted(len(self.lines), 'booklet')} ready"

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]  # stopping is for while it runs
        return (NEXT, "Esc or Ctrl+C  stop", HELP) if self.running else (MOVE, CHOOSE, BACK, HELP, LEAVE)

    @property
    def unsaved(self) -> bool:  # type: ignore[override]  # nothing to lose where nothing is ready
        return not self.running and not self.safe and bool(self.ready())

    def begin(self) -> None:
        self.desk.open(self)
        self.desk.host.start(Job("make", self.run, self.ended, self.told))

    def run(self, tell: Tell) -> Path:
        """In another thread; the folder that they are in."""
        desk = self.desk
        if self.saved_in:
            folder = free_folder(self.saved_in, desk.outside.now())
        else:
            folder = desk.work_folder()
            empty(folder)
        for at, line in enumerate(self.lines):
            tell(self.far(at, line))

            def progress(done: int, total: int, at: int = at, line: Line = line) -> None:
                tell(f"{self.far(at, line)} Page {done} of {total}." if done % max(total // 10, 1) == 0 else None)

            tell(self.make(folder, at, line, progress))
        return folder

    def far(self, at: int, line: Line) -> str:
        every = len(self.lines)
        what = described(self.desk.library, line, self.desk.clinic)
        return f"{bar(at, every)} Booklet {at + 1} of {every}: {what}."

    def make(self, folder: Path, at: int, line: Line, progress: Callable[[int, int], None]) -> Result:
        desk = self.desk
        try:
            request = to_request(desk.library, line, desk.made, desk.clinic)
            booklet = build(desk.library, request, "pdf", progress)
            made = written(folder / file_name(at + 1, len(self.lines), line, request), request, booklet)
            return Result(at, f"ready: {counted(booklet.pages or 0, 'page')}", made)
        except Stopped:
            raise
        except BookletError as e:
            return Result(at, f"problem: {' '.join(f'{each.what} {each.advice}'.strip() for each in e.problems)}")
        except Exception as e:  # noqa: BLE001  # a fault in one booklet is no reason to make none of the others
            return Result(at, f"problem: Something went wrong inside this program. Code: {fault_code(e)}.")

    def told(self, found: "Result | str") -> None:
        if isinstance(found, str):
            self.progress = found
        else:
            self.results[found.at] = found
            self.desk.listed.made[whole(self.lines[found.at])] = found.words

    def ended(self, result: object) -> None:
        desk = self.desk
        self.running, self.at = False, ""
        self.safe = bool(self.saved_in)
        if self.ready():
            keep_list(desk)
        desk.unwind(self)
        if isinstance(result, Path):
            self.folder = result
            if self.saved_in:
                desk.said = f"The booklets are in {result}."
            elif self.prints_them and self.ready():
                self.print_it()
        elif isinstance(result, Stopped):
            desk.said = "Stopped. What was ready before is listed here."
            self.folder = next((made.path.parent for made in self.ready()), Path())
        elif isinstance(result, Exception):
            desk.fail(result)

    def ready(self) -> list[Made]:
        return [made for _, result in sorted(self.results.items()) if (made := result.made)]

    def body(self) -> list[Row]:
        results = [
            f"{at + 1}  {described(self.desk.library, line, self.desk.clinic)}: {self.results[at].words}"
            for at, line in enumerate(self.lines)
            if at in self.results
        ]
        if self.running:
            return [Row(self.progress, "progress", "progress", reads=True), Row(""), *reading(results, "result")]
        offers = (("print", "Print them"), ("copy", "Save copies")) if self.ready() else ()
        rows = [button(key, label) for key, label in (*offers, ("list", "Back to the list"))]
        return [*rows, button("finish", "Finish and clear everything"), Row(""), *reading(results, "result")]

    def foot(self) -> list[Row]:
        return [button("stop", "Stop")] if self.running else []

    def status(self) -> list[str]:
        return ["Nothing has been printed yet."] if self.running else []

    def prints(self) -> tuple[Print, ...]:
        made = ((result.made, self.lines[at].copies) for at, result in sorted(self.results.items()))
        return tuple(Print(path, copies) for one, copies in made if one for path in one.folded or (one.path,))

    def to_open(self) -> Path:
        return self.folder

    def save(self, path: Path) -> Path:
        folder = free_folder(path, self.desk.outside.now())
        for made in self.ready():
            for each in (made.path, *made.folded):
                save(each.read_bytes(), folder / each.name)
        return folder

    def press(self, key: str) -> None:
        if key == "stop":
            self.progress = "Stopping."
            self.desk.host.stop("make")
        else:
            ways = {"print": self.print_it, "copy": self.copy, "finish": self.finish, "list": self.escape}
            ways[key]()

    def ask_first(self, label: str, then: Callable[[], None]) -> None:
        self.safe = self.safe or not self.ready()
        super().ask_first(label.replace(" it ", " them "), then)

    def escape(self) -> None:
        if self.running:
            self.press("stop")
        else:
            self.ask_first("Delete it and go back to the list", self.to_list)

    def to_list(self) -> None:
        """What is deleted is no longer ready."""
        if self.unsaved:
            self.desk.listed.made.clear()
        self.desk.back()

    def leave(self) -> None:
        if self.running:
            self.press("stop")
        elif self.unsaved:
            super().leave()
        else:
            self.desk.ask_to_leave()
