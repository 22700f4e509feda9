"""Where the focus is, the line that is being typed on, and what is to be seen: for the desk, and without the answers."""

from dataclasses import replace

from booklet.tui.draw import Screenful, View, draw
from booklet.tui.line import HIDDEN, Draft
from booklet.tui.page import Page
from booklet.tui.rows import Row, stops


class Focus:
    """A page, the row of it that the keyboard is on, and the window that shows them."""

    page: Page

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.size = (80, 24)
        self.hidden = False
        """Whether what was typed is kept off the screen."""

    def stops(self) -> list[Row]:
        """The rows that the keyboard reaches, a long text in as many parts as the window needs."""
        return [row for row in stops(self.page.view().rows(), self.size[0]) if row.key]

    def settle(self) -> None:
        """Puts the focus on a row that is there."""
        keys = [row.key for row in self.stops()]
        whole = self.page.at.rpartition(".")[0]
        near = next((key for key in (self.page.at, whole) if key in keys), None)
        self.focus(near or self.page.first())

    def focus(self, key: str) -> None:
        self.page.at = key
        self.draft = None
        value = self.value(key)
        if value is not None:
            self.draft = Draft(key, value, len(value))

    def value(self, key: str) -> str | None:
        """What is on the line with this key; None for a row that is no line to type on."""
        return next((row.value for row in (*self.page.body(), *self.page.foot()) if row.key == key), None)

    def move(self, by: int, group: bool = False) -> None:
        """To the next row or the next group of them; round at the ends by group alone."""
        self.commit()
        rows = self.stops()
        at = next((n for n, row in enumerate(rows) if row.key == self.page.at), 0)
        if not group:
            self.focus(rows[min(max(at + by, 0), len(rows) - 1)].key)
            return
        groups = list(dict.fromkeys(row.group for row in rows))
        target = groups[(groups.index(rows[at].group) + by) % len(groups)]
        inside = [row for row in rows if row.group == target]
        chosen = [row for row in inside if row.mark == "(*)"]
        self.focus((chosen or inside)[0].key)

    def commit(self) -> None:
        """What stands on the line becomes the answer."""
        draft, self.draft = self.draft, None
        if draft is not None and draft.text != self.value(draft.key):
            self.page.typed(draft.key, draft.text)

    def screen(self, size: tuple[int, int]) -> Screenful:
        """What is to be seen now."""
        if size != self.size:
            self.size = size
            if self.draft is None:
                self.settle()
        view = self.page.view()
        shown = draw(
            self._with_draft(view), size, self.page.at, self.page.top, self.draft.caret if self.draft else None
        )
        self.page.top = shown.top
        return shown

    def _with_draft(self, view: View) -> View:
        """The page with the line as it is being typed, and with nothing that is to be hidden."""
        return replace(view, body=tuple(map(self._shown, view.body)), foot=tuple(map(self._shown, view.foot)))

    def _shown(self, row: Row) -> Row:
        if row.value is None:
            return row
        focused = self.draft is not None and self.draft.key == row.key
        value = self.draft.text if self.draft is not None and focused else row.value
        if self.hidden and value and row.personal:
            value = "*" * len(value) if focused else HIDDEN
        return replace(row, value=value)
