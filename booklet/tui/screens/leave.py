"""Whether to leave, and what becomes of what was chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.errors import ExitCode
from booklet.tui.page import CHOOSE, MOVE, Page
from booklet.tui.rows import Row, button

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


def _stay(desk: "Desk") -> None:
    desk.back()


def _keep(desk: "Desk") -> None:
    from booklet.tui.screens.keeping import keep_choices, keep_list

    kept = [keep_choices(desk, desk.answers), keep_list(desk)]
    if any(kept):
        desk.host.exit(ExitCode.DONE)
    else:
        desk.refuse("Nothing could be kept: no topic is chosen, or the computer did not allow it.")


def _forget(desk: "Desk") -> None:
    desk.host.exit(ExitCode.DONE)


class Offer(NamedTuple):
    """A row of this page."""

    key: str
    label: str
    hint: str
    run: Callable[["Desk"], None]


OFFERS = (
    Offer("stay", "Stay here", "goes back to where you were", _stay),
    Offer("keep", "Leave and keep my choices for next time", "topics and size only, for a day", _keep),
    Offer("forget", "Leave and forget everything", "booklets that you saved stay", _forget),
)
"""The ways on, the safe one first."""


class Leave(Page):
    place = "Leave"
    heading = "Do you want to leave?"
    hint = "What you typed about a person is never kept."
    help = ("Stay here goes back to your answers.",)
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, "Esc  stay here")
    back = False

    def body(self) -> list[Row]:
        """A clinic can forbid that anything is kept."""
        forbidden = self.desk.clinic.remember == "nothing"
        return [button(offer.key, offer.label, offer.hint) for offer in OFFERS if offer.key != "keep" or not forbidden]

    def press(self, key: str) -> None:
        next(offer for offer in OFFERS if offer.key == key).run(self.desk)
