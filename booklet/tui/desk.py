"""What the interface knows and does, without a screen: the answers, the way back and undo.

The app gives it keys and draws what it shows; work that takes time is handed to the app as a `Job`.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import kept
from booklet.errors import ExitCode
from booklet.terminal import wants_no_colour
from booklet.tui.focus import Focus
from booklet.tui.jobs import Host, Job, Stopped
from booklet.tui.keys import SAME, obey
from booklet.tui.looks import LOOKS, OWN
from booklet.tui.page import Page

if TYPE_CHECKING:
    from datetime import date

    from booklet.clinic import Clinic
    from booklet.counting import Counter
    from booklet.library import Library
    from booklet.questions import Answers, Question, Questions
    from booklet.tui.listed import Listed
    from booklet.tui.loading import Known
    from booklet.tui.outside import Outside

GO_ON = "Go on without it"
LOADING = "Getting the topics ready. What you type is not lost."


class Desk(Focus):
    """The state of one sitting. What is about a person is in memory, and in the work folder once it is a booklet."""

    host: Host
    """The app, once there is one."""
    known: "Known"
    asked: "Questions"
    counter: "Counter"
    start: "Answers"
    answers: "Answers"
    listed: "Listed"

    def __init__(self, outside: "Outside", made: "date") -> None:
        from booklet.tui.screens.start import Start

        super().__init__()
        self.outside, self.made = outside, made
        self.loaded = False
        self.waiting: list[tuple[str, str | None]] = []
        self.pending: Callable[[], None] | None = None
        self.past: list[tuple[str, Answers]] = []
        self.said = ""
        liked = kept.look()
        usual = OWN if wants_no_colour() else "dark"
        self.look, self.mode = liked.theme if liked.theme in LOOKS else usual, liked.mode
        self.printer = ""
        """The printer that was chosen in this sitting; empty: the clinic's, else the usual one."""
        self.trail: list[Page] = []
        self.page: Page = Start(self)
        self.focus(self.page.first())
        self._closing = ExitStack()
        self._work: Path | None = None

    # What is known

    @property
    def library(self) -> "Library":
        return self.known.library

    @property
    def clinic(self) -> "Clinic":
        return self.known.clinic

    def ready(self, known: "Known") -> None:
        """The library is there: what was asked for while it was being read is done now."""
        from booklet.tui.listed import Listed
        from booklet.tui.screens.problem import Problem

        self.know(known)
        self.answers, self.listed = self.start, Listed()
        self.loaded, self.said = True, ""
        pending, self.pending = self.pending, None
        waiting, self.waiting = self.waiting, []
        if known.wrong:
            self.open(Problem(self, known.wrong, pending or (lambda: None), GO_ON))
            return  # what was typed ahead was not meant for this page
        if pending:
            pending()
        for key, letter in waiting:
            self.key(key, letter)

    def know(self, known: "Known") -> None:
        """Goes on with another library or clinic; what nobody answered yet is as the clinic has it."""
        from booklet.counting import Counter
        from booklet.questions import defaults, questions

        untouched = self.loaded and self.answers == self.start
        self.known = known
        self.asked = questions(known.library)
        self.counter = Counter(known.library, self.asked, self.made, known.clinic)
        self.start = defaults(self.asked, known.clinic)
        if untouched:
            self.answers = self.start

    def when_ready(self, action: Callable[[], None]) -> None:
        """Does something that needs the library, as soon as it is there."""
        if self.loaded:
            action()
        else:
            self.pending, self.said = action, LOADING

    def work_folder(self) -> Path:
        """Where a booklet is until somebody saves it; gone when the sitting is closed."""
        if self._work is None:
            self._work = self._closing.enter_context(self.outside.work())
        return self._work

    def close(self) -> None:
        """Removes every booklet that nobody saved."""
        self._closing.close()

    # The answers

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
        """The line that is being typed on, else what the page can undo, else the last answer."""
        if self.draft and self.draft.text != self.value(self.draft.key):
            self.draft = None
            self.focus(self.page.at)
            self.said = "Undone: what you typed on this line."
            return
        undone = self.page.undo()
        self.said = f"Undone: {undone}." if undone else "There is nothing to undo."
        if undone:
            self.draft = None
            self.settle()
            self.recount()

    def undo_answer(self) -> str:
        """What was undone, in words; nothing where there is nothing."""
        if not self.past:
            return ""
        words, self.answers = self.past.pop()
        return words

    def recount(self) -> None:
        """Counts what the page shows; the figures of other answers are never shown meanwhile."""
        if not (self.loaded and self.page.counts):
            self.host.stop("count")
            return
        self.host.start(Job("count", self.page.counting(), self.counted, self.page.found))

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
        """Asks first where something would be lost."""
        from booklet.tui.screens.leave import Leave

        self.commit()
        unsaved = next((page for page in (self.page, *reversed(self.trail)) if page.unsaved), None)
        if unsaved:
            self.unwind(unsaved)
            unsaved.leave()
        elif isinstance(self.page, Leave) or not self.loaded or (self.answers == self.start and not self.listed.lines):
            self.host.exit(ExitCode.DONE)
        else:
            self.open(Leave(self))

    def fail(self, error: Exception, again: Callable[[], None] | None = None) -> None:
        from booklet.tui.screens.problem import Problem

        self.open(Problem(self, error, again))

    def refuse(self, what: object) -> None:
        """Says what is wrong, on the page that it is to be put right on."""
        self.said = f"There is a problem. {what}"

    def clear(self) -> None:
        """Forgets everything that was chosen and typed, and removes what was made of it."""
        from booklet.tui.listed import Listed
        from booklet.work import empty

        self.answers, self.past, self.listed = self.start, [], Listed()
        self.counter.forget()
        self.draft, self.said = None, ""
        if self._work:
            empty(self._work)

    # The keys

    def key(self, key: str, letter: str | None = None) -> None:
        """What a key does. Each is finished before the next, so that keys typed ahead reach the page they are for."""
        if self.pending is not None and key != "ctrl+q":
            self.waiting.append((key, letter))
            return
        self.said = ""
        obey(self, SAME.get(key, key), letter)

    def press(self, key: str) -> None:
        if key == "back":
            self.page.escape()
        elif not any(row.reads for row in self.stops() if row.key == key):
            self.page.press(key)

    def paste(self, text: str) -> None:
        """Lines that are pasted become one, so that none is lost."""
        for letter in " ".join(text.split()):
            self.key(letter, letter)
