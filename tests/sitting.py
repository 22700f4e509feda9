"""A sitting at the interface without a screen: keys go in, lines of text come out, and jobs are done at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from booklet import counting
from booklet.errors import OutputError, Problem
from booklet.library import Library
from booklet.paginate import Page as Laid
from booklet.paginate import Placed, Strip
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
from booklet.tui.outside import Outside
from booklet.tui.page import Page
from booklet.tui.screens import done, leave, making
from booklet.tui.screens.check import Check
from booklet.tui.screens.copy import Copy
from booklet.tui.screens.gate import Gate
from booklet.tui.screens.help import Help
from booklet.tui.screens.look import Look
from booklet.tui.screens.one import One
from booklet.tui.screens.packs import Packs
from booklet.tui.screens.person import Person
from booklet.tui.screens.problem import Problem as ProblemPage
from booklet.tui.screens.reading import Reading
from booklet.tui.screens.size_test import SizeTest
from booklet.tui.screens.start import Start
from booklet.tui.screens.topics import Topics
from tests.conftest import MADE, styles

SIZES = ((80, 24), (40, 24), (40, 12), (120, 40))
TINY = (26, 10)
NAMED = {"space": " "}


class Sitting:
    """Does the jobs of its desk between two keys, as an app does in the time between two keys."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.jobs: list[Job] = []
        self.code: int | None = None
        self.opened: list[Path] = []
        self.stopping: set[str] = set()
        self.desk = Desk(self, Outside(lambda: folder, self.opened.append), MADE)
        self.desk.ready(library)
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
    made = making.Made(Path("/home/somebody/Documents/booklet-2026-11-21-1432.pdf"), Fake())  # type: ignore[arg-type]
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
        "done": lambda: done.Done(desk, made),
        "copy": lambda: Copy(desk, made),
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


class Fake:
    warnings = ("breaks/taking-a-break was due to be checked by 2026-01-01",)

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
    "copy",
    "problem",
    "leave",
    "help",
    "size test",
    "look",
]


class Built(Fake):
    data = b"%PDF-1.7"
