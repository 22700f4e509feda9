"""The text that is set: our own content as plain Markdown, cut to a length or repeated."""

import re
from collections.abc import Iterator
from datetime import date

from benchmarks.look import Look, Style
from booklet import build, fonts, paths, theme
from booklet.about import about
from booklet.compose import compose
from booklet.library import Library
from booklet.markdown import parse
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
    Runs,
    Table,
    WriteIn,
)
from booklet.paginate import page_numbers, paginate
from booklet.request import Request, choose
from booklet.theme import Stylesheet

MADE = date(2026, 11, 21)
"""The same text whatever the day is."""
SIZE = "18"
LANGUAGE = "en-GB"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|&~#])")
_LEADS = re.compile(r"^(\d+)([.)])|^([-+=:])")
_HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)


def sheet() -> Stylesheet:
    """A4 at 18 point, as it comes."""
    layout = theme.load_layout(paths.LAYOUT)
    values = theme.variables(layout, build.preferences(), {"text-size": SIZE})
    return theme.resolve(layout, values, theme.load_typefaces(paths.TYPEFACES))


def everything(library: Library) -> Request:
    """Every section there is that needs no consent."""
    known, _ = about(library, {})
    return Request(choose(library, (), ("everything",), known), MADE, {}, known)


def look() -> Look:
    """That of our own sheet."""
    ours, family = sheet(), theme.load_typefaces(paths.TYPEFACES)["atkinson"]
    styles = {name: Style(s.size, s.leading, s.above, s.below) for name, s in ours.roles.items()}
    foot = ours["footer"]
    return Look(
        page=ours.page,
        left=ours.inner,
        right=ours.outer,
        top=ours.top,
        bottom=ours.bottom + foot.leading + foot.above,
        indent=ours["list"].indent,
        item=ours["list"].below,
        foot=ours.bottom + (foot.leading - foot.size) / 2,
        body=styles["body"],
        headings=tuple(styles[f"h{level}"] for level in (1, 2, 3, 4)),
        family=family.label,
        regular=str(paths.FONTS / family.regular),
        bold=str(paths.FONTS / family.bold),
        fallback=str(paths.FONTS / fonts.FALLBACK["Fallback"]),
        title="My booklet",
        language=LANGUAGE,
    )


def chapters(library: Library) -> list[str]:
    """The sections of the everything pack, each as Markdown; the heading of a topic is with its first section."""
    blocks = compose(library, everything(library)).blocks
    start = next(n for n, block in enumerate(blocks) if isinstance(block, Contents)) + 1
    parts: list[list[str]] = []
    fresh = True
    for block in blocks[start:]:
        if isinstance(block, Heading) and block.level <= 2:
            if block.level == 1 or not fresh:
                parts.append([])
            fresh = block.level == 1
        parts[-1:] = [[*(parts[-1] if parts else []), *markdown(block)]]
    return ["\n\n".join(part) for part in parts if part]


def of_length(parts: list[str], pages: int) -> str:
    """As many of the parts as fill about so many of our pages, again from the first with other numbers if need be."""
    long: list[str] = []
    while not long or _starts(long)[-1] <= pages:
        long += _renumbered(parts, len(long) // len(parts))
    fits = sum(start <= pages for start in _starts(long)[1:])
    return "\n\n".join(long[: max(fits, 1)]) + "\n"


def _renumbered(parts: list[str], round: int) -> list[str]:
    """With "6.2" as "106.2" in the second round, and so on: no two headings are the same."""
    if not round:
        return parts
    return [
        re.sub(r"^(#{1,2}) (\d*)", lambda m: f"{m[1]} {round}{m[2].zfill(2)}", part, flags=re.MULTILINE)
        for part in parts
    ]


def _starts(parts: list[str]) -> list[int]:
    """The page that each part begins on, and the last page of all."""
    pages = paginate(document("\n\n".join(parts)), sheet(), fonts.Ruler())
    at, heading, starts = page_numbers(pages), 0, []
    for part in parts:
        starts.append(at[f"h-{heading}"])
        heading += len(_HEADING.findall(part))
    return [*starts, len(pages)]


def document(text: str) -> Document:
    """What our own engine sets: the blocks of the Markdown, and no cover, contents or locked page."""
    return Document("My booklet", LANGUAGE, MADE, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    """Our parser reads one section; the headings above a section are the program's own."""
    _, *pieces = _HEADING.split(text)
    for n in range(len(pieces) // 3):
        marks, words, body = pieces[3 * n : 3 * n + 3]
        (title,) = parse(words, headings=False)
        assert isinstance(title, Paragraph)
        yield Heading(len(marks), title.runs, f"h-{n}")
        for block in parse(re.sub(r"^#(#{2,3}) ", r"\1 ", body, flags=re.MULTILINE)):
            assert isinstance(block, Heading | Paragraph | List | Table)
            yield block


def markdown(block: Block) -> Iterator[str]:
    """A block as paragraphs, lists, headings and tables, which every engine has; boxes and lines to write on are not."""
    match block:
        case Heading(level, runs):
            yield f"{'#' * level} {_text(runs)}"
        case Paragraph(runs):
            yield _text(runs)
        case List(items, start):
            yield "\n".join(_item(block.label(n) if start is not None else "-", i.blocks) for n, i in enumerate(items))
        case Admonition(_, title, blocks):
            yield f"**{_SPECIAL.sub(_escaped, title)}**"
            yield from (text for inner in blocks for text in markdown(inner))
        case Table(header, rows):
            lines = [header, *rows]
            cells = ["| " + " | ".join(_text(cell).replace("\\\n", " ") for cell in line) + " |" for line in lines]
            yield "\n".join([cells[0], "|" + " --- |" * len(header), *cells[1:]])
        case WriteIn(label):
            yield _text(label)
        case Emergency() | Ruler() | QrCode() | Contents():
            pass


def _item(label: str, blocks: tuple[Block, ...]) -> str:
    inside = "\n\n".join(text for block in blocks for text in markdown(block))
    return f"{label} " + inside.replace("\n", "\n" + " " * (len(label) + 1))


def _text(runs: Runs) -> str:
    written = ""
    for run in runs:
        if run.page_of is not None:
            continue
        text = _SPECIAL.sub(_escaped, run.text).replace("\n", "\\\n")
        if run.href and run.href.startswith(("https:", "mailto:")):
            text = f"[{text}]({run.href})"
        written += f"**{text}**" if run.strong and text.strip() else text
    return _LEADS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", written.strip())


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"
