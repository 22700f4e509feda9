"""A sitting at the interface without a screen: keys go in, lines of text come out, and jobs are done at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from booklet import counting
from booklet.library import Library
from booklet.paginate import Page, Placed, Strip
from booklet.request import Request
from booklet.tui.desk import Desk, Job
from booklet.tui.draw import Screenful
from booklet.tui.outside import Outside
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

    def pages_of(library: Library, request: Request, ruler: object) -> tuple[list[Page], object]:
        size = request.preferences.get("text-size", "18")
        detail = {"key-points": -4, "less": 0, "more": 4}[request.preferences.get("detail", "less")]
        pages = [Page(0, ()) for _ in range(int(size) - 6 + detail)]
        topics: Mapping[str, list[str]] = {}
        for id in request.sections:
            topics = {**topics, id.partition("/")[0]: [*topics.get(id.partition("/")[0], []), id]}
        for topic, sections in topics.items():
            pages.append(Page(0, (Placed(Strip((), 0, anchor=topic), 0),)))
            pages += [Page(0, ()) for _ in sections[1:]]
        return [*pages, Page(0, (Placed(Strip((), 0, anchor="about-the-content"), 0),))], sheets[size]

    monkeypatch.setattr(counting, "pages_of", pages_of)
