"""Pages made of questions: any question of the list becomes rows, and a press becomes an answer."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from booklet.personal import OWN_QUESTIONS
from booklet.questions import TOPICS, YES, Answers, Question, answer, applying, problem_with, shown
from booklet.tui.choosing import children, toggled, told
from booklet.tui.line import HIDDEN
from booklet.tui.page import BACK, CHECK, HELP, NEXT, UNDO, Page
from booklet.tui.rows import ON, Row, button, entry, heading, option

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

CONTINUE = button("continue", "Continue")


class AskPage(Page):
    """A page of questions. Choosing keeps the focus; Continue goes on, or says what is wrong."""

    keys: ClassVar[tuple[str, ...]] = ("Space or Enter  choose", NEXT, UNDO, CHECK, BACK, HELP)
    counts = True
    titles = True
    """Whether each question is asked above its options; not where it is the heading of the page."""

    def __init__(self, desk: "Desk", then: Callable[[], None] | None = None) -> None:
        super().__init__(desk)
        self.then = then
        """Where Continue goes; back to the page before where it is not said."""

    def questions(self) -> Iterable[Question]:
        """The questions of this page, as far as they apply."""
        return ()

    def body(self) -> list[Row]:
        rows = []
        for question in self.questions():
            rows += self.rows_of(question)
        return rows

    def foot(self) -> list[Row]:
        return [CONTINUE]

    def first(self) -> str:
        """The choice that stands, where the page begins with one."""
        rows = [row for row in self.body() if row.key]
        group = [row for row in rows if row.group == rows[0].group] if rows else []
        chosen = [row for row in group if row.mark == ON["one"]]
        return (chosen or rows or self.foot())[0].key

    def rows_of(self, question: Question) -> list[Row]:
        """A question as rows."""
        given = self.desk.answers.get(question.key, ())
        if question.gate:
            return [button(f"open {question.key}", question.label, self.gate_note(question))]
        match question.kind:
            case "text":
                return [entry(question.key, question.label, "".join(given))]
            case "lines":
                rows = [*given, ""][:OWN_QUESTIONS]
                label = f"{question.label}, line"
                return [entry(f"{question.key}#{n}", f"{label} {n + 1}", text) for n, text in enumerate(rows)]
            case "many" | "one":
                asked = [Row(""), heading(question.text)] if self.titles else []
                return [*asked, *self.options_of(question, given), *([Row("")] if self.titles else [])]

    def options_of(self, question: Question, given: tuple[str, ...]) -> list[Row]:
        return [
            option(
                f"{question.key}={each.value}",
                each.label,
                question.kind,
                each.value in given,
                self.note(question, each.value, each.hint),
            )
            for each in question.options
        ]

    def note(self, question: Question, value: str, hint: str) -> str:
        """What stands beside an option."""
        return hint

    def gate_note(self, gate: Question) -> str:
        """What was answered behind a gate, or what is there."""
        if self.desk.answers[gate.key] != (YES,):
            return gate.hint
        given = [q for q in children(self.desk.asked, gate) if told(q, self.desk.answers)]
        return f"Answered: {', '.join(q.label for q in given)}." if given else gate.hint

    def status(self) -> list[str]:
        """The size of the booklet as it is answered now."""
        if problem := problem_with(self.desk.asked[TOPICS], self.desk.answers):
            return [problem.what]
        size = self.desk.counter.known(self.desk.answers)
        return [size.words() if size else "Counting the pages."]

    def is_long(self) -> bool:
        size = self.desk.counter.known(self.desk.answers)
        return size is not None and size.long

    def advice(self) -> list[str]:
        return ["That is a long booklet."] if self.is_long() else []

    def press(self, key: str) -> None:
        from booklet.tui.screens.gate import Gate

        if key == "continue":
            self.go_on()
        elif key.startswith("open "):
            gate = self.desk.asked[key.removeprefix("open ")]
            self.desk.change(gate, (YES,))
            self.desk.open(Gate(self.desk, gate))
        elif "=" in key:
            name, _, value = key.partition("=")
            question = self.desk.asked[name]
            self.desk.change(question, toggled(question, self.desk.answers[name], value))

    def typed(self, key: str, text: str) -> None:
        """The answer is kept as typed; what is wrong with it is said at once."""
        name, _, line = key.partition("#")
        question = self.desk.asked[name]
        given = self.desk.answers.get(name, ())
        if question.kind == "lines":
            at = int(line)
            given = tuple(each for each in (*given[:at], text, *given[at + 1 :]) if each.strip())
        else:
            given = (text,) if text.strip() else ()
        self.desk.change(question, given)
        if problem := problem_with(question, self.desk.answers):
            self.desk.refuse(problem)

    def enter(self, key: str) -> None:
        """From the last line to type on, Enter goes to Continue."""
        super().enter(key)
        if self.desk.draft is None:
            self.desk.focus(CONTINUE.key)

    def go_on(self) -> None:
        """To the next page, unless something on this one needs putting right first."""
        for question in self.questions():
            if not question.gate and (problem := problem_with(question, self.desk.answers)):
                self.desk.refuse(problem)
                self.focus_on(question)
                return
        (self.then or self.desk.back)()

    def focus_on(self, question: Question) -> None:
        keys = [row.key for row in self.body() if row.key]
        near = [key for key in keys if key.partition("=")[0].partition("#")[0] == question.key]
        self.desk.focus((near or keys)[0])


def step(desk: "Desk", number: int, answers: Answers | None = None) -> list[Question]:
    """The questions of one step that are not behind a gate."""
    behind = {child.key for gate in desk.asked.values() if gate.gate for child in children(desk.asked, gate)}
    asked = applying(desk.asked, desk.answers if answers is None else answers)
    return [q for q in asked if q.step == number and q.key not in behind]


def summary(desk: "Desk", question: Question, answers: Answers) -> str:
    """An answer in words, unless what was typed is to be hidden."""
    given = answers.get(question.key, ())
    if desk.hidden and question.kind in ("text", "lines") and given:
        return HIDDEN
    return shown(question, given)


def cleared(desk: "Desk", questions: Iterable[Question], answers: Answers | None = None) -> Answers:
    """The answers with these questions as nobody had answered them."""
    answers = desk.answers if answers is None else answers
    for question in questions:
        answers = answer(answers, question.key, desk.start[question.key])
    return answers
