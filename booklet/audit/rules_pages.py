"""Rules that whole pages show: what goes over their ends, their numbers, columns and edges (LP-13 to LP-16, PR-01 to PR-10)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from booklet.audit.canvas import Paint
from booklet.audit.colours import luminance
from booklet.audit.document import NEAR, Doc, Page
from booklet.audit.geometry import MM, Box
from booklet.audit.lines import Line, extent
from booklet.audit.rules import Fault, Gate, Rule, by_page, counted, place, points

PAPER = {"A3": (297 * MM, 420 * MM), "A4": (210 * MM, 297 * MM), "A5": (148 * MM, 210 * MM), "Letter": (612.0, 792.0)}
"""ISO 216."""
MARK_EDGE, TEXT_EDGE, BINDING = 6 * MM, 12.7 * MM, 20 * MM
ROUNDING = 0.5
"""Points by which a place may be out."""
SAME_PLACE = 3.0
"""Points within which a page number is where it was on the page before."""
EDGE_ROWS = 2
"""Lines at the top and at the foot where a page number is looked for."""


def _pitch(lines: list[Line]) -> float:
    """From baseline to baseline of a paragraph, in points."""
    steps = [abs(a.y - b.y) for a, b in pairwise(lines) if a.page == b.page]
    return max(steps, default=1.25 * lines[0].size)


def across(doc: Doc) -> Iterator[Fault]:
    """LP-13, ACB and dementia guides: a paragraph ends on its page, unless with its headings it is longer than one."""
    blocks: dict[int, list[Line]] = {}
    for page in doc.pages:
        for line in page.lines:
            if line.block >= 0 and (line.role in ("P", "LBody") or line.is_heading):
                blocks.setdefault(line.block, []).append(line)
    for lines in blocks.values():
        first, last = lines[0].page, lines[-1].page
        if first != last:
            room = max(box.top - box.bottom for box in (_content(page) for page in doc.pages[first - 1 : last]) if box)
            longer = (len(lines) + 1) * _pitch(lines) > room or _begins(lines[0], doc.pages[first - 1])
            gate: Gate = "W" if longer else "B"
            kind = "heading" if lines[0].is_heading else "paragraph"
            yield Fault(first, f"a {kind} goes on to page {last}{place(lines[0])}", gate)


def _begins(line: Line, page: Page) -> bool:
    """Nothing but headings stands above a line."""
    return all(each.is_heading for each in page.lines if not each.artifact and each.y > line.y)


def _content(page: Page) -> Box | None:
    lines = [line for line in page.lines if not line.artifact]
    return extent(lines) if lines else None


def mid_sentence(doc: Doc) -> Iterator[Fault]:
    """LP-13: without tags, a page that ends in the middle of a sentence has divided a paragraph, by its looks."""
    ends = [
        [line for line in page.lines if line.block < 0 and not (line.artifact or _is_edge(line, page))]
        for page in doc.pages
    ]
    for lines, after in pairwise(ends):
        if lines and after and re.search(r"[\w,]$", lines[-1].text) and after[0].text[0].islower():
            yield Fault(lines[-1].page, f"the page ends in mid-sentence{place(lines[-1])}", "W")


def lonely_headings(doc: Doc) -> Iterator[Fault]:
    """LP-13, ACB: a heading is not the last on its page; a title page has nothing else."""
    for page in doc.pages:
        content = [line for line in page.lines if not line.artifact]
        if content and content[-1].is_heading and not (page.number == 1 and all(line.is_heading for line in content)):
            yield Fault(page.number, f"a heading is last on the page{place(content[-1])}")


def _edges(page: Page) -> list[Line]:
    """The lines at the top and the foot of a page."""
    rows = sorted({round(line.y) for line in page.lines})
    outer = {*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]}
    return [line for line in page.lines if round(line.y) in outer]


def _is_edge(line: Line, page: Page) -> bool:
    """At the foot or the top, and it holds the number of the page."""
    return line in _edges(page) and page.number in _numbers(line)


def _numbers(line: Line) -> list[int]:
    return [int(found) for found in re.findall(r"(?<![\d.,:])\d{1,4}(?![\d:]|[.,]\d)", line.text)]


def numbered(doc: Doc) -> dict[int, Line]:
    """The line with the number of each page that has one; numbering may begin anywhere."""
    found: dict[int, dict[int, Line]] = {}
    for page in doc.pages:
        for line in sorted(_edges(page), key=lambda line: (line.artifact, -line.y)):
            for number in _numbers(line):
                found.setdefault(number - page.number, {})[page.number] = line
    likely = [offset for offset, lines in found.items() if offset == 0 or len(lines) > 1]
    return found[max(likely, key=lambda offset: (len(found[offset]), offset == 0))] if likely else {}


def page_numbers(doc: Doc) -> Iterator[Fault]:
    """LP-14, UKAAF and RNIB: every page has its number, in the size of the text."""
    lines = numbered(doc)
    for page in doc.pages:
        line = lines.get(page.number)
        if line is None:
            yield Fault(page.number, "no page number at the top or the foot")
        elif line.size < min(doc.body, doc.chosen or doc.body) - NEAR:
            yield Fault(page.number, f"the page number is {points(line.size)}, the text {points(doc.body)}")


def same_place(doc: Doc) -> Iterator[Fault]:
    """LP-14, UKAAF and RNIB: page numbers are in the same place; left and right pages may mirror each other."""
    lines = numbered(doc)
    odd = [line for line in lines.values() if line.page % 2]
    even = [line for line in lines.values() if not line.page % 2]
    strayed = _strays(list(lines.values()), [lambda line: line.y])
    for side in (odd, even):
        strayed |= _strays(side, [lambda line: line.x0, lambda line: line.x1, lambda line: (line.x0 + line.x1) / 2])
    for page in sorted(strayed):
        yield Fault(page, "the page number is not where it is on other pages")


def _strays(lines: list[Line], places: list[Callable[[Line], float]]) -> set[int]:
    """Pages away from where most are, by the way of measuring that fits best: by the left, the right or the middle."""
    best: set[int] | None = None
    for where in places:
        usual = Counter(round(where(line)) for line in lines).most_common(1)
        away = {line.page for line in lines if abs(where(line) - usual[0][0]) > SAME_PLACE}
        best = away if best is None or len(away) < len(best) else best
    return best or set()


def turned(doc: Doc) -> Iterator[Fault]:
    """LP-16, UKAAF and RNIB: text is horizontal."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if text.turn):
        yield Fault(page, f"turned by {texts[0].turn:.0f} degrees{place(texts[0])}")


def columns(doc: Doc) -> Iterator[Fault]:
    """LP-16, UKAAF and RNIB: one column."""
    for page in doc.pages:
        lines = [line for line in page.lines if not (line.artifact or line.tabular) and len(line.text) > 11]
        starts: dict[int, list[Line]] = {}
        for line in lines:
            starts.setdefault(round(line.x0 / 3), []).append(line)
        right = [each for each in starts.values() if len(each) > 4 and _beside(each, lines) > 4]
        if right:
            yield Fault(page.number, f"text in columns{place(right[0][0])}")


def _beside(column: list[Line], lines: list[Line]) -> int:
    """How many lines stand to the left of a column, and none reaches into it."""
    box = extent(column)
    level = [line for line in lines if box.bottom - 2 < line.y < box.top and line.x0 < box.left - 3]
    return 0 if any(line.x1 > box.left for line in level) else len(level)


def over_pictures(doc: Doc) -> Iterator[Fault]:
    """LP-16, UKAAF and RNIB: no text over pictures."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if text.over_image):
        yield Fault(page, f"text over a picture{place(texts[0])}")


def page_boxes(doc: Doc) -> Iterator[Fault]:
    """PR-01, UKAAF: the page box is A4, A5 or A3, or US Letter for readers abroad, and all of it is shown."""
    for page in doc.pages:
        sides = sorted((page.width, page.height))
        if not any(all(abs(a - b) <= 1 for a, b in zip(sides, paper, strict=True)) for paper in PAPER.values()):
            yield Fault(
                page.number, f"the page is {page.width / MM:.0f} by {page.height / MM:.0f} mm: no A3, A4, A5 or Letter"
            )
        elif page.cropped:
            yield Fault(page.number, "part of the page is cropped away")


def edge(box: Box, page: Page) -> float:
    """The room between a box and the nearest edge of the paper."""
    return min(box.left, box.bottom, page.width - box.right, page.height - box.top)


def leaves_mark(paint: Paint) -> bool:
    """White on paper does not."""
    return paint.image or paint.ink.colour is None or luminance(paint.ink.colour) < 0.99


def is_background(paint: Paint, page: Page) -> bool:
    """It covers the page; a printer leaves a border out and nothing is lost."""
    box = paint.box
    return not paint.image and box.right - box.left > 0.95 * page.width and box.top - box.bottom > 0.95 * page.height


def edges(doc: Doc) -> Iterator[Fault]:
    """PR-02, printers' specifications: text is 12.7 mm or more from the edge, any mark 6 mm."""
    for page in doc.pages:
        text = min(page.texts, key=lambda text: edge(text.box, page), default=None)
        if text and edge(text.box, page) < TEXT_EDGE - ROUNDING:
            room = edge(text.box, page) / MM
            where = f"{room:.1f} mm from" if room > 0 else f"{-room:.1f} mm over"
            yield Fault(page.number, f"text {where} the edge{place(text)}")
        marks = [paint for paint in page.paints if leaves_mark(paint)]
        near = min((edge(p.box, page) for p in marks if not is_background(p, page)), default=MARK_EDGE)
        if near < MARK_EDGE - ROUNDING:
            yield Fault(page.number, f"a mark {near / MM:.1f} mm from the edge, which printers leave out")


def backgrounds(doc: Doc) -> Iterator[Fault]:
    """PR-02: a colour that covers the page loses a border, and nothing that is said."""
    tinted = [page for page in doc.pages if any(leaves_mark(p) and is_background(p, page) for p in page.paints)]
    if tinted:
        what = f"the colour of {counted(len(tinted), 'page')} reaches the edge: printers leave a border"
        yield Fault(None, f"{what}, and coloured paper is better", "W")


def sides(page: Page) -> tuple[float, float] | None:
    """The room at the left and at the right of all that is on a page."""
    boxes = [text.box for text in page.texts]
    boxes += [paint.box for paint in page.paints if leaves_mark(paint) and not is_background(paint, page)]
    if not boxes:
        return None
    return min(box.left for box in boxes), page.width - max(box.right for box in boxes)


def binding(doc: Doc) -> Iterator[Fault]:
    """PR-03, ISO 838: 20 mm at the binding, on the left of odd pages; of even ones on the right, if printed on both sides."""
    rooms = {page.number: room for page in doc.pages if (room := sides(page))}
    mirrored = [(n, room[n % 2 == 0], ("left", "right")[n % 2 == 0]) for n, room in rooms.items()]
    single = [(n, room[0], "left") for n, room in rooms.items()]
    ways = {"/DuplexFlipLongEdge": [mirrored], "/Simplex": [single]}.get(doc.catalogue.duplex, [mirrored, single])
    tight = min(([each for each in way if each[1] < BINDING - ROUNDING] for way in ways), key=len)
    for number, left, side in tight:
        yield Fault(number, f"the binding margin, on the {side}, is {max(left, 0) / MM:.1f} mm, under 20 mm")


def printing(doc: Doc) -> Iterator[Fault]:
    """PR-05, ISO 32000-1 12.2: the viewer is told not to scale, and which sides to print."""
    catalogue = doc.catalogue
    if catalogue.print_scaling != "/None":
        yield Fault(None, "/PrintScaling is not /None: a viewer may shrink the pages to fit")
    fitting = ("/Simplex", "/DuplexFlipShortEdge" if doc.wide else "/DuplexFlipLongEdge")
    if catalogue.duplex not in fitting:
        said = f"{catalogue.duplex}, which turns the pages over" if catalogue.duplex else "not set"
        yield Fault(None, f"/Duplex is {said}; it should be {' or '.join(fitting)}")


def imposed(doc: Doc) -> Iterator[Fault]:
    """PR-06: of sheets for folding only sizes, colours and edges are judged; the booklet they came from has the rest."""
    if doc.folded:
        yield Fault(None, "sheets for folding: what is on them was judged by size, colour and edges alone", "W")


def of_pages(doc: Doc) -> Iterator[Fault]:
    """PR-10: each page says "page x of y", so that dropped sheets can be put in order."""
    for page in doc.pages:
        if not any(_says(line, page.number, len(doc.pages)) for line in _edges(page)):
            yield Fault(page.number, f'no "page {page.number} of {len(doc.pages)}" at the top or the foot')


def _says(line: Line, number: int, pages: int) -> bool:
    return (str(number), str(pages)) in re.findall(r"(\d+)\s*(?:of|/)\s*(\d+)", line.text)


RULES = (
    Rule("LP-13", "ACB; dementia guides", across),
    Rule("LP-13", "ACB; dementia guides", mid_sentence),
    Rule("LP-13", "ACB", lonely_headings),
    Rule("LP-14", "UKAAF; RNIB", page_numbers),
    Rule("LP-14", "UKAAF; RNIB", same_place),
    Rule("LP-16", "UKAAF; RNIB", turned, folded=True),
    Rule("LP-16", "UKAAF; RNIB", columns),
    Rule("LP-16", "UKAAF; RNIB", over_pictures, folded=True),
    Rule("PR-01", "UKAAF; ISO 216", page_boxes, folded=True),
    Rule("PR-02", "printers' specifications", edges, folded=True),
    Rule("PR-02", "printers' specifications", backgrounds),
    Rule("PR-03", "ISO 838", binding),
    Rule("PR-05", "ISO 32000-1, 12.2", printing, folded=True),
    Rule("PR-06", "standards.md, from measuring", imposed, folded=True),
    Rule("PR-10", "standards.md, from practice", of_pages),
)
