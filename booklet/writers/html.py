"""A web page: one file that needs nothing else, in the reader's own print, colours and spacing.

It has no script and loads nothing. What is for paper alone is left out: the ruler, and the numbers of pages. The order
and the levels of the headings are those of the tag tree (`tags.py`), one lower, so that the cover's title is the h1.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape

from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    List,
    Paragraph,
    QrCode,
    Ruler,
    Run,
    Runs,
    Table,
    WriteIn,
    plain,
)
from booklet.paginate.lines import UNDIVIDED
from booklet.paths import FONTS, LAYOUTS, TYPEFACES
from booklet.theme import MM, Stylesheet, load_typefaces

SMALL = 64_000
"""Bytes of a face that may travel in the page; a larger one is used where the reader has it."""
HOLDS = 20
"""The largest print, in points, in which a date fits a line of a telephone's screen: in larger print it may divide."""
ADDRESSES = ("#", "https://", "http://", "mailto:", "tel:")
TO_WRITE_ON = "The lines are to write on, when this page is printed."
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
"""The browser's own lock on the promise that nothing is loaded."""
HEAD = f"""<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">"""


def write(document: Document, sheet: Stylesheet) -> bytes:
    blocks = document.blocks
    begins = [
        n for n, block in enumerate(blocks) if isinstance(block, Emergency | Contents | Heading) and not _covers(block)
    ]
    start = begins[0] if begins else len(blocks)
    last = blocks[-1] if blocks[start:] else None
    end = len(blocks) - (isinstance(last, Emergency) and last.back_cover)
    page = _Page(hold=sheet.nominal <= HOLDS)
    title = [] if any(map(_covers, blocks[:start])) else [f"<h1>{escape(document.title)}</h1>"]
    usual = ' class="usual"' if (sheet.ink, sheet.background) == ("#000000", "#ffffff") else ""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(document.language)}"{usual}>',
        "<head>",
        HEAD,
        f"<title>{escape(document.title)}</title>",
        f"<style>\n{_style(sheet)}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#main-text">Skip to the main text</a>',
        *("<header>", *title, *page.blocks(blocks[:start]), "</header>"),
        *('<main id="main-text" tabindex="-1">', *page.blocks(blocks[start:end]), *page.back(), "</main>"),
        *(("<footer>", *page.blocks(blocks[end:]), "</footer>") if blocks[end:] else ()),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _covers(block: Block) -> bool:
    return isinstance(block, Heading) and block.cover


class _Page:
    """The blocks of one page, in order; what it keeps is where it has got to."""

    def __init__(self, hold: bool) -> None:
        self.hold = hold
        self.level = 0
        """Of the heading that was written last."""
        self.heading = ""
        """Its words: they name the table that follows."""
        self.boxes = 0
        self.contents = ""
        """The anchor of the contents, once they were written."""
        self.told = True
        """Whether this chapter has said what its lines are for; the cover need not."""

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        listed = list(blocks)
        for n, block in enumerate(listed):
            following = listed[n + 1] if n + 1 < len(listed) else None
            if isinstance(block, Heading) and isinstance(following, Contents):
                yield from self.contents_of(block, following, listed[n + 2 :])
            elif not (isinstance(block, Contents) and n and isinstance(listed[n - 1], Heading)):
                yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield from self.headed(block)
            case Paragraph(runs, leads):
                name = ' class="leads"' if leads else ""
                yield f"<p{name}>{self.said(runs)}</p>"
            case Emergency():
                yield from self.emergency(block)
            case Admonition(kind, title, blocks):
                self.boxes += 1
                level = min(self.level + 1, 3) + 1  # no level is skipped
                yield f'<div class="{kind}" role="group" aria-labelledby="box-{self.boxes}">'
                yield f'<h{level} id="box-{self.boxes}">{escape(title)}</h{level}>'
                yield from (*self.blocks(blocks), "</div>")
            case List(items, start):
                begin = f' start="{start}"' if start not in (None, 1) else ""
                yield "<ul>" if start is None else f"<ol{begin}>"
                for item in items:
                    yield f"<li>{self.item(item.blocks)}</li>"
                yield "</ul>" if start is None else "</ol>"
            case Table(header, rows):
                yield from self.table(header, rows)
            case WriteIn(label, lines):
                if not self.told:
                    self.told = True
                    yield f'<p class="screen">{TO_WRITE_ON}</p>'
                yield f'<div class="write-in"><p>{self.said(label)}</p>{"<div></div>" * lines}</div>'
            case Ruler() | QrCode():
                pass  # for a printed page, which this is not
            case Contents(entries):
                yield from self.contents_of(Heading(1, (Run("Contents"),), "contents"), Contents(entries), ())

    def headed(self, block: Heading) -> Iterator[str]:
        if block.level == 1 and not block.cover:
            yield from self.back()
            self.told = False
        self.level, self.heading = block.level, plain(block.runs)
        level = 1 if block.cover else block.level + 1
        anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
        name = ' class="sheet"' if block.sheet else ""
        picture = _picture(block.picture) if block.picture else ""
        yield f"<h{level}{anchor}{name}>{picture}{self.said(block.runs)}</h{level}>"

    def back(self) -> Iterator[str]:
        """The way back, at the end of each chapter."""
        if self.contents:
            yield f'<p class="screen"><a href="#{escape(self.contents)}">Back to the contents</a></p>'

    def emergency(self, block: Emergency) -> Iterator[str]:
        self.level, self.heading = 1, block.title
        anchor = escape(block.anchor)
        named = f' aria-labelledby="{anchor}"' if anchor and not block.back_cover else ""
        tag = "div" if block.back_cover else "section"
        title = f' id="{anchor}"' if anchor else ""
        yield f'<{tag} class="emergency"{named}>'
        yield f"<h2{title}>{escape(block.title)}</h2>"
        yield from (*self.blocks(block.blocks), f"</{tag}>")

    def item(self, blocks: tuple[Block, ...]) -> str:
        match blocks:
            case (Paragraph(runs),):
                return self.said(runs)
            case _:
                return "\n".join(self.blocks(blocks))

    def table(self, header: tuple[Runs, ...], rows: tuple[tuple[Runs, ...], ...]) -> Iterator[str]:
        """Roles are said because a narrow screen shows each row as a block, and some browsers then forget them."""
        yield '<table role="table">'
        yield f'<caption class="hidden">{escape(self.heading)}</caption>' if self.heading else ""
        cells = (f'<th scope="col" role="columnheader">{self.said(cell)}</th>' for cell in header)
        yield f'<thead role="rowgroup"><tr role="row">{"".join(cells)}</tr></thead>'
        yield '<tbody role="rowgroup">'
        for row in rows:
            said = []
            for n, (name, cell) in enumerate(zip(header, row, strict=True)):
                tag, role = ("td", 'role="cell"') if n else ("th", 'scope="row" role="rowheader"')
                said.append(f'<{tag} {role} data-name="{escape(plain(name))}"><span>{self.said(cell)}</span></{tag}>')
            yield f'<tr role="row">{"".join(said)}</tr>'
        yield from ("</tbody>", "</table>")

    def said(self, runs: Runs) -> str:
        return "".join(self.run(run) for run in runs if run.page_of is None)

    def run(self, run: Run) -> str:
        """What must not be divided over two lines has spaces that hold (standards.md LP-09).

        A number to call needs none: its link is moved whole, and divided at a space where a line is too short for it.
        """
        call = run.href is not None and run.href.startswith("tel:")
        held = self.hold and not call
        whole = UNDIVIDED.sub(lambda found: found[0].replace(" ", "\u00a0"), run.text) if held else run.text
        text = escape(whole).replace("\n", "<br>")
        text = f"<strong>{text}</strong>" if run.strong else text
        return f'<a href="{escape(run.href)}">{text}</a>' if run.href and run.href.startswith(ADDRESSES) else text

    def contents_of(self, heading: Heading, contents: Contents, after: Iterable[Block]) -> Iterator[str]:
        """The heading and a list of links, those of level 2 inside those of level 1."""
        following = next((b.anchor for b in after if isinstance(b, Heading) and b.anchor), "")
        yield f'<nav aria-labelledby="{escape(heading.anchor)}">'
        yield from self.headed(heading)
        if following:
            yield f'<a class="skip" href="#{escape(following)}">Skip the contents</a>'
        depth = 0
        for entry in contents.entries:
            if entry.level > depth:
                yield from ['<ul role="list">' for _ in range(depth, entry.level)]
            else:
                yield "</li>" + "</ul></li>" * (depth - entry.level)
            depth = entry.level
            yield f'<li><a href="#{escape(entry.anchor)}">{escape(entry.text)}</a>'
        yield "</li></ul>" * depth
        yield "</nav>"
        self.told, self.contents = True, heading.anchor


def _picture(name: str) -> str:
    """A pictogram in the colour of the words beside it, which say the same."""
    from booklet.pictures import BOX, drawing

    paths: list[str] = []
    points: list[str] = []
    width = 0.0
    for operator, numbers in drawing(name):
        match operator:
            case "w":
                width = numbers[0]
            case "S" | "B" | "f" | "n":
                fill = "none" if operator in "Sn" else "currentColor"
                line = f' stroke-width="{width:g}"' if operator in "SB" else ' stroke="none"'
                paths.append(f'<path d="{"".join(points)}" fill="{fill}"{line}/>')
                points = []
            case "h":
                points.append("Z")
            case _:
                flipped = (BOX - number if n % 2 else number for n, number in enumerate(numbers))
                points.append(operator.upper() + " ".join(f"{number:.4g}" for number in flipped))
    box = f'viewBox="0 0 {BOX:g} {BOX:g}" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg aria-hidden="true" focusable="false" {box}>{"".join(paths)}</svg>'


def _style(sheet: Stylesheet) -> str:
    """The reader's own values, then `layouts/web.css`, which says where each of them goes."""
    body = sheet["body"]
    family = load_typefaces(TYPEFACES)[body.regular.removesuffix("-Medium")]
    heavier = body.regular.endswith("-Medium")
    faces = ((500, family.medium) if heavier else (400, family.regular), (700, family.bold))
    values = {
        "family": f'"{family.label}", Verdana, Arial, sans-serif',
        "weight": "500" if heavier else "400",
        "size": f"{sheet.nominal / 12:g}rem",
        "printed-size": f"{sheet.nominal:g}pt",
        "leading": f"{body.leading / body.size:g}",
        "tracking": f"{sheet.tracking:g}em",
        "writing-line": f"{sheet.writing_line:g}pt",
        "ink": sheet.ink,
        "paper": sheet.background,
    }
    said = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    return (
        f"{_embedded(family.label, faces)}:root {{\n{said}}}\n{_page(sheet)}{(LAYOUTS / 'web.css').read_text('utf-8')}"
    )


def _embedded(family: str, faces: Iterable[tuple[int, str]]) -> str:
    rules = ""
    for weight, name in faces:
        data = (FONTS / name).read_bytes()
        if len(data) <= SMALL:
            source = f'url("data:font/ttf;base64,{b64encode(data).decode()}") format("truetype")'
            rules += f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source}; }}\n'
    return rules


def _page(sheet: Stylesheet) -> str:
    """The paper and its margins; the inner one is on the right of left pages when both sides are printed."""
    top, outer, bottom, inner = (f"{side / MM:g}mm" for side in (sheet.top, sheet.outer, sheet.bottom, sheet.inner))
    page = f"@page {{ size: {sheet.paper.lower()}; margin: {top} {outer} {bottom} {inner}; }}\n"
    left = f"@page :left {{ margin: {top} {inner} {bottom} {outer}; }}\n"
    return page + (left if sheet.sides == "both" else "")
