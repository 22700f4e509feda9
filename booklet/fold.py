"""A finished booklet to the file for folding: two pages side by side, each at its own size (PR-04 to PR-07).

The numbers PR-01 to PR-07 are those of standards.md section 1.3. Lengths are in points but for those named `_mm`.
"""

import math
from collections.abc import Collection, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from booklet.errors import Problem, RequestError
from booklet.theme import MM, PAPER

if TYPE_CHECKING:
    import pikepdf

ON = {"A5": "A4", "A4": "A3"}
"""The paper of the pages, and the paper they are printed on two by two, which has twice the area (ISO 216)."""
PAGES_A_SHEET = 4
SHEETS_A_VOLUME = 15
"""More sheets do not fold flat and are too thick for a stapler (PR-07)."""
CREEP_LIMIT_MM = 12.7 - 6
"""How far a page may move: marks are at least 12.7 mm from each side of it and must stay 6 mm from each (PR-02)."""
EXACT_MM = 0.5
"""How far a page may differ from its paper: some programs round to whole points."""


def fold(data: bytes, thickness_mm: float = 0.1) -> bytes:
    """The booklet as a printer needs it to be folded and stapled in the middle. Same bytes in, same bytes out.

    Pages are drawn 1:1 (PR-06). The nth sheet from the outside, counted from 0, sits n thicknesses of paper nearer to
    the outer edge, and trimming cuts that off; so its four pages move towards the spine by

        creep = min(n * thickness_mm, CREEP_LIMIT_MM)    in mm, 0.1 for paper of 80 to 90 grams a square metre

    The outcome has no tags, links or bookmarks and no claim to a standard: it is for the printer only, and its title
    says so. A password is not carried over. Raises RequestError with everything that keeps it from being folded.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as booklet:
        return _folded(booklet, list(booklet.pages), thickness_mm, str(booklet.docinfo.get("/Title", "")) or "Booklet")


def fold_volume(data: bytes, volume: Sequence[int], own: bytes, thickness_mm: float = 0.1) -> bytes:
    """One volume of a booklet that is too thick for one, folded as `fold` does.

    `volume` is one of `volumes`. `own` is a PDF of the pages that only this volume has: its cover, and a page for
    notes for the left and one for the right. Its title is that of the volume.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as booklet, pikepdf.open(BytesIO(own)) as extra:
        cover, left, right = extra.pages
        notes = {0: left, 1: right}
        pages = [booklet.pages[number - 1] if number else notes[at % 2] for at, number in enumerate(volume, 1)]
        return _folded(booklet, [cover, *pages[1:]], thickness_mm, str(extra.docinfo.get("/Title", "")))


def _folded(booklet: "pikepdf.Pdf", pages: list["pikepdf.Page"], thickness_mm: float, title: str) -> bytes:
    import pikepdf

    with pikepdf.new() as folded:
        width, height = _sheet(booklet, thickness_mm)
        for side, numbers in enumerate(order(len(pages))):
            creep = min(side // 2 * thickness_mm, CREEP_LIMIT_MM) * MM
            folded.add_blank_page(page_size=(width, height))
            _place(folded, [pages[number - 1] for number in numbers], width / 2, creep)
        _tell(booklet, folded, title)
        out = BytesIO()
        folded.save(out, min_version="1.7", deterministic_id=True)
    return out.getvalue()


def order(pages: int) -> list[tuple[int, int]]:
    """The pages on the left and right of each side: front and back of the outermost sheet, then of the next (PR-04).

    The back is what is seen after turning over a short edge. Raises RequestError unless the pages fill their sheets.
    """
    problem = _number(pages)
    if problem:
        raise RequestError(problem)
    sides = []
    for page in range(1, pages // 2, 2):
        other = pages + 1 - page
        sides += [(other, page), (page + 1, other - 1)]
    return sides


def volumes(
    pages: int, front: int, back: int, chapters: Collection[int], limit: int = SHEETS_A_VOLUME * PAGES_A_SHEET
) -> list[tuple[int, ...]]:
    """The pages of each volume of at most `limit` pages, on whole folded sheets (PR-07); 0 is a page for notes.

    Every volume begins with the first `front` pages and ends with the last `back` ones; each page between them is in
    one volume, on the side of the sheet that it was set for. `chapters` are the pages that begin one. The fewest
    volumes are begun inside a chapter; then there are the fewest volumes, and then the most even ones.
    """
    if pages <= limit:
        return [tuple(range(1, pages + 1))]
    first, last = front + 1, pages - back
    best: dict[int, tuple[tuple[int, int, int], tuple[int, ...]]] = {last + 1: ((0, 0, 0), ())}
    for begin in range(last, front, -1):
        room = max(limit - front - back - (begin - first) % 2, 1)
        options = []
        for end in range(begin, min(begin + room, last + 1)):
            (inside, count, uneven), starts = best[end + 1]
            parted = end < last and end + 1 not in chapters
            options.append(((inside + parted, count + 1, uneven + (end - begin) ** 2), (begin, *starts)))
        best[begin] = min(options)
    starts = (*best[first][1], last + 1)
    return [_volume(range(begin, end), range(1, first), range(last + 1, pages + 1)) for begin, end in pairwise(starts)]


def _volume(body: range, front: range, back: range) -> tuple[int, ...]:
    gap = (0,) * ((body.start - front.stop) % 2)
    filled = len(front) + len(gap) + len(body) + len(back)
    return (*front, *gap, *body, *(0,) * (-filled % PAGES_A_SHEET), *back)


def grams(sheets: int, paper: str, gsm: int = 90) -> float:
    """The weight of sheets of a paper of `theme.PAPER`, at `gsm` grams a square metre.

    A sheet of A4 at 90 is 5.6 g; a volume should be under about 900 g (LP-23).
    """
    width, height = PAPER[paper]
    return sheets * gsm * (width / MM / 1000) * (height / MM / 1000)


def _sheet(booklet: "pikepdf.Pdf", thickness_mm: float) -> tuple[float, float]:
    """Width and height of the paper to print on, on its side."""
    sizes = {
        number: _size_mm(page)
        for number, page in enumerate(booklet.pages, 1)
        if page.rotation == 0 and page.get("/UserUnit", 1) == 1
    }
    first = next(iter(sizes.values()), (0.0, 0.0))
    paper = next((name for name in ON if _alike(first, _paper_mm(name))), None)
    problems = [_turned(len(booklet.pages), sizes), _paper(sizes, paper), _differing(sizes)]
    problems += [_number(len(booklet.pages)), _thickness(thickness_mm)]
    found = [problem for problem in problems if problem]
    if found or paper is None:
        raise RequestError(*found)
    height, width = PAPER[ON[paper]]
    return width, height


def _turned(pages: int, sizes: dict[int, tuple[float, float]]) -> Problem | None:
    turned = [number for number in range(1, pages + 1) if number not in sizes]
    if not turned:
        return None
    advice = "Fold the booklet as this program made it, before another program changes it."
    return Problem(f"Page {turned[0]} is turned or enlarged by the file.", advice)


def _paper(sizes: dict[int, tuple[float, float]], paper: str | None) -> Problem | None:
    if paper or not sizes:
        return None
    size = next(iter(sizes.values()))
    name = next((f"{name}, " for name in PAPER if _alike(size, _paper_mm(name))), "")
    advice = "Only A5 can be folded, from A4 paper, and A4, from A3 paper: make the booklet on A5 or A4, then fold it."
    return Problem(f"The pages are {name}{_said(size)}.", advice)


def _differing(sizes: dict[int, tuple[float, float]]) -> Problem | None:
    first = next(iter(sizes), 0)
    other = next((number for number, size in sizes.items() if not _alike(size, sizes[first])), None)
    if other is None:
        return None
    what = f"Page {other} is {_said(sizes[other])}, and page {first} is {_said(sizes[first])}."
    return Problem(what, "Make the whole booklet on one size of paper.")


def _number(pages: int) -> Problem | None:
    if pages > 0 and pages % PAGES_A_SHEET == 0:
        return None
    what = f"A folded sheet has {PAGES_A_SHEET} pages, and {pages} do not fill their sheets."
    return Problem(
        what, "Make the booklet again and choose folding: it then has pages for notes to fill the last sheet."
    )


def _thickness(thickness_mm: float) -> Problem | None:
    if math.isfinite(thickness_mm) and thickness_mm >= 0:
        return None
    return Problem(f"Paper cannot be {thickness_mm:g} mm thick.", "Ordinary paper is 0.1 mm; 0 moves no page.")


def _size_mm(page: "pikepdf.Page") -> tuple[float, float]:
    left, bottom, right, top = _box(page)
    return (right - left) / MM, (top - bottom) / MM


def _box(page: "pikepdf.Page") -> tuple[float, float, float, float]:
    """What a viewer shows of a page and a printer prints."""
    x1, y1, x2, y2 = (float(value) for value in page.cropbox.as_list())
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _paper_mm(name: str) -> tuple[float, float]:
    width, height = PAPER[name]
    return width / MM, height / MM


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(math.isclose(a, b, abs_tol=EXACT_MM) for a, b in zip(one, other, strict=True))


def _said(size: tuple[float, float]) -> str:
    """Such as "148 by 210 mm"."""
    return f"{size[0]:.0f} by {size[1]:.0f} mm"


def _place(folded: "pikepdf.Pdf", pages: list["pikepdf.Page"], spine: float, creep: float) -> None:
    """Draws a left and a right page on the last side: they meet at the spine, and what creeps over it is cut off."""
    import pikepdf

    drawn, code = pikepdf.Dictionary(), []
    for name, page in zip(("/Left", "/Right"), pages, strict=True):
        left, bottom, right, top = _box(page)
        form = folded.copy_foreign(page.as_form_xobject(handle_transformations=False))
        if name == "/Left":
            x, right = spine - right + creep, right - creep
        else:
            x, left = spine - left - creep, left + creep
        form.BBox = pikepdf.Array([round(value, 4) for value in (left, bottom, right, top)])
        drawn[name] = form
        code.append(f"q 1 0 0 1 {x:.4f} {-bottom:.4f} cm {name} Do Q")
    side = folded.pages[-1]
    side.obj.Resources = pikepdf.Dictionary(XObject=drawn)
    side.obj.Contents = folded.make_stream("\n".join(code).encode())


def _tell(booklet: "pikepdf.Pdf", folded: "pikepdf.Pdf", title: str) -> None:
    """How to print it (PR-05), and what it is; the dates are the booklet's."""
    import pikepdf

    folded.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
    )
    folded.docinfo["/Title"] = f"{title}, for folding"
    for key in ("/Creator", "/Producer", "/CreationDate", "/ModDate"):
        if key in booklet.docinfo:
            folded.docinfo[key] = str(booklet.docinfo[key])
