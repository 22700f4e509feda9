"""The booklet is there: where it is, and what to do with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.errors import ExitCode, OutputError, Problem
from booklet.tui.page import CHOOSE, HELP, LEAVE, MOVE, Page
from booklet.tui.rows import Row, button, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk
    from booklet.tui.screens.making import Made


class Done(Page):
    place = "Done"
    heading = "Your booklet is ready"
    help = (
        "Press Enter on what you want to do with the booklet.",
        "Print it at actual size, on both sides. Do not choose Fit to page: it makes the print smaller.",
        "The file has personal details in it if you typed any.",
    )
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, HELP, LEAVE)

    def __init__(self, desk: "Desk", made: "Made") -> None:
        super().__init__(desk)
        self.made = made
        self.hint = made.booklet.size()

    def body(self) -> list[Row]:
        path = self.made.path
        told = (
            f"File: {path.name}",
            f"It is in this folder: {path.parent}",
            "Print it at actual size. It may have personal details in it: keep it as private as a letter.",
            *self.made.booklet.warnings,
        )
        return [*(button(offer.key, offer.label, offer.hint) for offer in OFFERS), Row(""), *reading(told)]

    def press(self, key: str) -> None:
        next(offer for offer in OFFERS if offer.key == key).run(self)

    def leave(self) -> None:
        """Nothing is lost by leaving from here."""
        self.desk.host.exit(ExitCode.DONE)


def _open(page: Done) -> None:
    try:
        page.desk.outside.open_file(page.made.path)
        page.desk.said = "Sent to this computer's PDF reader."
    except OSError:
        what = "There is no program here that opens the file."
        page.desk.fail(OutputError(Problem(what, "Open it yourself from its folder.", page.made.path)))


def _copy(page: Done) -> None:
    from booklet.tui.screens.copy import Copy

    page.desk.open(Copy(page.desk, page.made))


def _again(page: Done) -> None:
    from booklet.tui.screens.check import Check
    from booklet.tui.screens.person import without_person

    desk = page.desk
    desk.replace(without_person(desk), "cleared what was personal")
    desk.past.clear()  # undo does not bring another person's details back
    desk.counter.forget()
    desk.home()
    desk.open(Check(desk))
    desk.said = "The name and all personal details were cleared."


def _finish(page: Done) -> None:
    page.desk.clear()
    page.desk.home()
    page.desk.said = f"Everything was cleared. The booklet stays in {page.made.path.parent}."


class Offer(NamedTuple):
    """A row of this page."""

    key: str
    label: str
    hint: str
    run: Callable[[Done], None]


OFFERS = (
    Offer("open", "Open it", "in this computer's PDF reader", _open),
    Offer("copy", "Save a copy", "in another folder, or on a memory stick", _copy),
    Offer("again", "Make another like this", "keeps topics and size, clears the name", _again),
    Offer("finish", "Finish and clear everything", "goes back to the start", _finish),
)
"""What can be done with a booklet, in the order of the page."""
