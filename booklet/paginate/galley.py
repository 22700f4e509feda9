"""Blocks to galley: each block set as strips one line high, which know what they must stay with."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from booklet.model import (
    Admonition,
    Block,
    Contents,
    Emergency,
    Heading,
    List,
    NodePath,
    Paragraph,
    QrCode,
    Run,
    Runs,
    Table,
    WriteIn,
    plain,
)
from booklet.model import Ruler as RulerBlock
from booklet.paginate.figures import beside, check_ruler, qr_code
from booklet.paginate.lines import set_lines, widest_word
from booklet.paginate.share import share
from booklet.paginate.strips import as_artifact, framed, together
from booklet.paginate.types import (
    FREE,
    HEADING,
    ITEM,
    LEAD,
    LINE,
    LOOSE,
    PAGE_NUMBER,
    PAIR,
    Frame,
    Picture,
    Piece,
    Placed,
    Rule,
    Ruler,
    Strip,
)
from booklet.theme import Stylesheet, TextStyle

CONTINUED = "{title}, continued"
MORE_SIGNS = "More signs on the next page"
MORE = "More on the next page"
ROOM = 0.5
"""Lines between a box that goes on to the next page and the line that says so."""
LEAD_LINES = 3
"""A longer lead-in is not said again where its list goes on: the list would have no room."""


@dataclass(frozen=True)
class Setter:
    """Sets blocks in one stylesheet with one ruler."""

    sheet: Stylesheet
    ruler: Ruler

    def galley(self, block: Block, path: NodePath) -> list[Strip]:
        return list(self.block(block, path, 0, self.sheet.measure, self.sheet["body"]))

    def block(self, block: Block, path: NodePath, x: float, width: float, body: TextStyle) -> Iterator[Strip]:
        """The strips of a block between `x` and `x + width`; `body` is the style of its running text."""
        match block:
            case Paragraph(runs, leads, sample):
                if sample:
                    leading = sample.size * body.leading / body.size
                    body = replace(body, regular=sample.font, size=sample.size, leading=leading)
                into_list = plain(runs).rstrip().endswith(":")
                strips = self.lines(runs, body, path, x, width)
                if into_list:  # a lead-in stands nearer to its list than one paragraph to the next
                    strips[-1] = replace(strips[-1], below=min(self.sheet["list"].below, body.below))
                yield from together(strips, last=LEAD if leads or into_list else FREE)
            case Heading():
                yield from self.heading(block, path, x, width)
            case List():
                yield from self.listing(block, path, x, width, body)
            case Admonition():
                yield from self.admonition(block, path, x, width, body)
            case Emergency():
                yield from self.emergency(block, path, x, width)
            case Table():
                yield from self.table(block, path, x, width)
            case WriteIn():
                yield from self.write_in(block, path, x, width)
            case RulerBlock():
                yield from self.check_ruler(block, path, x, width)
            case QrCode():
                yield from self.qr_code(block, path, x)
            case Contents():
                yield from self.contents(block, path, x, width)

    def lines(
        self, runs: Runs, style: TextStyle, path: NodePath | None, x: float, width: float, tag: str = ""
    ) -> list[Strip]:
        """Text as strips, with the space of the style above the first and below the last."""
        lines = set_lines(runs, style, width, self.ruler, owner=path, x=x, tag=tag, limit=self.sheet.line_length)
        baseline = (style.leading + 0.68 * style.size) / 2  # capitals are two thirds of the size: centre them
        strips = [Strip(line.pieces, style.leading, baseline) for line in lines] or [Strip((), style.leading, baseline)]
        strips[0] = replace(strips[0], above=style.above, new_page=style.new_page)
        strips[-1] = replace(strips[-1], below=style.below)
        return strips

    def heading(self, block: Heading, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        style = self.sheet["title" if block.cover else f"h{block.level}"]
        strips = self.lines(block.runs, style, path, x, width)
        feet = (plain(block.runs), block.short) if block.level == 1 and not block.cover else ()
        running = tuple(filter(None, feet))
        strips[0] = replace(strips[0], anchor=block.anchor, running=running, colours=block.colours)
        if block.picture and self.sheet.picture:
            size = self.sheet.picture
            drawn = Strip((), size, above=strips[0].above, below=size / 4, picture=Picture(block.picture, x, size))
            strips = [
                replace(drawn, new_page=strips[0].new_page),
                replace(strips[0], new_page=False, above=0),
                *strips[1:],
            ]
        yield from (replace(strip, keep=HEADING) for strip in strips)

    def listing(self, block: List, path: NodePath, x: float, width: float, body: TextStyle) -> Iterator[Strip]:
        for item in self.items(block, path, x, width, body):
            yield from item

    def items(self, block: List, path: NodePath, x: float, width: float, body: TextStyle) -> Iterator[list[Strip]]:
        """The strips of each item. The first two and the last two stay together, so that none is lonely."""
        style = self.sheet["list"]
        labels = [block.label(n) for n in range(len(block.items))]
        widest = max(self.ruler.width(label, body.font, body.size) for label in labels)
        indent = max(style.indent, widest + 0.4 * body.size)
        last = len(block.items) - 1
        for n, item in enumerate(block.items):
            inner = [
                self.block(each, (*path, n, i), x + indent, width - indent, body) for i, each in enumerate(item.blocks)
            ]
            strips = [strip for block_strips in inner for strip in block_strips]
            label = self.pieces(labels[n], body, x, (*path, n), "Lbl")
            strips[0] = replace(strips[0], pieces=(*label, *strips[0].pieces))
            lonely = n in (0, last - 1) and n != last
            strips = list(together(strips, last=PAIR if lonely else FREE))
            strips[-1] = replace(strips[-1], below=body.below if n == last else style.below)
            yield strips

    def pieces(self, text: str, style: TextStyle, x: float, owner: NodePath | None, tag: str = "") -> tuple[Piece, ...]:
        """Text on one line, a piece for each face that it needs."""
        made = []
        for font, stretch in self.ruler.spans(text, style.font):
            width = self.ruler.width(stretch, font, style.size)
            made.append(Piece(x, width, stretch, font, style.size, owner, tag))
            x += width
        return tuple(made)

    def admonition(self, block: Admonition, path: NodePath, x: float, width: float, body: TextStyle) -> Iterator[Strip]:
        style = self.sheet[block.kind]
        boxed = style.frame == "box"
        inner_x, inner_width = x + style.indent, width - style.indent * (2 if boxed else 1)
        title = replace(self.sheet["h3"], above=0)
        top, again_top, bottom = self.edges(style, x, width)
        drawn = self.sheet.box_picture if block.picture else 0.0
        beside_it = inner_x + drawn * 1.25, inner_width - drawn * 1.25
        titled = self.lines((Run(block.title),), title, path, *beside_it, "Title")
        strips = [top, *together(beside(titled, Picture(block.picture, inner_x, drawn)), HEADING)]
        again = self.lines((Run(CONTINUED.format(title=block.title)),), title, None, inner_x, inner_width)
        head = (again_top, *together(again, LINE))
        lead: tuple[Strip, ...] = ()
        listed = block.kind != "get-help"
        for i, inner in enumerate(block.blocks):
            units = [strips for strips, _ in self.units(inner, (*path, i), inner_x, inner_width, body)]
            for unit in units:  # a list that goes on says again what it is a list of
                unit[0] = replace(unit[0], head=(*head, *lead), lead=len(lead))
            if isinstance(inner, List) and not listed:  # the first list is of the most urgent signs: kept whole
                units = [[*unit[:-1], replace(unit[-1], keep=max(unit[-1].keep, PAIR))] for unit in units[:-1]] + [
                    units[-1]
                ]
                listed = True
            made = [strip for unit in units for strip in unit]
            opens = i == 0 and isinstance(inner, Paragraph) and len(block.blocks) > 1
            if opens:  # a box is not begun with one line at the foot of a page
                made[-1] = replace(made[-1], below=self.sheet["list"].below, keep=LEAD)
            if i and isinstance(inner, Paragraph) and made[-1].keep == FREE:
                strips[-1] = replace(strips[-1], keep=PAIR)  # what ends a list is not parted from it
            leads = made[-1].keep == LEAD and len(made) <= LEAD_LINES
            lead = tuple(as_artifact(strip) for strip in made) if leads else ()
            strips += [replace(strip, keep=max(strip.keep, ITEM)) for strip in made[:-1]]
            strips.append(replace(made[-1], keep=max(made[-1].keep, LOOSE)))
        goes_on = tuple(self.foot(MORE, replace(body, below=ROOM * body.leading), x, width))
        strips = [replace(s, foot=goes_on) if FREE < s.keep < LINE and s.pieces else s for s in strips]
        strips[-1] = replace(strips[-1], below=0, keep=HEADING)
        strips.append(bottom)
        if style.frame != "none":
            frame = Frame(path, style.frame, x, width, style.weight)
            strips = [framed(strip, frame) for strip in strips]
        strips[0] = replace(strips[0], above=style.above)
        strips[-1] = replace(strips[-1], below=style.below, keep=FREE)
        yield from strips

    def edges(self, style: TextStyle, x: float, width: float) -> tuple[Strip, Strip, Strip]:
        """What is inside the frame of a box above its text, above it where the box goes on, and below it."""
        pad = Strip((), style.indent * 0.6 if style.frame == "box" else 0, keep=HEADING)
        return pad, pad, pad

    def emergency(self, block: Emergency, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """A page of its own, continued only between items (product.md section 2 item 2)."""
        body = self.sheet["emergency"]
        title = self.title(block.title, self.sheet["emergency-title"], path, x, width)
        title[0] = replace(title[0], new_page=True, anchor=block.anchor, running=(block.title,))
        again_style = self.sheet["emergency-again"]
        again = tuple(self.title(CONTINUED.format(title=block.title), again_style, None, x, width))
        feet = [tuple(self.foot(text, body, x, width)) if self.sheet.feet else () for text in (MORE_SIGNS, MORE)]
        units = [unit for i, inner in enumerate(block.blocks) for unit in self.units(inner, (*path, i), x, width, body)]
        strips = [list(together(unit, last=LOOSE)) for unit, _ in units]
        signs = [is_sign for _, is_sign in units]
        starts = share(strips, signs, (title, again), feet, self.sheet.depth)
        for n, unit in enumerate(strips):
            if n in starts and n:
                unit[0] = replace(unit[0], new_page=True, head=again)
            if n + 1 in starts:
                unit[-1] = replace(unit[-1], foot=feet[0] if any(signs[n + 1 :]) else feet[1])
        yield from title
        for unit in strips:
            yield from unit

    def units(
        self, block: Block, path: NodePath, x: float, width: float, body: TextStyle
    ) -> Iterator[tuple[list[Strip], bool]]:
        """What a box or an emergency block may be divided between: items and whole blocks; True for an item."""
        match block:
            case List():
                for item in self.items(block, path, x, width, body):
                    yield item, True
            case _:
                yield list(self.block(block, path, x, width, body)), False

    def title(self, text: str, style: TextStyle, path: NodePath | None, x: float, width: float) -> list[Strip]:
        """A heading with a heavy rule under it; an artifact when it has no path."""
        strips = self.lines((Run(text),), style, path, x, width, "Title" if path is not None else "")
        rule = Rule(x, style.leading, width, style.weight)
        strips[-1] = replace(strips[-1], height=style.leading + style.weight, rules=(rule,))
        return list(together(strips, last=HEADING))

    def foot(self, text: str, body: TextStyle, x: float, width: float) -> list[Strip]:
        strips = self.lines((Run(text),), body, None, x, width)
        return [replace(strips[0], above=body.below), *strips[1:]]

    def table(self, block: Table, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        """Columns side by side where they hold their longest words; else a row's cells one under another."""
        style, body = self.sheet["table"], self.sheet["body"]
        gutter = body.size * 0.8
        columns = self.columns(block, width - gutter * (len(block.header) - 1))
        header: tuple[Strip, ...] = ()
        last = len(block.rows)
        for r, row in enumerate((block.header, *block.rows)):
            cells = row if r else tuple(tuple(replace(run, strong=True) for run in runs) for runs in row)
            if columns:
                strips = self.side_by_side(cells, columns, gutter, path, r, x)
            else:
                strips = self.stacked(cells, block.header if r else (), path, r, x, width)
            rule = Rule(x, strips[-1].height + 2, width, style.weight)
            strips[-1] = replace(strips[-1], height=strips[-1].height + 2 + style.weight, rules=(rule,))
            keep = FREE if r == last else HEADING if r == 0 else PAIR if r == last - 1 else FREE
            strips = list(together(strips, last=keep))
            strips[-1] = replace(strips[-1], below=style.below if r < last else body.below)
            if r:
                strips[0] = replace(strips[0], head=header)
            elif columns:
                header = tuple(as_artifact(strip) for strip in strips)
            yield from strips

    def stacked(
        self, cells: tuple[Runs, ...], header: tuple[Runs, ...], path: NodePath, row: int, x: float, width: float
    ) -> list[Strip]:
        """A row whose cells stand one under another, each with its column's heading before it as an artifact."""
        style = replace(self.sheet["body"], below=0)
        strips: list[Strip] = []
        for c, runs in enumerate(cells):
            label = (Run(f"{plain(header[c])}: ", strong=True),) if header else ()
            for strip in self.lines((*label, *runs), style, (*path, row, c), x, width, "Cell"):
                pieces = (
                    replace(piece, owner=None, tag="")
                    if label and piece.run == 0
                    else replace(piece, run=piece.run - len(label))
                    for piece in strip.pieces
                )
                strips.append(replace(strip, pieces=tuple(pieces)))
        return strips

    def side_by_side(
        self, cells: tuple[Runs, ...], columns: list[float], gutter: float, path: NodePath, row: int, x: float
    ) -> list[Strip]:
        body = self.sheet["body"]
        set_cells = []
        for c, runs in enumerate(cells):
            set_cells.append(self.lines(runs, replace(body, below=0), (*path, row, c), x, columns[c], "Cell"))
            x += columns[c] + gutter
        return [
            Strip(
                tuple(piece for cell in set_cells if n < len(cell) for piece in cell[n].pieces),
                body.leading,
                max(cell[n].baseline for cell in set_cells if n < len(cell)),
            )
            for n in range(max(map(len, set_cells)))
        ]

    def columns(self, block: Table, width: float) -> list[float]:
        """Widths shared out by what each column holds; empty if the longest words do not fit."""
        body = self.sheet["body"]
        longest, total = [], []
        for c in range(len(block.header)):
            texts = [plain(row[c]) for row in (block.header, *block.rows)]
            bold = body.face(True)
            longest.append(max(widest_word(text, body, self.ruler) for text in texts))
            total.append(max(self.ruler.width(text, bold, body.size) for text in texts))
        spare = width - sum(longest)
        if spare < 0:
            return []
        wanted = [full - least for full, least in zip(total, longest, strict=True)]
        share = min(1.0, spare / (sum(wanted) or 1))
        return [least + want * share for least, want in zip(longest, wanted, strict=True)]

    def write_in(self, block: WriteIn, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        style, gap = self.sheet["write-in"], self.sheet.writing_line
        strips = self.lines(block.label, replace(self.sheet["body"], below=0), path, x, width)
        strips += [Strip((), gap, rules=(Rule(x, gap - 1, width, 1),)) for _ in range(block.lines)]
        strips[-1] = replace(strips[-1], below=style.below)
        yield from together(strips, last=FREE)

    def check_ruler(self, block: RulerBlock, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        yield from together(self.lines(block.label, self.sheet["body"], path, x, width), last=LEAD)
        yield replace(check_ruler(block.millimetres, path, x), below=self.sheet["body"].below)

    def qr_code(self, block: QrCode, path: NodePath, x: float) -> Iterator[Strip]:
        yield qr_code(block.text, path, x)

    def contents(self, block: Contents, path: NodePath, x: float, width: float) -> Iterator[Strip]:
        style, body = self.sheet["contents"], self.sheet["body"]
        for n, entry in enumerate(block.entries):
            owner = (*path, n)
            strong = entry.level == 1
            left = x if strong else x + style.indent
            run = Run(entry.text, strong, f"#{entry.anchor}")
            font = body.face(strong)
            number = self.ruler.width(PAGE_NUMBER, font, body.size)
            room = width - (left - x) - number - body.size
            strips = self.lines((run,), replace(body, below=style.below), owner, left, room, "Entry")
            at = x + width - number
            piece = Piece(
                at, number, PAGE_NUMBER, font, body.size, owner, "Page", 0, run.href, False, entry.anchor, True
            )
            end = strips[-1].pieces[-1]
            spaced = replace(end, text=end.text + " ")
            dots = self.leader(end.x + end.width, at, body)
            strips[-1] = replace(strips[-1], pieces=(*strips[-1].pieces[:-1], spaced, *dots, piece))
            yield from together(
                strips, last=PAIR if strong and n + 1 < len(block.entries) and block.entries[n + 1].level > 1 else FREE
            )

    def leader(self, left: float, right: float, body: TextStyle) -> Iterator[Piece]:
        """Dots that lead the eye from an entry to its page number, at the same places on every line."""
        step = self.ruler.width(". ", body.font, body.size)
        first, last = int(left / step) + 1, int(right / step)
        if first < last:
            yield from self.pieces(". " * (last - first), body, first * step, None)

    def note_title(self, text: str) -> list[Strip]:
        return self.lines((Run(text),), replace(self.sheet["h2"], above=0), None, 0, self.sheet.measure)

    def running_foot(self, title: str, running: tuple[str, ...], count: str) -> Placed:
        """What the page belongs to and which it is, in text of the chosen size (standards.md LP-02, PR-10)."""
        style, sheet = self.sheet["footer"], self.sheet
        page = self.pieces(count, style, 0, None)
        at = sheet.measure - sum(piece.width for piece in page)
        choices = [f"{title}, {running[0]}", *running, title] if running else [title]
        fitting = (made for text in choices if _width(made := self.pieces(text, style, 0, None)) <= at - style.size)
        moved = tuple(replace(piece, x=piece.x + at) for piece in page)
        strip = Strip((*next(fitting, ()), *moved), style.leading, 0.8 * style.leading)
        return Placed(strip, sheet.depth + style.above)


def _width(pieces: tuple[Piece, ...]) -> float:
    return sum(piece.width for piece in pieces)
