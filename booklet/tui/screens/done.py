"""The booklet is there: what to do with it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from booklet.errors import OutputError, Problem
from booklet.fold import ON
from booklet.saving import check_target, free_path, save_all
from booklet.tui.jobs import Job
from booklet.tui.page import CHOOSE, HELP, LEAVE, MOVE
from booklet.tui.rows import Row, button, reading
from booklet.tui.screens.finished import Finished, Print, printer_of

if TYPE_CHECKING:
    from booklet.tui.desk import Desk
    from booklet.tui.screens.making import Made


class Done(Finished):
    place = "Done"
    heading = "Your booklet is ready"
    after = "again"
    help = (
        "Press Enter on what you want to do with the booklet.",
        (
            "It is printed at actual size. If you print it from another window, do not choose Fit to page there: it makes "
            "the print smaller."
        ),
        "The booklet is deleted when you finish. To keep it, save a copy.",
    )
    keys: ClassVar[tuple[str, ...]] = (MOVE, CHOOSE, HELP, LEAVE)

    def __init__(self, desk: "Desk", made: "Made") -> None:
        super().__init__(desk)
        self.made = made
        self.hint = made.booklet.size()
        self.printer: str | None = ""
        desk.host.start(Job("printers", lambda tell: desk.outside.printers(), self.found))

    def found(self, result: object) -> None:
        """A printer that cannot be found is said when it is asked for."""
        if isinstance(result, tuple):
            self.printer = printer_of(self.desk, result)

    def body(self) -> list[Row]:
        hints = {"print": self.how(), "copy": ", ".join(self.desk.outside.folder().parts[-2:])}
        personal = "The file has personal details in it. " if self.made.personal else ""
        gone = f"{personal}It is deleted when you finish, unless you save a copy."
        parts = len(self.made.folded)
        folded = f"To fold, it is printed as {parts} parts, each with its cover." if parts > 1 else ""
        told = filter(None, (gone, folded, *self.made.booklet.warnings))
        rows = [button(offer.key, offer.label, hints.get(offer.key, offer.hint)) for offer in OFFERS]
        return [*rows, Row(""), *reading(told)]

    def how(self) -> str:
        """The printer, the sides and the paper."""
        printer = self.desk.printer or self.printer or ("you choose the printer" if self.printer is None else "")
        paper = ON[self.made.paper] if self.made.folded else self.made.paper
        sides = (
            "to fold, both sides" if self.made.folded else f"{self.made.sides} side{'s' * (self.made.sides == 'both')}"
        )
        return ", ".join(filter(None, (printer, sides, paper, "actual size")))

    def prints(self) -> tuple[Print, ...]:
        return tuple(Print(path) for path in self.made.folded or (self.made.path,))

    def save(self, path: Path) -> Path:
        target = free_path(path, self.desk.outside.now()) if path.is_dir() else check_target(path)
        files = self.made.booklet.files(target)
        for _, each in files:
            if each.exists():
                raise OutputError(Problem("There is a file of this name already.", "Choose another name.", each))
        save_all(*files)
        return target

    def press(self, key: str) -> None:
        next(offer for offer in OFFERS if offer.key == key).run(self)

    def to_open(self) -> Path:
        """The booklet to read, also where other files are for the printer."""
        return self.made.path

    def another(self) -> None:
        from booklet.tui.screens.check import Check
        from booklet.tui.screens.person import without_person

        desk = self.desk
        desk.replace(without_person(desk), "cleared what was personal")
        desk.past.clear()  # undo does not bring another person's details back
        desk.counter.forget()
        desk.home()
        desk.open(Check(desk))
        desk.said = "The name and all personal details were cleared."


class Offer(NamedTuple):
    """A row of this page."""

    key: str
    label: str
    hint: str
    run: Callable[[Done], None]


OFFERS = (
    Offer("print", "Print it", "", Done.print_it),
    Offer("open", "Open it", "in this computer's PDF reader", Done.open_it),
    Offer("copy", "Save a copy", "", Done.copy),
    Offer(
        "again",
        "Make another like this",
        "keeps topics and size, clears the name",
        lambda page: page.ask_first("Delete it and make another", page.another),
    ),
    Offer("finish", "Finish and clear everything", "", Done.finish),
)
"""What can be done with a booklet, in the order of the page."""
