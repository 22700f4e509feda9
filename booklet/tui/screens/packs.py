"""A ready-made pack to start from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from booklet.questions import PACK, Question
from booklet.tui.rows import Row, button
from booklet.tui.screens.ask import AskPage

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Packs(AskPage):
    """One press chooses a pack and goes on."""

    place = "Step 1 of 4"
    titles = False
    help = ("A pack is a set of topics that go together. Press Enter on one to use it.", "You can add topics to it.")

    def __init__(self, desk: "Desk", to_topics: bool = False) -> None:
        super().__init__(desk)
        self.to_topics = to_topics
        """Whether to return to the topics, which is where it was asked for."""
        self.question = desk.asked[PACK]
        self.heading, self.hint = self.question.text, self.question.hint

    def questions(self) -> Iterable[Question]:
        return (self.question,)

    def first(self) -> str:
        """The first pack, or the one that is chosen; the way without one is last."""
        keys = [row.key for row in self.body() if row.key]
        chosen = f"{PACK}={''.join(self.desk.answers[PACK])}"
        return chosen if chosen in keys and chosen != f"{PACK}=" else keys[0]

    def body(self) -> list[Row]:
        rows = self.rows_of(self.question)
        return sorted(rows, key=lambda row: row.key == f"{PACK}=")

    def foot(self) -> list[Row]:
        return [] if self.to_topics else [button("continue", "Continue")]

    def status(self) -> list[str]:
        return super().status() if any(self.desk.answers[PACK]) else []

    def press(self, key: str) -> None:
        super().press(key)
        if "=" in key:
            self.go_on()

    def go_on(self) -> None:
        from booklet.tui.screens.reading import Reading
        from booklet.tui.screens.topics import Topics

        if self.to_topics:
            self.desk.back()
        elif any(self.desk.answers[PACK]):
            self.desk.open(Reading(self.desk))
        else:
            self.desk.open(Topics(self.desk))
