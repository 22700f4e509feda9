"""The clinic list: a line for each booklet, typed in a few letters, changed by single keys, and made all at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from booklet.build import counted
from booklet.clinic_list import (
    EXAMPLE,
    Lines,
    copied,
    described,
    from_kept,
    pages_key,
    parse,
    removed,
    resized,
    to_request,
    typed,
)
from booklet.counting import Size
from booklet.errors import Problem, RequestError
from booklet.tui.jobs import Tell
from booklet.tui.line import HIDDEN
from booklet.tui.page import BACK, HELP, UNDO, Page
from booklet.tui.rows import Row, button, entry

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

ADD = "add"
FROM_FILE = "This line has more in it than can be typed here. Change it in the list it came from."


class ClinicList(Page):
    place = "Clinic list"
    heading = "Which booklets are for the clinic?"
    hint = EXAMPLE
    help = (
        (
            "Type the beginning of a pack's name and press Enter: a line is added. After the name you can type a print "
            "size, and x with how many copies, such as newly 24 x2."
        ),
        "To put a name on the cover, type = and the name at the end, such as trials 28 = Edna. Names are never kept.",
        (
            "On a line, Right makes the print larger and Left smaller. Ctrl+D copies the line, Delete takes it out, and "
            "Enter lets you type it again."
        ),
        "Ctrl+R makes and prints them all.",
    )
    keys: ClassVar[tuple[str, ...]] = (
        "Enter  add",
        "Left Right  size",
        "Ctrl+D  copy line",
        "Del  remove line",
        UNDO,
        "F10 or Ctrl+R  make all",
        BACK,
        HELP,
    )
    counts = True

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.adding = ""
        self.changing: int | None = None
        """The line that is being typed again."""

    def body(self) -> list[Row]:
        label = "Add" if self.changing is None else f"Line {self.changing + 1}"
        lines = [self.row(at) for at in range(len(self.desk.listed.lines))]
        return [entry(ADD, label, self.adding, personal="=" in self.adding), *([Row(""), *lines] if lines else [])]

    def row(self, at: int) -> Row:
        """A line of the list; at every width it is read as a sentence, with no columns to lose."""
        listed = self.desk.listed
        line = listed.lines[at]
        size = listed.size(line)
        name = f"name {HIDDEN if self.desk.hidden else line.name}" if line.name else ""
        wrong = f"problem: {size.problem}" if size and size.problem else ""
        pages = f"{counted(size.pages, 'page')}, not made yet" if size and not wrong else ""
        note = (
            f"{line.copies} copies" if line.copies > 1 else "",
            name,
            listed.result(line) or wrong or pages or "not made yet",
        )
        what = f"{at + 1}  {described(self.desk.library, line, self.desk.clinic)}"
        return Row(what, f"line {at}", "lines", note=", ".join(filter(None, note)))

    def foot(self) -> list[Row]:
        every = self.desk.listed.totals().booklets
        make = f"Make and print all {every}" if every > 1 else "Make and print it"
        made = [button("print", make), button("make", "Make all, do not print")] if every else []
        again = [button("same", "Same as last clinic")] if self.desk.known.last_list else []
        clear = [button("clear", "Clear the list")] if every else []
        load = [button("load", "Load a list")]
        return [*made, *([*load, *again] if every else [*again, *load]), *clear]

    def status(self) -> list[str]:
        return [self.desk.listed.words()]

    def counting(self) -> Callable[[Tell], None]:
        desk, listed = self.desk, self.desk.listed
        todo = {pages_key(line): line for line in listed.lines if listed.size(line) is None}

        def count(tell: Tell) -> None:
            for key, line in todo.items():
                request = lambda line=line: to_request(desk.library, line, desk.made, desk.clinic)
                tell((key, desk.counter.once(request)))

        return count

    def found(self, found: tuple[bytes, Size]) -> None:
        key, size = found
        self.desk.listed.sizes[key] = size

    def change(self, lines: Lines, words: str, at: int | None = None) -> None:
        """Another list, and the focus on one of its lines."""
        self.desk.listed.change(lines, words)
        self.desk.recount()
        if at is not None:
            self.desk.focus(f"line {min(at, len(lines) - 1)}" if lines else ADD)

    def editing(self, key: str, text: str) -> None:
        self.adding = text

    def enter(self, key: str) -> None:
        """Adds the line, or says what is wrong with it and leaves it to be mended."""
        desk, lines = self.desk, self.desk.listed.lines
        try:
            line = parse(desk.library, self.adding)
        except RequestError as e:
            desk.refuse(" ".join(map(str, e.problems)))
            return
        what = described(desk.library, line, desk.clinic)
        at, self.changing, self.adding = self.changing, None, ""
        if at is None or at >= len(lines):
            self.change((*lines, line), f"added {what}")
            desk.said = f"Added: {what}."
        else:
            self.change((*lines[:at], line, *lines[at + 1 :]), f"changed line {at + 1}")
            desk.said = f"Changed: {what}."
        desk.focus(ADD)

    def side(self, key: str, right: bool) -> None:
        at = _place(key)
        if at is not None:
            lines, clinic = self.desk.listed.lines, self.desk.clinic
            self.change(resized(lines, at, 1 if right else -1, clinic), f"print size of line {at + 1}", at)

    def copied(self, key: str) -> None:
        at = _place(key)
        if at is not None:
            self.change(copied(self.desk.listed.lines, at), f"copied line {at + 1}", at + 1)
            self.desk.said = f"Copied line {at + 1}. The copy has no name."

    def removed(self, key: str) -> None:
        at = _place(key)
        if at is not None:
            line = self.desk.listed.lines[at]
            words = f"removed {described(self.desk.library, line, self.desk.clinic)}"
            self.change(removed(self.desk.listed.lines, at), words, at)
            self.desk.said = f"{words[0].upper()}{words[1:]}. Ctrl+Z brings it back."

    def undo(self) -> str:
        return self.desk.listed.undo()

    def find(self, letter: str) -> bool:
        """Letters typed on a line of the list go to the line to type on."""
        self.adding += letter
        self.desk.focus(ADD)
        return True

    def check(self) -> None:
        self.press("print")

    def press(self, key: str) -> None:
        desk = self.desk
        at = _place(key)
        if at is not None:
            self.type_again(at)
        elif key in ("print", "make"):
            self.make(key == "print")
        elif key == "load":
            from booklet.tui.screens.load_list import LoadList

            desk.open(LoadList(desk, self))
        elif key == "same":
            last = from_kept(desk.known.last_list)
            self.change((*desk.listed.lines, *last), "took the lines of the last clinic", len(desk.listed.lines))
            desk.said = f"Added {counted(len(last), 'line')} of the last clinic. No names were kept."
        elif key == "clear":
            self.change((), "cleared the list", 0)
            desk.said = "The list is empty. Ctrl+Z brings it back."

    def type_again(self, at: int) -> None:
        line = self.desk.listed.lines[at]
        try:
            same = parse(self.desk.library, typed(line)) == line
        except RequestError:
            same = False
        if not same:
            self.desk.said = FROM_FILE
            return
        self.adding, self.changing = typed(line), at
        self.desk.focus(ADD)

    def make(self, prints: bool) -> None:
        from booklet.tui.screens.list_made import ListMade
        from booklet.tui.screens.where import Where

        if not self.desk.listed.lines:
            self.desk.refuse(f"The list is empty. {EXAMPLE}")
            self.desk.focus(ADD)
        elif prints:
            ListMade(self.desk, prints=True).begin()
        else:
            self.desk.open(Where(self.desk, "Where should the booklets go?", self.make_in))

    def make_in(self, folder: Path) -> None:
        from booklet.tui.screens.list_made import ListMade

        if not folder.is_dir():
            raise RequestError(Problem("There is no such folder.", "Make it first, or choose another.", folder))
        self.desk.unwind(self)
        ListMade(self.desk, folder).begin()


def _place(key: str) -> int | None:
    """The line, counted from 0, of a row of the list; None for any other row."""
    kind, _, number = key.partition(" ")
    return int(number) if kind == "line" else None
