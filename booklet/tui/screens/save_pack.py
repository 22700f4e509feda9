"""A pack of one's own, from what is chosen."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from booklet import kept
from booklet.errors import BookletError
from booklet.tui.page import BACK, HELP, NEXT, Page
from booklet.tui.rows import Row, button, entry
from booklet.tui.screens.keeping import recipe_of

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class SavePack(Page):
    place = "Save as a pack"
    heading = "What should the pack be called?"
    hint = "Not a person's name: others who use this computer see it. The topics are saved, and nothing about a person."
    help = (
        "Type a name that says what is in the pack, such as Ward 3 or Tablets, then press Enter.",
        "From then on it is one of the ready-made packs on this computer.",
    )
    keys: ClassVar[tuple[str, ...]] = ("Enter  save", NEXT, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.name = ""

    def body(self) -> list[Row]:
        return [entry("name", "Name of the pack", self.name, personal=False)]

    def foot(self) -> list[Row]:
        return [button("save", "Save the pack")]

    def editing(self, key: str, text: str) -> None:
        self.name = text

    def enter(self, key: str) -> None:
        self.press("save")

    def press(self, key: str) -> None:
        desk = self.desk
        try:
            id = kept.save_pack(desk.library, self.name, recipe_of(desk, desk.answers))
        except BookletError as e:
            desk.refuse(e.problems[0])
            return
        desk.know(replace(desk.known, library=kept.with_packs(desk.library)))
        desk.back()
        desk.said = f"Saved. It is now one of the ready-made packs: {desk.library.packs[id].title}."
