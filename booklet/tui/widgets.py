"""Widgets whose state is text: stock toggles differ by colour alone and use glyphs that consoles lack.

Each says where its focused label is (`cursor_cell`), so that the hardware cursor, which magnifiers
and braille displays follow, stands on it.
"""

import textwrap
from typing import Literal

from rich.text import Text
from textual.geometry import Offset
from textual.widget import Widget

from booklet.questions import Option

FOCUSED = "bold reverse"


Kind = Literal["many", "one", "action"]


class ChoiceList(Widget, can_focus=True):
    """A list to choose many from, or one, or an action; it wraps long labels and scrolls by whole options."""

    DEFAULT_CSS = "ChoiceList { height: 1fr; min-height: 3; }"

    def __init__(self, options: tuple[Option, ...], kind: Kind, chosen: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.options, self.kind, self.chosen = options, kind, chosen
        self.at = next((n for n, option in enumerate(options) if option.value in chosen), 0)
        self.top = 0
        self.row = 0

    def move(self, key: str) -> bool:
        """Moves the pointer; False when there is nothing further that way."""
        last = len(self.options) - 1
        target = {"up": self.at - 1, "down": self.at + 1, "home": 0, "end": last}[key]
        if 0 <= target <= last:
            self.at = target
            if self.kind == "one":  # as radio buttons do: what is pointed at is what is chosen
                self.chosen = (self.options[target].value,)
            self.refresh()
            return True
        return False

    def toggle(self) -> None:
        value = self.options[self.at].value
        wanted = set(self.chosen) ^ {value} if self.kind == "many" else {value}
        self.chosen = tuple(option.value for option in self.options if option.value in wanted)
        self.refresh()

    @property
    def cursor_cell(self) -> Offset:
        return self.content_region.offset + Offset(0, self.row)

    def render(self) -> Text:
        width, height = max(self.size.width, 12), max(self.size.height, 1)
        blocks = [self.lines(n, width) for n in range(len(self.options))]
        self.top = min(self.top, self.at)
        while self.top and bool(self.top - 1) + sum(map(len, blocks[self.top - 1 :])) <= height:
            self.top -= 1  # the window has grown
        while self.top < self.at and not self.shows(blocks, height):
            self.top += 1
        out = Text()
        above = self.top
        if above:
            out.append(f"  More above: {above} of {len(blocks)} not shown\n")
        used, shown = int(bool(above)), self.top
        while shown < len(blocks) and used + len(blocks[shown]) + (shown + 1 < len(blocks)) <= height:
            if shown == self.at:
                self.row = used
            style = FOCUSED if shown == self.at and self.has_focus else ""
            for line in blocks[shown]:
                out.append(line.ljust(width) + "\n", style)
            used += len(blocks[shown])
            shown += 1
        if shown < len(blocks):
            out.append(f"  More below: {len(blocks) - shown} of {len(blocks)} not shown")
        return out

    def shows(self, blocks: list[list[str]], height: int) -> bool:
        """Whether the option at the pointer fits when the list begins at `top`."""
        used = bool(self.top) + sum(len(block) for block in blocks[self.top : self.at + 1])
        return used + (self.at + 1 < len(blocks)) <= height

    def mark(self, value: str) -> str:
        on, off = {"many": ("[x] ", "[ ] "), "one": ("(*) ", "( ) "), "action": ("", "")}[self.kind]
        return on if value in self.chosen else off

    def lines(self, n: int, width: int) -> list[str]:
        pointer = ">" if n == self.at and self.has_focus else " "
        option = self.options[n]
        start, label = f"{pointer} {self.mark(option.value)}", option.label
        if self.kind == "action":
            label = f"[ {label} ]"
        wrapped = textwrap.wrap(label, width - len(start)) or [""]
        return [start + wrapped[0], *(" " * len(start) + line for line in wrapped[1:])]


class Action(Widget, can_focus=True):
    """A button: `[ Continue ]`, with a pointer when it has the focus."""

    DEFAULT_CSS = "Action { height: auto; width: 1fr; }"

    def __init__(self, label: str, id: str) -> None:
        super().__init__(id=id)
        self.label = label

    @property
    def cursor_cell(self) -> Offset:
        return self.content_region.offset

    def render(self) -> Text:
        pointer = ">" if self.has_focus else " "
        lines = textwrap.wrap(f"[ {self.label} ]", max(self.size.width - 2, 10)) or [""]
        text = "\n".join([f"{pointer} {lines[0]}", *(f"    {line}" for line in lines[1:])])
        return Text(text, FOCUSED if self.has_focus else "")
