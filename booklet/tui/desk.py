"""What the interface knows and does, without a screen: the answers, the way back, undo, and what each key means.

The app gives it keys and draws what it shows; work that takes time is handed to the app as a `Job`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from booklet.errors import ExitCode
from booklet.tui.draw import Screenful, View, draw
from booklet.tui.jobs import Host, Job, Stopped, Tell
from booklet.tui.line import HIDDEN, Draft, edited
from booklet.tui.page import Page
from booklet.tui.rows import Row, stops

if TYPE_CHECKING:
    from datetime import date

    from booklet.clinic import Clinic
    from booklet.counting import Counter
    from booklet.library import Library
    from booklet.questions import Answers, Question, Questions
    from booklet.tui.outside import Outside

SAME = {"ctrl+g": "f1", "ctrl+r": "f10", "ctrl+c": "ctrl+q", "shift+up": "up", "shift+down": "down"}
"""Keys that mean the same as another, for keyboards and programs that lack it."""
LOADING = "Getting the topics ready. What you type is not lost."


class Desk:
    """The state of one sitting. Nothing in it is ever written to disk."""

    library: "Library"
    asked: "Questions"
    counter: "Counter"
    start: "Answers"
    answers: "Answers"

    def __init__(self, host: Host, outside: "Outside", made: "date", clinic: "Clinic | None" = None) -> None:
        from booklet.tui.screens.start import Start

        self.host, self.outside, self.made, self.clinic = host, outside, made, clinic
        self.loaded = False
        self.waiting: list[tuple[str, str | None]] = []
        self.pending: Callable[[], None] | None = None
        self.past: list[tuple[str, Answers]] = []
        self.said = ""
        self.hidden = False
        """Whether what was typed is kept off the screen."""
        self.look = "dark"
        self.size = (80, 24)
        self.trail: list[Page] = []
        self.draft: Draft | None = None
        self.page: Page = Start(self)
        self.focus(self.page.first())

    # What is known

    def ready(self, library: "Library") -> None:
        """The library is there: what was asked for while it was being read is done now."""
        from booklet.counting import Counter
        from booklet.questions import defaults, questions

        self.library = library
        self.asked = questions(library)
        self.counter = Counter(library, self.asked, self.made, self.clinic)
        self.answers = self.start = defaults(self.asked, self.clinic)
        self.loaded = True
        self.said = ""
        if self.pending:
            pending, self.pending = self.pending, None
            pending()
        waiting, self.waiting = self.waiting, []
        for key, letter in waiting:
            self.key(key, letter)

    def when_ready(self, action: Callable[[], None]) -> None:
        """Does something that needs the library, as soon as it is there."""
        if self.loaded:
            action()
        else:
            self.pending, self.said = action, LOADING

    def change(self, question: "Question", value: tuple[str, ...], also: "Answers | None" = None) -> None:
        """One more answer, which can be undone."""
        from booklet.questions import answer
        from booklet.tui.choosing import change_in_words

        before = self.answers
        after = answer({**before, **(also or {})}, question.key, value)
        if after != before:
            self.past.append((change_in_words(question, before[question.key], value), before))
            self.answers = after
            self.recount()

    def replace(self, answers: "Answers", words: str) -> None:
        """Many answers at once, undone at once."""
        if answers != self.answers:
            self.past.append((words, self.answers))
            self.answers = answers
            self.recount()

    def undo(self) -> None:
        if self.draft and self.draft.text != self._value(self.draft.key):
            self.draft = None
            self.focus(self.page.at)
            self.said = "Undone: what you typed on this line."
        elif self.past:
            words, self.answers = self.past.pop()
            self.said = f"Undone: {words}."
            self.draft = None
            self.settle()
            self.recount()
        else:
            self.said = "There is nothing to undo."

    def recount(self) -> None:
        """Counts what the page shows; the figures of other answers are never shown meanwhile."""
        if not (self.loaded and self.page.counts):
            self.host.stop("count")
            return
        answers, wanted, counter = self.answers, self.page.wants(), self.counter

        def count(tell: Tell) -> None:
            counter.size(answers)
            tell()
            for each in wanted:
                if isinstance(each, str):
                    counter.chapters(answers)
                else:
                    counter.size({**answers, each[0]: (each[1],)})
                tell()

        self.host.start(Job("count", count, self.counted))

    def counted(self, result: object) -> None:
        if isinstance(result, Exception) and not isinstance(result, Stopped):
            self.fail(result)

    # Where one is

    def open(self, page: Page) -> None:
        """Goes to a page; Back returns to this one as it is."""
        self.commit()
        if page.over or not self.page.passing:
            self.trail.append(self.page)
        self._go(page)

    def back(self) -> None:
        self.commit()
        if self.trail:
            self._go(self.trail.pop())

    def unwind(self, page: Page) -> None:
        """Closes what was opened over a page."""
        while self.page is not page and self.trail:
            self.page = self.trail.pop()

    def home(self) -> None:
        from booklet.tui.screens.start import Start

        self.trail = []
        self._go(Start(self))

    def _go(self, page: Page) -> None:
        self.page = page
        self.settle()
        self.recount()

    def check(self) -> None:
        """To the last step from anywhere; nothing that is in doubt is passed over."""
        from booklet.tui.screens.check import Check

        if isinstance(self.page, Check):
            self.focus("make")
        elif self.loaded and self.page.counts:
            self.open(Check(self))

    def ask_to_leave(self) -> None:
        from booklet.tui.screens.leave import Leave

        self.commit()
        if isinstance(self.page, Leave) or not self.loaded or self.answers == self.start:
            self.host.exit(ExitCode.DONE)
        else:
            self.open(Leave(self))

    def fail(self, error: Exception, again: Callable[[], None] | None = None) -> None:
        from booklet.tui.screens.problem import Problem

        self.open(Problem(self, error, again))

    def clear(self) -> None:
        """Forgets everything that was chosen and typed."""
        self.answers, self.past = self.start, []
        self.counter.forget()
        self.draft, self.said = None, ""

    # The focus

    def stops(self) -> list[Row]:
        """The rows that the keyboard reaches, a long text in as many parts as the window needs."""
        return [row for row in stops(self.page.view().rows(), self.size[0]) if row.key]

    def settle(self) -> None:
        """Puts the focus on a row that is there."""
        keys = [row.key for row in self.stops()]
        whole = self.page.at.rpartition(".")[0]
        near = next((key for key in (self.page.at, whole) if key in keys), None)
        self.focus(near or self.page.first())

    def focus(self, key: str) -> None:
        self.page.at = key
        self.draft = None
        value = self._value(key)
        if value is not None:
            self.draft = Draft(key, value, len(value))

    def _value(self, key: str) -> str | None:
        """What is on the line with this key; None for a row that is no line to type on."""
        return next((row.value for row in (*self.page.body(), *self.page.foot()) if row.key == key), None)

    def move(self, by: int, group: bool = False) -> None:
        """To the next row or the next group of them; round at the ends by group alone."""
        self.commit()
        rows = self.stops()
        at = next((n for n, row in enumerate(rows) if row.key == self.page.at), 0)
        if not group:
            self.focus(rows[min(max(at + by, 0), len(rows) - 1)].key)
            return
        groups = list(dict.fromkeys(row.group for row in rows))
        target = groups[(groups.index(rows[at].group) + by) % len(groups)]
        inside = [row for row in rows if row.group == target]
        chosen = [row for row in inside if row.mark == "(*)"]
        self.focus((chosen or inside)[0].key)

    def commit(self) -> None:
        """What stands on the line becomes the answer."""
        draft, self.draft = self.draft, None
        if draft is not None and draft.text != self._value(draft.key):
            self.page.typed(draft.key, draft.text)

    # The keys

    def key(self, key: str, letter: str | None = None) -> None:
        """What a key does. Each is finished before the next, so that keys typed ahead reach the page they are for."""
        if self.pending is not None and key != "ctrl+q":
            self.waiting.append((key, letter))
            return
        key = SAME.get(key, key)
        self.said = ""
        if self._edited(key, letter):
            return
        self._key(key, letter)
        if self.draft is None:
            self.settle()

    def _key(self, key: str, letter: str | None) -> None:
        from booklet.tui.screens.help import Help

        match key:
            case "up" | "down":
                self.move(1 if key == "down" else -1)
            case "tab" | "shift+tab":
                self.move(1 if key == "tab" else -1, group=True)
            case "home" | "end":
                self.move(-1000 if key == "home" else 1000)
            case "pageup" | "pagedown":
                by = 1 if key == "pagedown" else -1
                if not self.page.page_by(by):
                    self.move(5 * by)
            case "left" | "right":
                self.page.side(self.page.at, key == "right")
            case "escape":
                self.commit()
                self.page.escape()
            case "enter" if self.draft is not None:
                self.page.enter(self.page.at)
            case "enter" | "space":
                self.press(self.page.at)
            case "ctrl+q":
                self.page.leave()
            case "ctrl+z":
                self.undo()
            case "ctrl+l":
                self.commit()
                self.hidden = not self.hidden
                self.said = "What you typed is hidden. Ctrl+L shows it." if self.hidden else "What you typed is shown."
            case "f1" if not isinstance(self.page, Help):
                self.open(Help(self, self.page))
            case "f10":
                self.commit()
                self.check()
            case "f12":
                self.page.details()
            case _:
                if letter and letter.isprintable():
                    self.page.find(letter)

    def press(self, key: str) -> None:
        if key == "back":
            self.page.escape()
        elif not any(row.reads for row in self.stops() if row.key == key):
            self.page.press(key)

    def paste(self, text: str) -> None:
        """Lines that are pasted become one, so that none is lost."""
        for letter in " ".join(text.split()):
            self.key(letter, letter)

    def _edited(self, key: str, letter: str | None) -> bool:
        """Whether the key belonged to the line that is being typed on."""
        before = self.draft
        after = edited(before, key, letter) if before else None
        if before is None or after is None:
            return False
        self.draft = after
        if after.text != before.text:
            self.page.editing(after.key, after.text)
        return True

    def screen(self, size: tuple[int, int]) -> Screenful:
        """What is to be seen now."""
        if size != self.size:
            self.size = size
            if self.draft is None:
                self.settle()
        view = self.page.view()
        shown = draw(
            self._with_draft(view), size, self.page.at, self.page.top, self.draft.caret if self.draft else None
        )
        self.page.top = shown.top
        return shown

    def _with_draft(self, view: View) -> View:
        """The page with the line as it is being typed, and with nothing that is to be hidden."""
        return replace(view, body=tuple(map(self._shown, view.body)), foot=tuple(map(self._shown, view.foot)))

    def _shown(self, row: Row) -> Row:
        if row.value is None:
            return row
        focused = self.draft is not None and self.draft.key == row.key
        value = self.draft.text if self.draft is not None and focused else row.value
        if self.hidden and value and row.personal:
            value = "*" * len(value) if focused else HIDDEN
        return replace(row, value=value)
