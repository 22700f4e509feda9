"""One question of a list, by itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from booklet.questions import Question
from booklet.tui.screens.ask import AskPage

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class One(AskPage):
    """The heading asks it."""

    titles = False

    def __init__(self, desk: "Desk", question: Question) -> None:
        super().__init__(desk)
        self.question = question
        self.place = f"Step {question.step} of 4"
        self.heading, self.hint = question.text, question.hint
        self.help = (question.hint, "Press Space or Enter to choose, then go to Continue.")

    def questions(self) -> Iterable[Question]:
        return (self.question,)
