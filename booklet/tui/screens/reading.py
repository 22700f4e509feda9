"""Step 2: how big the print is and how much there is of it, with the letters a line and the pages of each choice."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from booklet.build import counted
from booklet.questions import READ, Question
from booklet.tui.page import Wanted
from booklet.tui.rows import Row
from booklet.tui.screens.ask import AskPage, step

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

SIZE = "text-size"
UNSURE = "I am not sure: print a size test page first"


class Reading(AskPage):
    place = "Step 2 of 4"
    help = (
        "Go to a print size with Up and Down. Press Enter to choose it. The pages it makes stand beside it.",
        "Tab goes to the next question.",
        "If you are not sure about the size, print a size test page and let the reader choose.",
    )

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk, self.next)
        first, *_ = step(desk, READ)
        self.heading, self.hint = first.text, first.hint
        self.key = first.key

    def next(self) -> None:
        from booklet.tui.screens.person import Person

        self.desk.open(Person(self.desk))

    def questions(self) -> Iterable[Question]:
        return step(self.desk, READ)

    def wants(self) -> tuple[Wanted, ...]:
        return tuple(
            (question.key, option.value)
            for question in self.questions()
            if not question.gate
            for option in question.options
        )

    def rows_of(self, question: Question) -> list[Row]:
        rows = super().rows_of(question)
        if question.key == self.key:  # it is asked by the heading of the page
            rows = rows[2:-1]
        if question.key == SIZE:
            rows.append(Row(UNSURE, "size-test", SIZE))
        return rows

    def note(self, question: Question, value: str, hint: str) -> str:
        size = self.desk.counter.known({**self.desk.answers, question.key: (value,)})
        if size is None or size.problem:
            return hint
        letters = f"about {size.letters} letters a line" if question.key == SIZE else ""
        return ", ".join(filter(None, (hint, letters, counted(size.pages, "page"))))

    def press(self, key: str) -> None:
        if key == "size-test":
            from booklet.tui.screens.size_test import SizeTest

            self.desk.open(SizeTest(self.desk))
        else:
            super().press(key)
