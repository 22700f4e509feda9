"""How the screen looks: colours, and where to find larger letters and plain mode."""

from booklet.kept import Look as Kept
from booklet.kept import keep_look
from booklet.tui.looks import LOOKS
from booklet.tui.page import Page
from booklet.tui.rows import Row, heading, mark, option, reading
from booklet.tui.screens.help import BIGGER, PLAIN

MODE = "Start in plain mode from now on: one line at a time"
PLAIN_NEXT = "From the next start it is one line at a time. For this screen again, run: booklet --screen"


class Look(Page):
    place = "This screen"
    heading = "Which colours are easiest for you?"
    hint = "The booklet is not changed by this."
    help = (
        "Press Enter on a pair of colours to use it. It is kept for next time.",
        "Plain mode can be started by itself from now on: press Enter on that line.",
    )

    def body(self) -> list[Row]:
        looks = [option(f"look={key}", look.label, "one", key == self.desk.look) for key, look in LOOKS.items()]
        more = [
            heading("Bigger letters"),
            *reading(BIGGER[:2]),
            Row(""),
            heading("Plain mode"),
            *reading(PLAIN, "plain"),
        ]
        return [*looks, Row(""), Row(MODE, "mode", "mode", mark("many", self.desk.mode == "plain")), Row(""), *more]

    def press(self, key: str) -> None:
        desk = self.desk
        if key == "mode":
            desk.mode = "" if desk.mode == "plain" else "plain"
            desk.said = PLAIN_NEXT if desk.mode else "From the next start it is this full screen again."
        else:
            desk.look = key.partition("=")[2]
        if not keep_look(Kept(desk.look, desk.mode)):
            desk.refuse("This could not be kept for next time.")
