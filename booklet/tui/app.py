"""The app: which page follows which, the count of pages as answers change, and the making."""

import sys
from datetime import date, datetime
from typing import ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input

from booklet import build, fonts
from booklet.errors import BookletError, ExitCode, fault_code
from booklet.library import Library
from booklet.paths import CONTENT, documents
from booklet.questions import FIRST, NAME, TOPICS, Answers, answer, defaults, problem_with, questions, to_request
from booklet.request import Request
from booklet.tui.screens import CheckPage, EndPage, MakingPage, Page, QuestionPage
from booklet.tui.widgets import Action, ChoiceList

KEYS = ("up", "down", "home", "end", "space", "enter", "tab", "shift+tab", "escape")
"""Handled here and one after another, so that keys typed ahead reach the page they were meant for."""
TYPED = ("space", "home", "end")
"""The ones of them that belong to a text field that has the focus."""
NOTHING_CHOSEN = "Nothing is chosen yet."


class _Stopped(Exception):  # noqa: N818  # it is no error
    """The person stopped the making."""


class BookletApp(App[int]):
    """Asks the questions, counts the pages, makes the booklet."""

    TITLE = "Large print booklets"
    ENABLE_COMMAND_PALETTE = False  # its screenshot would save what is on the screen
    CSS = """
    Page { background: black; color: white; layout: vertical; layers: base over; padding: 0 1; }
    Page > Static { height: auto; }
    Page > #heading { text-style: bold; }
    Page > #title, Page > #hint, Page > #status { margin-bottom: 1; }
    Page > #status { margin-top: 1; }
    Page > #keys { dock: bottom; }
    Page VerticalScroll { height: 1fr; min-height: 2; scrollbar-size-vertical: 1; }
    Page VerticalScroll Static { height: auto; margin-bottom: 1; }
    Page Input { border: none; height: 1; padding: 0; background: white; color: black; width: 100%; }
    Page Input > .input--cursor { background: black; color: white; text-style: reverse; }
    Page.small > #status { margin: 0; }
    Page.small VerticalScroll Static { margin-bottom: 0; }
    Page.small > #hint, Page.small > #title { display: none; }
    Page > #tiny { display: none; layer: over; width: 100%; height: 100%; background: black; }
    Page.tiny > #tiny { display: block; }
    """
    BINDINGS: ClassVar = [
        *(Binding(key, "leave", show=False, priority=True) for key in ("ctrl+q", "ctrl+c")),
        *(Binding(key, f"press('{key}')", show=False, priority=True) for key in KEYS),
    ]

    class Counted(Message):
        """A worker has laid the booklet out."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Progress(Message):
        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    class Ended(Message):
        def __init__(self, page: EndPage) -> None:
            super().__init__()
            self.page = page

    def __init__(self) -> None:
        self._cursor = Offset(0, 0)
        super().__init__()
        self.library = Library.load(CONTENT)
        every = questions(self.library)
        self.asked = tuple(every[key] for key in (TOPICS, *FIRST, NAME))
        self.start = defaults(every)
        self.answers: Answers = self.start
        self.ruler = fonts.Ruler()
        self.step = 0
        self.fault = ""
        self.stopping = False
        """Asked for while a booklet is being made; the worker sees it at the next page."""
        self.to_check = False
        """Whether Continue returns to the answers, because one of them is being changed."""

    @property
    def cursor_position(self) -> Offset:
        """Where the hardware cursor stands: on the focused label (Textualize/textual issue 2348)."""
        cell = getattr(self.focused, "cursor_cell", None) if self._screen_stack_is_ready() else None
        return cell if isinstance(cell, Offset) else self._cursor

    @cursor_position.setter
    def cursor_position(self, offset: Offset) -> None:
        self._cursor = offset

    def _screen_stack_is_ready(self) -> bool:
        return bool(getattr(self, "_running", False)) and bool(self.screen_stack)

    async def on_mount(self) -> None:
        if self._driver is not None:
            self._driver.write("\x1b[?25h")  # braille displays and magnifiers follow the cursor
        await self.show_step()

    async def show(self, page: Page) -> None:
        if len(self.screen_stack) > 1:
            await self.switch_screen(page)
        else:
            await self.push_screen(page)
        page.focus_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lets a text field have the keys that it needs."""
        return not (action == "press" and isinstance(self.focused, Input) and parameters[0] in TYPED)

    async def action_press(self, key: str) -> None:
        focused = self.focused
        if key == "escape":
            await self.back()
        elif key in ("tab", "shift+tab"):
            self.screen.focus_next() if key == "tab" else self.screen.focus_previous()
        elif key in ("space", "enter"):
            if isinstance(focused, ChoiceList) and focused.kind == "action":
                await self.go(focused.options[focused.at].value)
            elif isinstance(focused, ChoiceList):
                focused.toggle()
                await self.keep_answer()
            elif isinstance(focused, Action) and focused.id:
                await self.go(focused.id)
            elif isinstance(focused, Input):
                await self.go("continue")
        elif isinstance(focused, ChoiceList) and focused.move(key):
            await self.keep_answer()
        elif key in ("up", "down"):
            self.screen.focus_previous() if key == "up" else self.screen.focus_next()

    async def keep_answer(self) -> None:
        if isinstance(self.screen, QuestionPage):
            given = await self.screen.current()
            if given != self.answers[self.screen.question.key]:
                self.answers = answer(self.answers, self.screen.question.key, given)
                if self.screen.question.key != NAME:  # a name changes no page
                    self.recount()

    async def show_step(self) -> None:
        if self.step < len(self.asked):
            question = self.asked[self.step]
            place = f"Step {self.step + 1} of {len(self.asked) + 1}"
            await self.show(QuestionPage(question, self.answers[question.key], place, first=self.step == 0))
        else:
            self.to_check = False
            await self.show(CheckPage(self.asked, self.answers))
        self.recount()

    async def back(self) -> None:
        if isinstance(self.screen, MakingPage):
            return
        await self.keep_answer()
        if self.to_check:
            self.step = len(self.asked)
        elif self.step and not isinstance(self.screen, EndPage):
            self.step -= 1
        await self.show_step()

    async def go(self, target: str) -> None:
        """Does what the action with this id says."""
        await self.keep_answer()
        match target:
            case "back":
                await self.back()
            case "continue":
                question = self.asked[self.step]
                if problem := problem_with(question, self.answers):
                    self.page.tell(f"There is a problem. {problem}")
                    return
                self.step = len(self.asked) if self.to_check else self.step + 1
                await self.show_step()
            case "make" if problem := next(filter(None, (problem_with(q, self.answers) for q in self.asked)), None):
                self.page.tell(f"There is a problem. {problem}")
            case "make":
                self.stopping = False
                await self.show(MakingPage())
                self.make(self.answers)
            case "again":
                self.answers = {**self.answers, NAME: ()}
                self.step = 0
                await self.show_step()
            case "stay":
                await self.show_step()
            case "leave":
                self.exit(ExitCode.DONE)
            case change:
                self.to_check = True
                self.step = [question.key for question in self.asked].index(change.removeprefix("change-"))
                await self.show_step()

    @property
    def page(self) -> Page:
        assert isinstance(self.screen, Page)
        return self.screen

    def recount(self) -> None:
        """Shows the size of the booklet as it is now answered; never a figure for other answers."""
        if not isinstance(self.screen, QuestionPage | CheckPage):
            return
        if not self.answers[TOPICS]:
            self.workers.cancel_group(self, "count")
            self.page.tell(NOTHING_CHOSEN)
        else:
            self.page.tell("Counting the pages.")
            self.count({**self.answers, NAME: ()})

    @work(thread=True, exclusive=True, group="count")
    def count(self, answers: Answers) -> None:
        pages, sheet = build.pages_of(self.library, self.request(answers), self.ruler)
        size = build.paper(len(pages), build.sheets(len(pages), sheet))
        self.post_message(self.Counted(f"{build.counted(len(answers[TOPICS]), 'topic')} chosen. {size}"))

    @on(Counted)
    def counted(self, message: Counted) -> None:
        if isinstance(self.screen, QuestionPage | CheckPage) and self.answers[TOPICS]:
            self.page.tell(message.text)

    def request(self, answers: Answers) -> Request:
        return to_request(self.library, answers, date.today())

    @work(thread=True, exclusive=True, group="make")
    def make(self, answers: Answers) -> None:
        self.post_message(self.Ended(self.outcome(answers)))

    def outcome(self, answers: Answers) -> EndPage:
        """Makes and saves the booklet; what a person is told of it."""
        stay = ("stay", "Change my answers")
        try:
            booklet = build.build(self.library, self.request(answers), "pdf", self.tell_progress)
            path = build.free_path(documents(), datetime.now())
            build.save(booklet.data, path)
        except _Stopped:
            return EndPage("Stopped", ("Nothing was saved. Your answers are safe.",), (stay, ("leave", "Leave")))
        except BookletError as e:
            return EndPage("There is a problem", (*map(str, e.problems), "Your answers are safe."), (stay,))
        except OSError as e:
            what = f"The booklet could not be saved: {e.strerror}."
            return EndPage("There is a problem", (what, "Your answers are safe."), (("make", "Try again"), stay))
        lines = (booklet.size(), "It is here:", str(path), "Print it at actual size, on both sides.", *booklet.warnings)
        return EndPage("Your booklet is ready", lines, (("again", "Make another"), ("leave", "Finish")), final=True)

    def tell_progress(self, done: int, total: int) -> None:
        if self.stopping:
            raise _Stopped
        if done == total or done % max(total // 20, 1) == 0:
            self.post_message(self.Progress(done, total))

    @on(Progress)
    def progress(self, message: Progress) -> None:
        if isinstance(self.screen, MakingPage):
            self.screen.progress(message.done, message.total)

    @on(Ended)
    async def ended(self, message: Ended) -> None:
        await self.show(message.page)

    async def action_leave(self) -> None:
        """Leaves at once when there is nothing to lose, else asks; on the page that asks, leaves."""
        await self.keep_answer()
        if isinstance(self.screen, MakingPage):
            self.stopping = True
            return
        if self.answers == self.start or (isinstance(self.screen, EndPage) and self.screen.final):
            self.exit(ExitCode.DONE)
            return
        lines = ("What you chose and typed will be forgotten. Nothing was saved but booklets that are ready.",)
        await self.show(EndPage("Leave?", lines, (("stay", "Stay here"), ("leave", "Leave")), final=True))

    def _fatal_error(self) -> None:
        """A crash shows a code and never a variable: Textual's own report prints what was typed."""
        self.fault = fault_code(self._exception) if self._exception else "unknown"
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        if self.fault:
            print(f"Something went wrong inside this program. Code: {self.fault}.", file=sys.stderr)
            print("Nothing was saved but booklets that are ready.", file=sys.stderr)
