"""The clinic list one line at a time: a line is typed for each booklet, and all are made at once."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from booklet import kept, list_csv, printing
from booklet.build import build, counted, pages_of, preferences, sheets
from booklet.clinic_list import (
    EXAMPLE,
    SIZE,
    Line,
    Lines,
    copied,
    described,
    file_name,
    free_folder,
    from_kept,
    pages_key,
    parse,
    removed,
    resized,
    to_kept,
    to_request,
    totals,
)
from booklet.errors import BookletError, Problem, RequestError, fault_code
from booklet.plain.ask import STAY, leaves, problem
from booklet.plain.voice import Own, sentence
from booklet.saving import save_all

if TYPE_CHECKING:
    from booklet.plain import Talk

START, LEAVE = "@start", "@leave"
WAYS = {
    "make": "to make all the booklets",
    "make and print": "to make them and send them to the printer",
    "list": "to hear the list",
    "remove 2": "to take line 2 out",
    "size 2 24": "to have line 2 in 24 point",
    "copy 2": "to have line 2 once more, without its name",
    "load clinic.csv": "to add the lines of that file",
    "same": "to add the lines of the last clinic",
    "undo": "to take back the last change",
    "back": "for the first question",
    "quit": "to leave",
}
"""What may be typed besides a line, and what each is for."""


class ClinicTalk:
    """One list, in memory only, for as long as the conversation lasts."""

    def __init__(self, talk: "Talk") -> None:
        self.talk, self.voice, self.shop = talk, talk.voice, talk.walk.shop
        self.lines: Lines = ()
        self.before: list[Lines] = []
        self.counts: dict[bytes, tuple[int, int]] = {}

    def run(self) -> str:
        """Asks for lines until they go elsewhere; the place to go to."""
        self.voice.blank()
        self.voice.say("Which booklets are for the clinic?")
        self.voice.say(sentence(EXAMPLE))
        self.voice.say("For a name on the cover, end the line with = and the name. Then type make, or make and print.")
        self.say_totals()
        while True:
            line = self.voice.ask("Type a line, or make, or help:")
            try:
                place = self.obey(line)
            except BookletError as e:
                problem(self.voice, *map(_spoken, e.problems))
                continue
            if place:
                return place

    def obey(self, line: str) -> str:
        """Does what a line says; the place that it leads to. Raises BookletError."""
        word, _, rest = " ".join(line.lower().split()).partition(" ")
        match word:
            case "back":
                return START
            case "quit":
                return self.leave()
            case "help" | "?":
                self.help()
            case "list" | "answers":
                self.say_list()
            case "undo":
                self.undo()
            case "remove" | "copy" | "size":
                self.change_line(word, rest)
            case "load":
                self.load(line.strip().partition(" ")[2])
            case "same":
                self.same()
            case "make":
                self.make(prints="print" in rest)
            case _:
                self.add(parse(self.shop.library, line))
        return STAY

    def help(self) -> None:
        self.voice.say(sentence(EXAMPLE), " The beginning of a pack's name is enough.")
        for word, what in WAYS.items():
            self.voice.say(f"{word}, {what}.")

    def change(self, lines: Lines) -> None:
        self.before.append(self.lines)
        self.lines = lines
        self.talk.walk.is_changed = True

    def add(self, line: Line) -> None:
        self.change((*self.lines, line))
        self.say_line(len(self.lines) - 1)
        self.say_totals()

    def undo(self) -> None:
        if not self.before:
            self.voice.say("There is nothing to undo.")
            return
        self.lines = self.before.pop()
        self.voice.say("Undone.")
        self.say_totals()

    def change_line(self, word: str, rest: str) -> None:
        number, _, size = rest.partition(" ")
        at = int(number) - 1 if number.isascii() and number.isdigit() else -1
        if not 0 <= at < len(self.lines):
            advice = f"Type {word} and a number from 1 to {len(self.lines)}." if self.lines else "Add a line first."
            raise RequestError(Problem("There is no line of that number.", advice))
        if word == "remove":
            self.change(removed(self.lines, at))
            self.voice.say(f"Line {at + 1} is taken out.")
        elif word == "copy":
            self.change(copied(self.lines, at))
            self.say_line(at + 1)
        else:
            self.change(self.with_size(at, size))
            self.say_line(at)
        self.say_totals()

    def with_size(self, at: int, size: str) -> Lines:
        """Raises RequestError where there is no such size."""
        line = self.lines[at]
        asked = parse(self.shop.library, f"{next(iter(self.shop.library.packs))} {size}").choices.preferences
        if not asked:
            raise RequestError(Problem("Which size?", f"Type it after the number, such as size {at + 1} 24."))
        sizes = list(preferences()[SIZE].choices)
        steps = sizes.index(asked[SIZE]) - sizes.index(line.size(self.shop.clinic))
        return resized(self.lines, at, steps, self.shop.clinic)

    def load(self, typed: str) -> None:
        path = Path(typed.strip().strip("\"'")).expanduser()
        rows = list_csv.read(self.shop.library, path, self.shop.now().date(), self.shop.clinic)
        self.change((*self.lines, *(row.line for row in rows)))
        self.voice.say(f"Added {counted(len(rows), 'line')}.")
        for row in rows:
            for note in row.notes:
                self.voice.say(f"Please note, line {row.number} of the file: {note}.")
        self.say_totals()

    def same(self) -> None:
        last = from_kept(kept.last_clinic_list(self.shop.library))
        if not last or self.shop.clinic.remember == "nothing":
            self.voice.say("No list of an earlier clinic is kept.")
            return
        self.change((*self.lines, *last))
        self.voice.say(f"Added {counted(len(last), 'line')} of the last clinic. No names were kept.")
        self.say_totals()

    def say_line(self, at: int) -> None:
        line = self.lines[at]
        copies = f", {line.copies} copies" if line.copies > 1 else ""
        what = f"{at + 1}. {described(self.shop.library, line, self.shop.clinic)}{copies}"
        if line.name:
            self.voice.say(f"{what}, name ", Own(sentence(line.name)))
        else:
            self.voice.say(sentence(what))

    def say_list(self) -> None:
        for at in range(len(self.lines)):
            self.say_line(at)
        self.say_totals()

    def say_totals(self) -> None:
        if not self.lines:
            self.voice.say("No booklets yet.")
            return
        found = {at: size for at, line in enumerate(self.lines) if (size := self.count(at, line))}
        self.voice.say(str(totals(self.lines, found)))

    def count(self, at: int, line: Line) -> tuple[int, int] | None:
        """Pages and sheets; None, and why, where the line makes no booklet."""
        key = pages_key(line)
        if key not in self.counts:
            try:
                request = to_request(self.shop.library, line, self.shop.now().date(), self.shop.clinic)
                pages, sheet = pages_of(self.shop.library, request, self.shop.ruler)
            except RequestError as e:
                self.voice.say(f"Line {at + 1} cannot be made. {e.problems[0]}")
                return None
            self.counts[key] = (len(pages), sheets(len(pages), sheet))
        return self.counts[key]

    def make(self, prints: bool) -> None:
        """Makes every line, says what came of each, and prints those that are ready. Raises BookletError."""
        if not self.lines:
            raise RequestError(Problem("The list is empty.", EXAMPLE))
        folder = free_folder(self.shop.folder(), self.shop.now())
        self.voice.say("Making the booklets.")
        made: list[tuple[Path, int]] = []
        failed = 0
        for at, line in enumerate(self.lines):
            files, said = self.make_one(folder, at, line)
            made += [(path, line.copies) for path in files]
            failed += not files
            self.voice.say(f"{at + 1}. {described(self.shop.library, line, self.shop.clinic)}: {said}")
            self.voice.out.flush()
        self.voice.say(f"Done. {len(self.lines) - failed} of {counted(len(self.lines), 'booklet')} ready.")
        if made:
            kept.keep_clinic_list(to_kept(self.lines), self.shop.clinic)
            self.voice.say("They are in this folder:")
            self.voice.where(folder)
        if prints and made:
            self.print_all(made)

    def make_one(self, folder: Path, at: int, line: Line) -> tuple[list[Path], str]:
        """The files for the printer, and what became of the line; one that fails stops none of the others."""
        try:
            request = to_request(self.shop.library, line, self.shop.now().date(), self.shop.clinic)
            booklet = build(self.shop.library, request)
            files = booklet.files(folder / file_name(at + 1, len(self.lines), line, request))
            save_all(*files)
            self.talk.made = True
        except BookletError as e:
            told = " ".join(f"{each.what} {each.advice}".strip() for each in e.problems)
            return [], f"not made. {told}"
        except Exception as e:  # noqa: BLE001  # a fault in one booklet is no reason to make none of the others
            return [], f"not made. Something went wrong inside this program. Code: {fault_code(e)}."
        return [path for _, path in files[1:] or files], f"ready, {counted(booklet.pages or 0, 'page')}."

    def print_all(self, made: list[tuple[Path, int]]) -> None:
        for number, (path, copies) in enumerate(made, 1):
            try:
                outcome = printing.send(path, self.shop.clinic.printer, copies)
            except BookletError as e:
                problem(self.voice, *map(_spoken, e.problems))
                self.voice.say(f"{number - 1} of {len(made)} were sent. The booklets are safe in their folder.")
                return
            if number == len(made) or not outcome.sent:
                self.voice.say(outcome.said)
        self.voice.say(
            f"{counted(len(made), 'file')} in all. See if they are coming out. Take every page with you from the printer."
        )

    def leave(self) -> str:
        """Leaves at once when there is nothing to lose, else asks."""
        if not self.lines:
            return LEAVE
        text = "Do you want to leave? The list will be forgotten."
        return LEAVE if leaves(self.voice, text) else STAY


def _spoken(each: Problem) -> Problem:
    """Without the file, which they have just typed, and with its line in words."""
    what = f"Line {each.line} of the file: {each.what}" if each.line else each.what
    return replace(each, what=what, path=None, line=None)
