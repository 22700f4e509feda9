"""The printing: it is sent in the background, and then somebody looks whether it is coming out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from booklet.build import counted
from booklet.errors import BookletError
from booklet.printing import Outcome
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import Page
from booklet.tui.rows import Row, button, reading
from booklet.tui.screens.finished import Finished, printer_of

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Printing(Page):
    """Sends each file to the printer; what was sent is not sent again unless that is asked for."""

    place = "Printing"
    help = (
        "Look at the printer, then press Enter on what you see.",
        "If nothing comes out, see if the printer is on and has paper. You can also open the booklet and print it there.",
    )

    def __init__(self, desk: "Desk", of: Finished) -> None:
        super().__init__(desk)
        self.of, self.sent = of, 0
        self.outcome: Outcome | BookletError | None = None
        """None while it is being sent."""

    @property
    def heading(self) -> str:  # type: ignore[override]  # it follows what became of it
        if self.outcome is None:
            return "Sending to the printer"
        if isinstance(self.outcome, BookletError):
            return "It was not printed"
        return "Is it coming out?" if self.outcome.sent else "Print it in the window that opened"

    def begin(self) -> None:
        self.desk.open(self)
        self.send()

    def send(self) -> None:
        self.outcome, self.at = None, ""
        self.desk.host.start(Job("print", self.run, self.ended, self.told))

    def run(self, tell: Tell) -> Outcome | None:
        """In another thread. None where somebody has to choose the printer."""
        outside, printer = self.desk.outside, printer_of(self.desk, self.desk.outside.printers())
        if printer is None:
            return None
        outcome = Outcome(True, "Sent to the printer.")
        for number, each in enumerate(self.of.prints()[self.sent :], self.sent + 1):
            outcome = outside.send(each.path, printer, each.copies)
            tell(number)
        return outcome

    def told(self, number: int) -> None:
        self.sent = number

    def ended(self, result: object) -> None:
        here = self.desk.page is self  # or somebody went on meanwhile
        if result is None and here:
            self.choose("There is more than one printer.")
        elif isinstance(result, Outcome):
            self.outcome, self.of.safe = result, True
            self.desk.said = "" if here else result.said
        elif isinstance(result, BookletError):
            self.outcome = result
            self.desk.said = "" if here else f"There is a problem. {result.problems[0]}"
        elif isinstance(result, Exception) and not isinstance(result, Stopped):
            self.desk.unwind(self.of)
            self.desk.fail(result)
        self.at = ""

    def body(self) -> list[Row]:
        every = len(self.of.prints())
        if self.outcome is None:
            done = f" {self.sent} of {every} sent." if every > 1 else ""
            return list(reading([f"This can take a minute or two.{done}"]))
        if isinstance(self.outcome, BookletError):
            told = [*(f"{problem.what} {problem.advice}" for problem in self.outcome.problems)]
            told += [f"{self.sent} of {counted(every, 'file')} sent before that."] if self.sent else []
        else:
            told = [self.outcome.said, *([f"{every} files were sent."] if every > 1 and self.outcome.sent else [])]
        return [*(button(way.key, way.label) for way in self.ways()), Row(""), *reading(told)]

    def ways(self) -> tuple["Way", ...]:
        if isinstance(self.outcome, BookletError):
            return (AGAIN, OTHER, OPEN, BACK_TO_IT)
        return (YES, AGAIN, OTHER, OPEN) if self.outcome and self.outcome.sent else (WENT_ON,)

    def first(self) -> str:
        return self.body()[0].key

    def press(self, key: str) -> None:
        next(way for way in self.ways() if way.key == key).run(self)

    def again(self) -> None:
        if self.sent == len(self.of.prints()):
            self.sent = 0
        self.send()

    def choose(self, said: str = "") -> None:
        from booklet.tui.screens.printers import Printers

        def use(name: str) -> None:
            self.desk.printer = name
            self.desk.back()
            self.again()

        self.desk.open(Printers(self.desk, self.desk.printer, use))
        self.desk.said = said

    def escape(self) -> None:
        self.desk.unwind(self.of)

    def yes(self) -> None:
        self.desk.unwind(self.of)
        self.desk.focus(self.of.after)
        self.desk.said = "Take every page with you from the printer."

    def open_instead(self) -> None:
        self.desk.unwind(self.of)
        self.of.open_it()


class Way(NamedTuple):
    """A way on from here."""

    key: str
    label: str
    run: Callable[[Printing], None]


YES = Way("yes", "Yes", Printing.yes)
AGAIN = Way("again", "Print it again", Printing.again)
OTHER = Way("other", "Choose another printer", Printing.choose)
OPEN = Way("open", "Open it instead", Printing.open_instead)
WENT_ON = Way("yes", "Go on", Printing.yes)
BACK_TO_IT = Way("stay", "Do not print it now", Printing.escape)
