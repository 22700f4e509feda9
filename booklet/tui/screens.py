"""The pages of the interface. They ask and show; what a booklet may be is decided elsewhere."""

import asyncio
from collections.abc import Iterable
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from booklet.questions import Answers, Option, Question, shown
from booklet.terminal import HEIGHT, WIDTH
from booklet.tui.widgets import Action, ChoiceList

NAME = "Large print booklets"
TOO_SMALL = f"This window is too small. Make it at least {WIDTH} letters wide and {HEIGHT} lines high. Nothing is lost."


class NameField(Input):
    """A line to type on. Lines that are pasted become one, so that none is lost."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class Page(Screen[None]):
    """A title, what to do, the answers, a line that stays, and the keys that work here."""

    AUTO_FOCUS = ""

    def __init__(self, title: str, heading: str, hint: str = "", keys: str = "") -> None:
        super().__init__()
        self.words = {"title": title, "heading": heading, "hint": hint}
        self.keys = keys

    def compose(self) -> ComposeResult:
        for id, text in self.words.items():
            yield Static(text, id=id, markup=False)
        yield from self.body()
        yield Static("", id="status", markup=False)
        yield from self.actions()
        yield Static(self.keys, id="keys", markup=False)
        yield Static(TOO_SMALL, id="tiny", markup=False)

    def body(self) -> Iterable[Widget]:
        return ()

    def actions(self) -> Iterable[Widget]:
        return ()

    def on_resize(self) -> None:
        """A magnified screen shows the question and its answers before anything else."""
        width, height = self.app.size
        self.set_class(height < 16, "small")
        self.set_class(width < WIDTH or height < HEIGHT, "tiny")

    def tell(self, text: str) -> None:
        self.query_one("#status", Static).update(text)


class QuestionPage(Page):
    """One question."""

    def __init__(self, question: Question, answer: tuple[str, ...], step: str, first: bool) -> None:
        keys = (
            "Tab next   Ctrl+Q leave"
            if question.kind == "text"
            else "Up Down move   Space or Enter choose   Tab next   Ctrl+Q leave"
        )
        super().__init__(f"{NAME}. {step}", question.text, question.hint, keys if first else f"{keys}   Esc back")
        self.question, self.answer, self.first = question, answer, first

    def body(self) -> Iterable[Widget]:
        if self.question.kind in ("text", "lines"):
            field = NameField(value="".join(self.answer), select_on_focus=False)
            field.cursor_blink = False
            yield field
        else:
            kind: Literal["many", "one"] = "many" if self.question.kind == "many" else "one"
            options = tuple(Option(option.value, option.said()) for option in self.question.options)
            yield ChoiceList(options, kind, self.answer)

    def actions(self) -> Iterable[Widget]:
        yield Action("Continue", id="continue")
        if not self.first:
            yield Action("Back", id="back")

    async def current(self) -> tuple[str, ...]:
        """The answer as it stands, after every key that was typed before now."""
        for choices in self.query(ChoiceList):
            return choices.chosen
        field = self.query_one(Input)
        typed = asyncio.Event()
        field.call_later(typed.set)
        await typed.wait()
        return (field.value,) if field.value.strip() else ()


class CheckPage(Page):
    """Every answer, each with a way to change it."""

    def __init__(self, asked: tuple[Question, ...], answers: Answers) -> None:
        keys = "Up Down move   Enter choose   Esc back   Ctrl+Q leave"
        super().__init__(f"{NAME}. Check", "Check your answers, then make the booklet", "", keys)
        self.asked, self.answers = asked, answers

    def body(self) -> Iterable[Widget]:
        changes = (
            Option(f"change-{q.key}", f"Change {q.label.lower()}: {shown(q, self.answers[q.key])}") for q in self.asked
        )
        yield ChoiceList((Option("make", "Make the booklet"), *changes, Option("back", "Back")), "action")


class MakingPage(Page):
    """Progress in words and figures; nothing moves but when a step is done."""

    def __init__(self) -> None:
        super().__init__(f"{NAME}. Making", "Making the booklet", "", "Ctrl+C stop")

    def progress(self, done: int, total: int) -> None:
        filled = 20 * done // total
        self.tell(f"[{'#' * filled}{'.' * (20 - filled)}] {100 * done // total} per cent. Page {done} of {total}.")


class EndPage(Page):
    """What came of it: where the booklet is, or what to put right."""

    def __init__(
        self, heading: str, lines: tuple[str, ...], actions: tuple[tuple[str, str], ...], final: bool = False
    ) -> None:
        super().__init__(NAME, heading, "", "Up Down move   Enter choose   Ctrl+Q leave")
        self.lines_of_text, self.offered = lines, actions
        self.final = final
        """Whether nothing is lost by leaving from here."""

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(*(Static(line, markup=False) for line in self.lines_of_text), can_focus=False)

    def actions(self) -> Iterable[Widget]:
        for id, label in self.offered:
            yield Action(label, id=id)
