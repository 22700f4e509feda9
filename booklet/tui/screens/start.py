"""The first page: what there is to do. It is on the screen before the library is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.tui.page import HELP, LEAVE, MOVE, Page
from booklet.tui.rows import Row, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Offer(NamedTuple):
    """A row of this page."""

    key: str
    label: str
    hint: str
    run: Callable[["Desk"], None]


def _one(desk: "Desk") -> None:
    def go() -> None:
        from booklet.tui.screens.topics import Topics

        desk.open(Topics(desk))

    desk.when_ready(go)


def _pack(desk: "Desk") -> None:
    def go() -> None:
        from booklet.tui.screens.packs import Packs

        desk.open(Packs(desk))

    desk.when_ready(go)


def _size_test(desk: "Desk") -> None:
    def go() -> None:
        from booklet.tui.screens.size_test import SizeTest

        desk.open(SizeTest(desk))

    desk.when_ready(go)


def _look(desk: "Desk") -> None:
    from booklet.tui.screens.look import Look

    desk.open(Look(desk))


OFFERS = (
    Offer("one", "Make one booklet", "", _one),
    Offer("pack", "Use a ready-made pack", "", _pack),
    Offer("size-test", "Print a size test page", "to find the print size that suits you", _size_test),
    Offer("look", "Change how this screen looks", "colours, plain mode, help", _look),
)
"""What there is to do, in the order of the page."""


class Start(Page):
    place = "Start"
    heading = "What do you want to do?"
    help = (
        "Choose what you want to do with the Up and Down keys, then press Enter.",
        "To make a booklet for one person, choose Make one booklet.",
    )
    keys: ClassVar[tuple[str, ...]] = (MOVE, "Enter  choose", HELP, LEAVE)
    back = False

    def body(self) -> list[Row]:
        offers = [Row(offer.label, offer.key, "offers", note=offer.hint) for offer in OFFERS]
        private = (
            "Personal details you type are never saved and never leave this computer. They are only in the booklet."
        )
        return [*offers, Row(""), *reading([private])]

    def press(self, key: str) -> None:
        next(offer for offer in OFFERS if offer.key == key).run(self.desk)

    def escape(self) -> None:
        """There is nothing before it."""
