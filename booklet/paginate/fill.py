"""Strips to pages: heights, and what must stay together."""

from collections.abc import Iterable, Iterator

from booklet.paginate.types import HEADING, ITEM, LEAD, LOOSE, PAIR, Page, Placed, Strip

_SLACK = 0.01
"""Points that rounding may take; far below what a printer can show."""
_BLANK = 0.4
"""The share of a page that may stay blank to keep a box whole. Past it the box is divided between its
blocks, and a block of a divided box between its items: a page with one sign on it wastes paper and hides the others."""


def fill(strips: Iterable[Strip], depth: float) -> list[Page]:
    """Stack strips onto pages `depth` points tall.

    A group bound by `keep` goes whole to the next page when it does not fit. It is divided, at its
    weakest joints first, when it is taller than a page or its going would leave most of a page blank.
    """
    stack = _Stack(depth)
    for group in _groups(list(strips), 0):
        stack.place(group, 0)
    return stack.finish()


class _Stack:
    def __init__(self, depth: float) -> None:
        self.depth = depth
        self.pages: list[list[Placed]] = [[]]
        self.y = 0.0

    def place(self, group: list[Strip], level: int) -> None:
        if group[0].new_page and self.pages[-1]:
            self.turn()
        if not self.fits(group, self.pages[-1]):
            if self.pages[-1] and self.fits(group, []) and not self.wasteful(group, level):
                self.turn()
            elif level < HEADING:
                for part in _groups(group, level + 1):
                    self.place(part, level + 1)
                return
            else:
                for strip in group:
                    if self.pages[-1] and not self.fits([strip], self.pages[-1]):
                        self.turn()
                    self.put(strip)
                return
        for strip in (*self.head(group, self.pages[-1]), *group):
            self.put(strip)

    def fits(self, group: list[Strip], page: list[Placed]) -> bool:
        """Whether a page with these lines on it can take the group, and its foot if it ends there.

        What is repeated above a group is left out only where the group cannot be divided to make room for it.
        """
        y = self.y if page else 0.0
        before = page[-1].strip if page else None
        divisible = any(strip.keep < LEAD for strip in group[:-1])
        head = group[0].head if divisible and not page else self.head(group, page)
        return end_of((*head, *group, *group[-1].foot), y, before) <= self.depth + _SLACK

    def head(self, group: list[Strip], page: list[Placed]) -> tuple[Strip, ...]:
        """What is repeated above a group that begins a page: all of it where there is room for both, else its lead."""
        head, lead = group[0].head, group[0].lead
        if page:
            return ()
        if end_of((*head, *group, *group[-1].foot)) <= self.depth + _SLACK:
            return head
        return (*head[:1], *head[-lead:]) if lead else ()

    def wasteful(self, group: list[Strip], level: int) -> bool:
        """Whether turning the page for a group leaves much of it blank, and the group can be divided.

        A box is divided between its blocks; a block of a divided box between its items; its last items one by one.
        """
        joints = (LOOSE, ITEM, PAIR)[: level + 1]
        return self.y < self.depth * (1 - _BLANK) and any(strip.keep in joints for strip in group[:-1])

    def put(self, strip: Strip) -> None:
        page = self.pages[-1]
        gap = max(page[-1].strip.below, strip.above) if page else 0.0
        page.append(Placed(strip, self.y + gap))
        self.y += gap + strip.height

    def turn(self) -> None:
        """Begin a new page, with what belongs at the foot of the one that ends."""
        page = self.pages[-1]
        foot = page[-1].strip.foot if page else ()
        top = self.depth - sum(strip.height for strip in foot)
        for strip in foot:
            page.append(Placed(strip, top))
            top += strip.height
        self.pages.append([])
        self.y = 0.0

    def finish(self) -> list[Page]:
        return [Page(number, tuple(lines)) for number, lines in enumerate(self.pages, 1)]


def end_of(strips: Iterable[Strip], y: float = 0.0, before: Strip | None = None) -> float:
    """How far down the last of the strips ends, stacked from `y` below the strip before."""
    for strip in strips:
        y += (max(before.below, strip.above) if before else 0.0) + strip.height
        before = strip
    return y


def _groups(strips: list[Strip], level: int) -> Iterator[list[Strip]]:
    """Runs of strips joined by a `keep` stronger than `level`; a strip that begins a page begins a group."""
    group: list[Strip] = []
    for strip in strips:
        if group and strip.new_page:
            yield group
            group = []
        group.append(strip)
        if strip.keep <= level:
            yield group
            group = []
    if group:
        yield group
