"""How the screen looks: colours, and where to find larger letters and plain mode."""

from typing import ClassVar

from booklet.tui.looks import LOOKS
from booklet.tui.page import BACK, CHOOSE, HELP, MOVE, Page
from booklet.tui.rows import Row, heading, option, reading
from booklet.tui.screens.help import BIGGER, PLAIN


class Look(Page):
    place = "This screen"
    heading = "Which colours are easiest for you?"
    hint = "The booklet is not changed by this."
    help = ("Press Enter on a pair of colours to use it.",)
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, BACK, HELP)

    def body(self) -> list[Row]:
        looks = [option(f"look={key}", look.label, "one", key == self.desk.look) for key, look in LOOKS.items()]
        more = [
            heading("Bigger letters"),
            *reading(BIGGER[:2]),
            Row(""),
            heading("Plain mode"),
            *reading(PLAIN, "plain"),
        ]
        return [*looks, Row(""), *more]

    def press(self, key: str) -> None:
        self.desk.look = key.partition("=")[2]
