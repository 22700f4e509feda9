"""What a gate opens: each of its questions with its answer on a row, and a page for each that has a list."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from booklet.questions import CHOOSE, NO, READ, Question, applying
from booklet.tui.choosing import children
from booklet.tui.page import BACK, CHECK, HELP, NEXT, UNDO
from booklet.tui.rows import Row, button
from booklet.tui.screens.ask import AskPage, cleared, summary

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Gate(AskPage):
    """More questions, none of which needs an answer."""

    keys: ClassVar[tuple[str, ...]] = ("Enter  choose", NEXT, UNDO, CHECK, BACK, HELP)
    help = (
        "Each line is a question with its answer. Press Enter on one to change it.",
        "You can leave any of them as it is.",
    )

    def __init__(self, desk: "Desk", gate: Question) -> None:
        super().__init__(desk)
        self.gate = gate
        self.place = f"Step {gate.step} of 4"
        self.heading, self.hint = gate.label, gate.hint

    def questions(self) -> Iterable[Question]:
        inside = {question.key for question in children(self.desk.asked, self.gate)}
        return [q for q in applying(self.desk.asked, self.desk.answers) if q.key in inside]

    def rows_of(self, question: Question) -> list[Row]:
        if question.kind in ("text", "lines"):
            return super().rows_of(question)
        note = summary(self.desk, question, self.desk.answers)
        return [Row(question.label, f"ask {question.key}", self.gate.key, note=note)]

    def foot(self) -> list[Row]:
        back = {CHOOSE: "Leave all of this out", READ: "Put all of these back as usual"}
        return [button("continue", "Continue"), button("none", back.get(self.gate.step, "Leave all of this out"))]

    def press(self, key: str) -> None:
        if key == "none":
            inside = children(self.desk.asked, self.gate)
            answers = {**cleared(self.desk, inside), self.gate.key: (NO,)}
            self.desk.replace(answers, f"left out {self.gate.label}")
            self.desk.back()
        elif key.startswith("ask "):
            from booklet.tui.screens.one import One

            self.desk.open(One(self.desk, self.desk.asked[key.removeprefix("ask ")]))
        else:
            super().press(key)
