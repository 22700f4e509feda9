"""The first page: what there is to do. It is on the screen before the library is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.tui.page import CHOOSE, HELP, LEAVE, MOVE, Page
from booklet.tui.rows import Row, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Offer(NamedTuple):
    """A row of this page."""

    key: str
    label: str
    hint: str
    run: Callable[["Desk"], None]


def _opens(page: Callable[["Desk"], Page]) -> Callable[["Desk"], None]:
    """Goes to a page that needs the library."""
    return lambda desk: desk.when_ready(lambda: desk.open(page(desk)))


def _one(desk: "Desk") -> Page:
    from booklet.tui.screens.topics import Topics

    return Topics(desk)


def _list(desk: "Desk") -> Page:
    from booklet.tui.screens.clinic_list import ClinicList

    return ClinicList(desk)


def _pack(desk: "Desk") -> Page:
    from booklet.tui.screens.packs import Packs

    return Packs(desk)


def _last(desk: "Desk") -> Page:
    from booklet.questions import answers_of
    from booklet.tui.screens.check import Check

    assert desk.known.last  # or the row would not be there
    desk.replace(answers_of(desk.library, desk.asked, desk.known.last), "took the last choices")
    return Check(desk)


def _size_test(desk: "Desk") -> Page:
    from booklet.tui.screens.size_test import SizeTest

    return SizeTest(desk)


def _look(desk: "Desk") -> None:
    from booklet.tui.screens.look import Look

    desk.open(Look(desk))


def _clinic(desk: "Desk") -> Page:
    from booklet.tui.screens.clinic_settings import ClinicSettings

    return ClinicSettings(desk)


OFFERS = (
    Offer("one", "Make one booklet", "", _opens(_one)),
    Offer("list", "Make booklets for a clinic list", "", _opens(_list)),
    Offer("pack", "Use a ready-made pack", "", _opens(_pack)),
    Offer("last", "Make the last one again", "", _opens(_last)),
    Offer("size-test", "Print a size test page", "to find the print size that suits you", _opens(_size_test)),
    Offer("look", "Change how this screen looks", "colours, plain mode, help", _look),
    Offer("clinic", "Clinic settings", "your phone numbers on every booklet", _opens(_clinic)),
)
"""What there is to do, in the order of the page."""


class Start(Page):
    place = "Start"
    heading = "What do you want to do?"
    help = (
        "Choose what you want to do with the Up and Down keys, then press Enter.",
        "To make a booklet for one person, choose Make one booklet.",
        "To make many at once, such as for a clinic, choose Make booklets for a clinic list.",
    )
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, HELP, LEAVE)
    back = False

    def body(self) -> list[Row]:
        last = self.desk.known.last_said if self.desk.loaded else ""
        offers = [
            Row(offer.label, offer.key, "offers", note=last if offer.key == "last" else offer.hint)
            for offer in OFFERS
            if offer.key != "last" or last
        ]
        private = (
            "Personal details you type are never saved and never leave this computer. They are only in the booklet."
        )
        return [*offers, Row(""), *reading([private])]

    def press(self, key: str) -> None:
        next(offer for offer in OFFERS if offer.key == key).run(self.desk)

    def escape(self) -> None:
        """There is nothing before it."""
