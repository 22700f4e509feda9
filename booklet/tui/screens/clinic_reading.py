"""The clinic's usual ways of reading: each with its answer, and a page for each to change it."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from booklet.about import About
from booklet.build import check_preferences, preferences
from booklet.errors import RequestError
from booklet.questions import Question, shown
from booklet.request import Request
from booklet.tui.page import Page
from booklet.tui.rows import Row, option

if TYPE_CHECKING:
    from booklet.tui.desk import Desk
    from booklet.tui.screens.clinic_settings import ClinicSettings


class ClinicReading(Page):
    place = "Clinic settings"
    heading = "How are your booklets usually read?"
    hint = "Anybody can still choose otherwise for their own booklet."
    help = ("Press Enter on a line to change it. Esc goes back to the settings, where you save them.",)

    def __init__(self, desk: "Desk", of: "ClinicSettings") -> None:
        super().__init__(desk)
        self.of = of

    def body(self) -> list[Row]:
        asked = [self.desk.asked[key] for key in preferences()]
        return [Row(each.label, each.key, "reading", note=self.answer(each)) for each in asked]

    def answer(self, question: Question) -> str:
        value = self.of.clinic.preferences.get(question.key)
        return shown(question, (value,)) if value else "As usual"

    def press(self, key: str) -> None:
        self.desk.open(ClinicChoice(self.desk, self.of, self.desk.asked[key]))

    def undo(self) -> str:
        return self.of.undo()


class ClinicChoice(Page):
    """One of them."""

    place = "Clinic settings"
    help = ("Press Enter on a choice to take it.",)

    def __init__(self, desk: "Desk", of: "ClinicSettings", question: Question) -> None:
        super().__init__(desk)
        self.of, self.question = of, question
        self.heading = question.text

    def body(self) -> list[Row]:
        question, chosen = self.question, self.of.clinic.preferences.get(self.question.key, "")
        usual = option("choice=", "As usual", "one", not chosen, shown(question, question.default))
        rows = [
            option(f"choice={each.value}", each.label, "one", each.value == chosen, each.hint)
            for each in question.options
        ]
        return [usual, *rows]

    def press(self, key: str) -> None:
        value, name = key.removeprefix("choice="), self.question.key
        given = {key: each for key, each in self.of.clinic.preferences.items() if key != name}
        given |= {name: value} if value else {}
        try:
            check_preferences(Request((), date.min, given, About({})))
        except RequestError as e:
            self.desk.refuse(e.problems[0])
            return
        self.of.change(replace(self.of.clinic, preferences=given), self.question.label)
        self.desk.back()

    def undo(self) -> str:
        return self.of.undo()
