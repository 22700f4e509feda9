"""Step 3: what is told of the reader, all of it optional and none of it kept."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from booklet.questions import NO, TELL, Answers, Question
from booklet.tui.choosing import children
from booklet.tui.page import BACK, CHECK, HELP, NEXT, UNDO
from booklet.tui.rows import Row, button
from booklet.tui.screens.ask import CONTINUE, AskPage, cleared, step

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

ORDER = ("text", "lines", "one", "many")


class Person(AskPage):
    place = "Step 3 of 4"
    heading = "What may the booklet say about the reader?"
    hint = "All of it can be left empty. Nothing here is kept."
    help = (
        "Type the name, or leave it empty: the cover then has a line to write on.",
        "Everything on this page can be left out. It is only in the booklet and is kept nowhere else.",
        "Ctrl+L hides what you typed from people near you, and shows it again.",
    )
    keys: ClassVar[tuple[str, ...]] = ("Enter  choose", NEXT, "Ctrl+L  hide what I typed", UNDO, CHECK, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk, self.next)

    def next(self) -> None:
        from booklet.tui.screens.check import Check

        self.desk.open(Check(self.desk))

    def questions(self) -> Iterable[Question]:
        """Lines to type on first, and the gate that opens some; long lists last."""
        return sorted(step(self.desk, TELL), key=lambda question: ORDER.index(self.kind(question)))

    def kind(self, question: Question) -> str:
        inside = children(self.desk.asked, question)
        return inside[0].kind if inside else question.kind

    def foot(self) -> list[Row]:
        return [CONTINUE, button("skip", "Skip: put nothing personal in")]

    def press(self, key: str) -> None:
        if key == "skip":
            self.desk.replace(without_person(self.desk), "left out all that is personal")
            self.next()
        else:
            super().press(key)


def without_person(desk: "Desk", answers: Answers | None = None) -> dict[str, tuple[str, ...]]:
    """The answers with nothing told of anybody."""
    told = step(desk, TELL, answers)
    inside = [child for gate in told if gate.gate for child in children(desk.asked, gate)]
    closed = {gate.key: (NO,) for gate in told if gate.gate}
    return {**cleared(desk, [*told, *inside], answers), **closed}
