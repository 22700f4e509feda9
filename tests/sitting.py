"""A sitting at the interface without a screen: keys go in, lines of text come out, and jobs are done at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree

import pytest

from booklet import counting
from booklet.build import Booklet
from booklet.clinic_list import parse
from booklet.errors import OutputError, PrintingError, Problem
from booklet.library import Library
from booklet.paginate import Page as Laid
from booklet.paginate import Placed, Strip
from booklet.printing import Outcome, Printer
from booklet.questions import (
    ABOUT,
    PERSONAL,
    YES,
    fact_key,
)
from booklet.request import Request
from booklet.tui.desk import Desk
from booklet.tui.draw import Screenful
from booklet.tui.jobs import Job
from booklet.tui.loading import Known
from booklet.tui.outside import Outside
from booklet.tui.page import Page
from booklet.tui.screens import done, leave, making, printing
from booklet.tui.screens.check import Check
from booklet.tui.screens.clinic_list import ClinicList
from booklet.tui.screens.clinic_reading import ClinicChoice, ClinicReading
from booklet.tui.screens.clinic_settings import ClinicSettings
from booklet.tui.screens.gate import Gate
from booklet.tui.screens.help import Help
from booklet.tui.screens.list_made import ListMade, Result
from booklet.tui.screens.load_list import LoadList
from booklet.tui.screens.look import Look
from booklet.tui.screens.one import One
from booklet.tui.screens.packs import Packs
from booklet.tui.screens.person import Person
from booklet.tui.screens.printers import Printers
from booklet.tui.screens.problem import Problem as ProblemPage
from booklet.tui.screens.reading import Reading
from booklet.tui.screens.save_pack import SavePack
from booklet.tui.screens.size_test import SizeTest
from booklet.tui.screens.start import Start
from booklet.tui.screens.topics import Topics
from booklet.tui.screens.unsaved import Unsaved
from booklet.tui.screens.where import Where
from tests.conftest import MADE, styles

SIZES = ((80, 24), (40, 24), (40, 12), (120, 40))
TINY = (26, 10)
NAMED = {"space": " "}
NOW = datetime(2026, 11, 21, 14, 32)


class Sitting:
    """Does the jobs of its desk between two keys, as an app does in the time between two keys."""

    def __init__(self, library: Library, folder: Path, known: Known | None = None) -> None:
        self.jobs: list[Job] = []
        self.code: int | None = None
        self.opened: list[Path] = []
        self.stopping: set[str] = set()
        self.printed: list[tuple[str, str, int]] = []
        """The name of each file that was printed, its printer and its copies."""
        self.printers: tuple[Printer, ...] = (Printer("Desk", True), Printer("Ward", False))
        self.refused: PrintingError | None = None
        """What the printing says instead of taking a file."""
        self.work = folder.parent / f"{folder.name}-work"
        outside = Outside(
            lambda: folder, self.opened.append, lambda: self.printers, self.send, self.working, lambda: NOW
        )
        self.desk = Desk(outside, MADE)
        self.desk.host = self
        self.desk.ready(known or Known(library))
        self.size = (80, 24)

    def start(self, job: Job) -> None:
        self.stop(job.group)
        self.stopping.discard(job.group)
        self.jobs.append(job)

    def stop(self, group: str) -> None:
        self.stopping.add(group)
        self.jobs = [job for job in self.jobs if job.group != group]

    def exit(self, code: int) -> None:
        self.code = code

    def send(self, path: Path, printer: str, copies: int) -> Outcome:
        if self.refused:
            raise self.refused
        assert path.read_bytes()
        self.printed.append((path.name, printer, copies))
        return Outcome(True, f"Sent to the printer: {printer}.")

    @contextmanager
    def working(self) -> Iterator[Path]:
        self.work.mkdir(mode=0o700, exist_ok=True)
        yield self.work
        rmtree(self.work)

    def finish(self) -> None:
        while self.jobs:
            job = self.jobs.pop(0)

            def tell(found: object = None, job: Job = job) -> None:
                if found is not None:
                    job.told(found)

            try:
                result: object = job.run(tell)
            except Exception as e:  # noqa: BLE001  # as the app does
                result = e
            job.then(result)
            self.desk.settle()

    def keys(self, *keys: str) -> "Sitting":
        for key in keys:
            self.desk.key(key, NAMED.get(key, key if len(key) == 1 else None))
            self.finish()
        return self

    def type(self, text: str) -> "Sitting":
        return self.keys(*("space" if letter == " " else letter for letter in text))

    def screen(self) -> Screenful:
        return self.desk.screen(self.size)

    def rows(self) -> list[str]:
        return [line.text.rstrip() for line in self.screen().lines]

    def grid(self) -> str:
        return "\n".join(self.rows())

    def words(self) -> str:
        """All that is to be seen, as one line."""
        return " ".join(self.grid().split())

    def focused(self) -> str:
        return " ".join(" ".join(line.text for line in self.screen().lines if line.focused).split())


def short_booklets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages for each section and one for each point above 16: nothing is laid out."""
    sheets = {size: styles(size) for size in ("16", "18", "20", "24", "28", "36")}

    def pages_of(library: Library, request: Request, ruler: object) -> tuple[list[Laid], object]:
        size = request.preferences.get("text-size", "18")
        detail = {"key-points": -4, "less": 0, "more": 4}[request.preferences.get("detail", "less")]
        pages = [Laid(0, ()) for _ in range(int(size) - 6 + detail)]
        topics: Mapping[str, list[str]] = {}
        for id in request.sections:
            topics = {**topics, id.partition("/")[0]: [*topics.get(id.partition("/")[0], []), id]}
        for topic, sections in topics.items():
            pages.append(Laid(0, (Placed(Strip((), 0, anchor=topic), 0),)))
            pages += [Laid(0, ()) for _ in sections[1:]]
        return [*pages, Laid(0, (Placed(Strip((), 0, anchor="about-the-content"), 0),))], sheets[size]

    monkeypatch.setattr(counting, "pages_of", pages_of)


def opened(sitting: Sitting, name: str) -> None:
    """The page of this name, with answers on it."""
    desk = sitting.desk
    sitting.keys("enter", "space", "down", "space", "right")
    made = making.Made(Path("/home/somebody/work/booklet-2026-11-21-1432.pdf"), Fake(), "A4", "both", personal=True)  # type: ignore[arg-type]
    ready = done.Done(desk, made)
    listed = ClinicList(desk)
    desk.listed.change(tuple(parse(desk.library, text) for text in ("newly 24", "trials 28 x2 = Edna", "carer")), "")
    pages: dict[str, Callable[[], Page]] = {
        "start": lambda: Start(desk),
        "topics": lambda: Topics(desk),
        "packs": lambda: Packs(desk),
        "reading": lambda: Reading(desk),
        "more": lambda: Gate(desk, desk.asked["more-reading"]),
        "person": lambda: Person(desk),
        "about": lambda: Gate(desk, desk.asked[ABOUT]),
        "personal": lambda: Gate(desk, desk.asked[PERSONAL]),
        "sites": lambda: One(desk, desk.asked[fact_key("sites")]),
        "prognosis": lambda: One(desk, desk.asked[fact_key("prognosis")]),
        "check": lambda: Check(desk),
        "making": lambda: making.Making(desk),
        "done": lambda: ready,
        "where": lambda: Where(desk, "Where should the copy go?", lambda path: None),
        "printing": lambda: printing.Printing(desk, ready),
        "printed": lambda: with_outcome(printing.Printing(desk, ready), Outcome(True, "Sent to the printer: Ward.")),
        "not printed": lambda: with_outcome(
            printing.Printing(desk, ready), PrintingError(Problem("It did not answer.", "Open it instead."))
        ),
        "printers": lambda: Printers(desk, "Ward", lambda name: None, usual=True),
        "unsaved": lambda: Unsaved(desk, ready, "Delete it and leave", lambda: None),
        "clinic list": lambda: listed,
        "making the list": lambda: ListMade(desk),
        "list made": lambda: list_made(desk, made),
        "load a list": lambda: LoadList(desk, listed),
        "save as a pack": lambda: SavePack(desk),
        "clinic settings": lambda: ClinicSettings(desk),
        "clinic reading": lambda: ClinicReading(desk, ClinicSettings(desk)),
        "clinic choice": lambda: ClinicChoice(desk, ClinicSettings(desk), desk.asked["paper"]),
        "problem": lambda: ProblemPage(
            desk, OutputError(Problem("There is no room.", "Free some space.")), lambda: None
        ),
        "leave": lambda: leave.Leave(desk),
        "help": lambda: Help(desk, desk.page),
        "size test": lambda: SizeTest(desk),
        "look": lambda: Look(desk),
    }
    for gate in ("more-reading", ABOUT, PERSONAL):
        desk.change(desk.asked[gate], (YES,))
    desk.open(pages[name]())
    sitting.finish()


def with_outcome(page: printing.Printing, outcome: Outcome | PrintingError) -> Page:
    page.outcome = outcome
    return page


def list_made(desk: Desk, made: making.Made) -> Page:
    """A list of which one line could not be made."""
    page = ListMade(desk)
    page.told(Result(0, "ready: 58 pages", made))
    page.told(Result(1, "problem: There is no room left to write the booklet. Free some space."))
    page.told(Result(2, "ready: 12 pages", made))
    page.running = False
    return page


class Fake:
    warnings = ("breaks/taking-a-break was due to be checked by 2026-01-01",)

    pages, folded = 58, ()

    def size(self) -> str:
        return "58 pages, 29 sheets of paper."


PAGES = [
    "start",
    "topics",
    "packs",
    "reading",
    "more",
    "person",
    "about",
    "personal",
    "sites",
    "prognosis",
    "check",
    "making",
    "done",
    "where",
    "printing",
    "printed",
    "not printed",
    "printers",
    "unsaved",
    "clinic list",
    "making the list",
    "list made",
    "load a list",
    "save as a pack",
    "clinic settings",
    "clinic reading",
    "clinic choice",
    "problem",
    "leave",
    "help",
    "size test",
    "look",
]


class Built(Fake):
    data = b"%PDF-1.7"
    files = Booklet.files
