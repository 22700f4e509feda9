"""Step 4: every answer, each with a way to change it, and the making."""

from collections.abc import Iterable
from typing import ClassVar

from booklet.questions import CHOOSE, PACK, PARTS, READ, TELL, TOPICS, YES, Question, applying, problem_with
from booklet.tui.choosing import children, told, topics_in_words
from booklet.tui.page import BACK, HELP, NEXT, Page
from booklet.tui.rows import Row, button
from booklet.tui.screens.ask import AskPage, step, summary
from booklet.tui.screens.gate import Gate
from booklet.tui.screens.one import One

DETAIL = "detail"


class Check(AskPage):
    place = "Step 4 of 4"
    heading = "Check your answers, then make the booklet"
    help = (
        "Press Enter on Make the booklet when all is as it should be.",
        "To change an answer, go to it with Up and Down and press Enter. Continue brings you back here.",
    )
    keys: ClassVar[tuple[str, ...]] = ("Enter  choose", NEXT, "Ctrl+Z  undo last change", BACK, HELP)

    def questions(self) -> Iterable[Question]:
        steps = [question for number in (CHOOSE, READ, TELL) for question in step(self.desk, number)]
        packed = any(self.desk.answers[PACK])
        return [q for q in steps if not q.key.startswith(PARTS) and (packed or q.key != PACK)]

    def body(self) -> list[Row]:
        rows = [button("make", "Make the booklet"), Row("")]
        rows += [self.change(question) for question in self.questions()]
        if self.is_long() and self.desk.answers[DETAIL] != self.smallest():
            rows += [Row(""), button("less", "Start with less", "the main points only, in fewer pages")]
        return [
            *rows,
            Row(""),
            button("preview", "Preview the pages"),
            button("save-pack", "Save these choices as a pack", "to use them again: topics only"),
        ]

    def foot(self) -> list[Row]:
        return []

    def change(self, question: Question) -> Row:
        label = f"Change {question.label[0].lower()}{question.label[1:]}"
        return Row(label, f"change {question.key}", "answers", note=self.answer(question))

    def answer(self, question: Question) -> str:
        answers = self.desk.answers
        if question.key == TOPICS:
            none = "Those of the pack" if any(answers[PACK]) else "None"
            return "; ".join(topics_in_words(self.desk.asked, answers)) or none
        if not question.gate:
            return summary(self.desk, question, answers)
        given = children(self.desk.asked, question) if answers[question.key] == (YES,) or question.step == READ else []
        said = [f"{each.label}: {summary(self.desk, each, answers)}" for each in given if told(each, answers)]
        return "; ".join(said) or ("As usual" if question.step == READ else "Not given")

    def smallest(self) -> tuple[str, ...]:
        return (self.desk.asked[DETAIL].options[0].value,)

    def press(self, key: str) -> None:
        from booklet.tui.screens.preview import Preview
        from booklet.tui.screens.save_pack import SavePack

        if key == "make":
            self.make()
        elif key == "less":
            self.desk.change(self.desk.asked[DETAIL], self.smallest())
        elif key == "preview":
            if not self.wrong():
                self.desk.open(Preview(self.desk))
        elif key == "save-pack":
            if not self.wrong():
                self.desk.open(SavePack(self.desk))
        elif key.startswith("change "):
            self.open_question(self.desk.asked[key.removeprefix("change ")])

    def open_question(self, question: Question) -> None:
        from booklet.tui.screens.packs import Packs
        from booklet.tui.screens.topics import Topics

        page: Page
        if question.gate:
            self.desk.change(question, (YES,))
            page = Gate(self.desk, question)
        elif question.key == PACK:
            page = Packs(self.desk, to_topics=True)
        elif question.key == TOPICS:
            page = Topics(self.desk, to_check=True)
        else:
            page = One(self.desk, question)
        self.desk.open(page)

    def wrong(self) -> bool:
        """Whether an answer needs putting right first; it is said, and the focus goes to it."""
        for question in applying(self.desk.asked, self.desk.answers):
            if problem := problem_with(question, self.desk.answers):
                self.desk.refuse(problem)
                keys = [row.key for row in self.body()]
                if f"change {question.key}" in keys:
                    self.desk.focus(f"change {question.key}")
                return True
        return False

    def make(self) -> None:
        from booklet.tui.screens.making import Making

        if not self.wrong():
            Making(self.desk).begin()
