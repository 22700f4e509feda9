"""Help: what to do on the page it was asked from, and what works everywhere."""

from typing import TYPE_CHECKING, ClassVar

from booklet.tui.page import BACK, MOVE, Page
from booklet.tui.rows import Row, heading, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

EVERYWHERE = (
    "Up and Down go from line to line. Tab goes to the next question or button, Shift+Tab to the one before.",
    "Enter or Space chooses. Esc goes back.",
    "Ctrl+Z undoes the last change, as often as you like.",
    "F10 or Ctrl+R goes to the check of your answers.",
    "Ctrl+L hides what you typed, and shows it again.",
    "Ctrl+Q or Ctrl+C leaves. If you have chosen something, you are asked first.",
)
BIGGER = (
    "To make the letters on this screen bigger, hold Ctrl and press the plus key. In some windows it is Ctrl, Shift and plus.",
    "With bigger letters less fits on the screen. Everything is still there: go down to reach it.",
    "For other colours, choose Change how this screen looks on the first page.",
)
PLAIN = (
    "Plain mode asks the same questions, one line at a time. It suits screen readers and braille displays.",
    "To use it, leave, and then run: booklet --plain",
)


class Help(Page):
    place = "Help"
    heading = "Help"
    hint = "Esc goes back to where you were."
    over = True
    keys: ClassVar[tuple[str, ...]] = (MOVE, BACK)

    def __init__(self, desk: "Desk", of: Page) -> None:
        super().__init__(desk)
        self.of = of

    def body(self) -> list[Row]:
        rows: list[Row] = []
        for title, texts in (
            ("On this page", self.of.help),
            ("Keys that work everywhere", EVERYWHERE),
            ("Bigger letters and other colours", BIGGER),
            ("Plain mode", PLAIN),
        ):
            rows += [heading(title), *reading(texts, title), Row("")]
        return rows[:-1]
