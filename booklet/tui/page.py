"""What every page of the interface is: what it shows, and what its rows do. A page is plain Python and needs no screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from booklet.tui.draw import View
from booklet.tui.jobs import Tell
from booklet.tui.rows import Row

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

MOVE, CHOOSE, NEXT, BACK = "Up Down  move", "Enter  choose", "Tab  next", "Esc  back"
UNDO, CHECK, HELP, LEAVE = "Ctrl+Z  undo", "F10 or Ctrl+R  check", "F1 or Ctrl+G  help", "Ctrl+Q  leave"


class Page:
    """One page. It holds where the focus is and what only it shows; the answers are the desk's."""

    heading = ""
    hint = ""
    place = ""
    """Where in the whole it is: "Step 2 of 4", or its name."""
    help: tuple[str, ...] = ()
    """What to do on this page, a sentence each."""
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, BACK, HELP)
    back = True
    passing = False
    """It is never come back to, but from what was opened over it."""
    over = False
    """It is opened over another page, whichever that is."""
    counts = False
    """Whether it shows the size of a booklet."""
    unsaved = False
    """Whether something was made that would be lost by leaving."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.at = ""
        """The key of the row that has the focus."""
        self.top = 0

    def view(self) -> View:
        status = tuple(filter(None, (self.desk.said, *self.status())))
        body, foot = tuple(self.body()), tuple(self.foot())
        advice = tuple(self.advice())
        return View(self.heading, self.place, self.hint, self.back, body, foot, status, advice, self.keys)

    def body(self) -> list[Row]:
        """What scrolls."""
        return []

    def foot(self) -> list[Row]:
        """The buttons that end the page."""
        return []

    def status(self) -> list[str]:
        """Lines that stay."""
        return []

    def advice(self) -> list[str]:
        """Lines that stay where there is room."""
        return []

    def first(self) -> str:
        """The row that has the focus when the page opens."""
        rows = [row for row in (*self.body(), *self.foot()) if row.key]
        return rows[0].key if rows else "back"

    def press(self, key: str) -> None:
        """Does what the row says."""

    def side(self, key: str, right: bool) -> None:
        """Right or Left on a row."""

    def find(self, letter: str) -> bool:
        """A letter typed where there is no line to type on; whether it was wanted."""
        return False

    def editing(self, key: str, text: str) -> None:
        """A letter was typed on a line."""

    def typed(self, key: str, text: str) -> None:
        """A line was left with another text on it."""

    def enter(self, key: str) -> None:
        """Enter on a line to type on goes to the next row."""
        self.desk.move(1)

    def page_by(self, pages: int) -> bool:
        """Page Down and Page Up, where there are pages to turn."""
        return False

    def copied(self, key: str) -> None:
        """Ctrl+D on a row."""

    def removed(self, key: str) -> None:
        """Delete on a row."""

    def details(self) -> None:
        """F12."""

    def check(self) -> None:
        """F10 and Ctrl+R."""
        self.desk.check()

    def undo(self) -> str:
        """Ctrl+Z: what was undone, in words; nothing where there is nothing."""
        return self.desk.undo_answer()

    def escape(self) -> None:
        self.desk.back()

    def leave(self) -> None:
        """Ctrl+Q and Ctrl+C."""
        self.desk.ask_to_leave()

    def wants(self) -> tuple["Wanted", ...]:
        """What to count for it besides the booklet as it stands."""
        return ()

    def found(self, found: Any) -> None:
        """What the counting tells of, where the page keeps it itself."""

    def counting(self) -> Callable[[Tell], None]:
        """The counting of all that it shows, for another thread."""
        answers, wanted, counter = self.desk.answers, self.wants(), self.desk.counter

        def count(tell: Tell) -> None:
            counter.size(answers)
            tell()
            for each in wanted:
                if isinstance(each, str):
                    counter.chapters(answers)
                else:
                    counter.size({**answers, each[0]: (each[1],)})
                tell()

        return count


Wanted = tuple[str, str] | str
"""A question and another answer to it, or "chapters"."""
