"""How long a booklet will be: counted by laying it out, and kept for as long as the program runs.

A figure is looked up by the answers it was counted for, so that a figure for other answers is never shown.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from booklet import fonts
from booklet.build import pages_of, paper, sheets
from booklet.clinic import Clinic
from booklet.errors import RequestError
from booklet.library import Library
from booklet.paginate import Page, page_numbers
from booklet.questions import NAME, PACK, TOPICS, Answers, Questions, to_request
from booklet.request import Request
from booklet.theme import Stylesheet

LONG = 60
"""From here on a booklet is long: "start with less" is offered (product.md section 4), and it is too thick to fold."""
ENGLISH = "You can ask for any of this in another size or another way, and you can ask again at any time. "
"""Letters and spaces about as often as our text has them."""


class Size(NamedTuple):
    pages: int = 0
    sheets: int = 0
    letters: int = 0
    """In a line of running text, about."""
    problem: str = ""
    """Why these answers make no booklet, and what to do."""

    def words(self) -> str:
        return self.problem or paper(self.pages, self.sheets)

    @property
    def long(self) -> bool:
        return self.pages > LONG


Key = frozenset[tuple[str, tuple[str, ...]]]


class Counter:
    """Counts in any thread, one at a time; what is known is looked up without waiting."""

    def __init__(self, library: Library, asked: Questions, made: date, clinic: Clinic | None = None) -> None:
        self.library, self.asked, self.made, self.clinic = library, asked, made, clinic
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Nothing of what was answered stays in memory, the words that were measured included."""
        self._ruler = fonts.Ruler()
        self._sizes: dict[Key, Size] = {}
        self._chapters: dict[Key, Mapping[str, int]] = {}

    def known(self, answers: Answers) -> Size | None:
        return self._sizes.get(_key(answers))

    def size(self, answers: Answers) -> Size:
        """A name changes no page: the cover has room for it or for a line to write on."""
        key = _key(answers)
        with self._lock:
            if key not in self._sizes:
                self._sizes[key] = self._laid(
                    lambda: to_request(self.library, {**answers, NAME: ()}, self.made, self.clinic)
                )
            return self._sizes[key]

    def once(self, request: Callable[[], Request]) -> Size:
        """The size of the booklet of a request, which is not kept; a RequestError in making it is what it says."""
        with self._lock:
            return self._laid(request)

    def _laid(self, asked: Callable[[], Request]) -> Size:
        try:
            pages, sheet = pages_of(self.library, asked(), self._ruler)
            return Size(len(pages), sheets(len(pages), sheet), _letters(sheet, self._ruler))
        except RequestError as e:
            return Size(problem=str(e.problems[0]))

    def known_chapters(self, answers: Answers) -> Mapping[str, int]:
        """The pages of each topic, by its id; empty until they are counted."""
        return self._chapters.get(_key(_every(self.asked, answers)), {})

    def chapters(self, answers: Answers) -> Mapping[str, int]:
        """The pages of each topic, in a booklet of all of them: a topic begins a page wherever it is."""
        every = _every(self.asked, answers)
        key = _key(every)
        with self._lock:
            if key not in self._chapters:
                try:
                    request = to_request(self.library, {**every, NAME: ()}, self.made, self.clinic)
                    pages, _ = pages_of(self.library, request, self._ruler)
                    self._chapters[key] = _lengths(self.library, pages)
                except RequestError:
                    self._chapters[key] = {}
            return self._chapters[key]


def _lengths(library: Library, pages: list[Page]) -> dict[str, int]:
    """From the page on which a topic begins to that on which something else does."""
    at = page_numbers(pages)
    begins = [anchor for anchor in at if "/" not in anchor or anchor.partition("/")[0] not in at]
    ends = [*(at[anchor] for anchor in begins[1:]), len(pages) + 1]
    topics = {topic.id for topic in library.topics}
    return {anchor: end - at[anchor] for anchor, end in zip(begins, ends, strict=True) if anchor in topics}


def _letters(sheet: Stylesheet, ruler: fonts.Ruler) -> int:
    """About how many letters and spaces a line of running text holds."""
    body = sheet["body"]
    each = ruler.width(ENGLISH, body.regular, body.size) / len(ENGLISH) + sheet.tracking * body.size
    return min(int(sheet.measure / each), sheet.line_length)


def _key(answers: Answers) -> Key:
    return frozenset((key, value) for key, value in answers.items() if key != NAME)


def _every(asked: Questions, answers: Answers) -> Answers:
    """The same answers, with every topic there is."""
    return {**answers, PACK: ("",), TOPICS: tuple(option.value for option in asked[TOPICS].options)}
