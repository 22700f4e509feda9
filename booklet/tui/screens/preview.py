"""The text of each real page, line by line as it will be printed."""

from typing import TYPE_CHECKING, ClassVar

from booklet.build import pages_of
from booklet.fonts import Ruler
from booklet.paginate import Page as Laid
from booklet.paginate import Piece
from booklet.questions import to_request
from booklet.tui.jobs import Job, Stopped, Tell
from booklet.tui.page import BACK, HELP, MOVE, NEXT, Page
from booklet.tui.rows import Row, button, reading

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


def _lines(page: Laid) -> list[str]:
    """What is printed on a page, its foot last."""
    foot = ["", _text(page.foot.strip.pieces)] if page.foot else []
    return [*(_text(line.strip.pieces) for line in page.lines if line.strip.pieces), *foot]


def _text(pieces: tuple[Piece, ...]) -> str:
    """A line with a space where the page has a gap: behind a bullet, between the columns of a table."""
    said, end = "", 0.0
    for piece in pieces:
        gap = said and not said.endswith(" ") and piece.x - end > piece.size / 8
        said += f"{' ' if gap else ''}{piece.text}"
        end = piece.x + piece.width
    return said


class Preview(Page):
    place = "Preview"
    hint = "Each line here is a line of the page. Pictures and lines to write on are not shown."
    help = (
        "Right or Page Down shows the next page, Left or Page Up the page before.",
        "Open the real PDF makes the booklet and shows it in this computer's PDF reader.",
    )
    keys: ClassVar[tuple[str, ...]] = (MOVE, "Right  next page", "Left  page before", NEXT, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.answers = desk.answers
        self.pages: list[list[str]] = []
        self.number = 0
        desk.host.start(Job("preview", self.run, self.ended))

    @property
    def heading(self) -> str:  # type: ignore[override]  # it says which page is shown
        return f"Page {self.number + 1} of {len(self.pages)}" if self.pages else "Laying out the pages"

    def run(self, tell: Tell) -> list[list[str]]:
        """In another thread."""
        desk = self.desk
        request = to_request(desk.library, self.answers, desk.made, desk.clinic)
        pages, _ = pages_of(desk.library, request, Ruler())
        return [_lines(page) for page in pages]

    def ended(self, result: object) -> None:
        if isinstance(result, list):
            self.pages = result
            self.at = ""  # the focus goes to the button that is there now
        elif isinstance(result, Exception) and not isinstance(result, Stopped):
            self.desk.fail(result)

    def body(self) -> list[Row]:
        if not self.pages:
            return []
        if self.desk.hidden:
            return [Row("What you typed is hidden, and so is the preview. Ctrl+L shows it.")]
        return list(reading(self.pages[self.number])) or [Row("This page is to write on.")]

    def foot(self) -> list[Row]:
        if not self.pages:
            return []
        after = [button("next", "Next page")] if self.number + 1 < len(self.pages) else []
        before = [button("before", "Page before")] if self.number else []
        return [*after, *before, button("open", "Open the real PDF")]

    def first(self) -> str:
        """The button that is there on nearly every page, so that Enter turns the pages."""
        rows = self.foot()
        return rows[0].key if rows else "back"

    def press(self, key: str) -> None:
        from booklet.tui.screens.making import Making

        if key == "open":
            Making(self.desk, show=True).begin()
        else:
            self.page_by(1 if key == "next" else -1)

    def page_by(self, pages: int) -> bool:
        self.number = min(max(self.number + pages, 0), max(len(self.pages) - 1, 0))
        self.top = 0
        return True

    def side(self, key: str, right: bool) -> None:
        self.page_by(1 if right else -1)
