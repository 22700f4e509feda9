"""Runs to lines: greedy, ragged right, no hyphens, which is what large print asks for.

A word, and a piece of information that must not be divided (standards.md LP-08, LP-09), moves
whole to the next line. Only what is wider than a whole line is cut, at a point that shows.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from booklet.model import NodePath, Run, Runs
from booklet.paginate.types import PAGE_NUMBER, Piece, Ruler
from booklet.theme import TextStyle

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_UNIT = (
    "(?:mg|ml|mm|cm|g|kg|mcg|litres?|hours?|minutes?|days?|weeks?|months?|years?|times|visits|points?|sheets?|pages?"
    "|people|or (?:more|higher))"
)
UNDIVIDED = re.compile(
    rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}"
    r"|\+?\d+(?: \d+\b(?![.,]\d))+"
    rf"|\d[\d.,]*(?: (?:in|out of) \d[\d,]*)(?: people)?"
    rf"|\d[\d.,]*(?:C|F)?(?: to \d[\d.,]*)? {_UNIT}\b"
    r"|\d[\d.,]* to \d[\d.,]*C?"
    r"|[Pp]age \d+(?: of \d+)?|version \d+"
    r"|\d[\d.]*C or (?:higher|above)|below \d[\d.]*C"
)
"""Phone numbers, dates, amounts with units, ranges and page numbers."""

_CUT_AFTER = ("/", "@._?&=", "-")
"""Where an address may be divided, the clearest place first: a hyphen at the end of a line looks like ours."""


class _Fragment(NamedTuple):
    text: str
    width: float
    font: str
    run: int


class _Word(NamedTuple):
    fragments: tuple[_Fragment, ...]
    width: float
    length: int
    space: str
    """What follows it in the text: a space, a newline or nothing."""
    space_run: int
    """Which run that is in."""


class Line(NamedTuple):
    pieces: tuple[Piece, ...]
    width: float


def set_lines(
    runs: Runs,
    style: TextStyle,
    width: float,
    ruler: Ruler,
    *,
    owner: NodePath | None,
    x: float = 0,
    tag: str = "",
    limit: int = 70,
) -> list[Line]:
    """The text in lines at most `width` points wide and `limit` characters long (LP-11)."""
    lines: list[Line] = []
    line: list[_Word] = []
    used, length = 0.0, 0
    spaces = {
        False: ruler.width(" ", style.face(False), style.size),
        True: ruler.width(" ", style.face(True), style.size),
    }

    def finish(last: bool) -> None:
        lines.append(_line(line, runs, style, spaces, owner, x, tag, last))
        line.clear()

    words = list(_words(runs, style, width, ruler))
    for n, word in enumerate(words):
        gap = 0.0
        if line:
            gap = spaces[runs[line[-1].space_run].strong] if line[-1].space else 0.0
            full = used + gap + word.width > width + 0.001 or length + bool(gap) + word.length > limit
            if line[-1].space == "\n" or full:
                finish(False)
                used, length, gap = 0.0, 0, 0.0
        line.append(word)
        used += gap + word.width
        length += bool(gap) + word.length
        if n == len(words) - 1:
            finish(True)
    return lines


def widest_word(text: str, style: TextStyle, ruler: Ruler) -> float:
    """The width of what a line of this text must at least hold, set bold: a word, or what may not be divided."""
    runs = (Run(text, strong=True),)
    return max((word.width for word in _words(runs, style, float("inf"), ruler)), default=0.0)


def _line(
    words: list[_Word],
    runs: Runs,
    style: TextStyle,
    spaces: dict[bool, float],
    owner: NodePath | None,
    x: float,
    tag: str,
    last: bool,
) -> Line:
    pieces: list[Piece] = []
    at = 0.0

    def add(text: str, width: float, font: str, index: int) -> None:
        run = runs[index]
        page_of = run.page_of if PAGE_NUMBER in text else None
        if pieces and pieces[-1].run == index and pieces[-1].font == font:
            old = pieces.pop()
            text, start, whole = old.text + text, old.x, old.width + width
            page_of = page_of or old.page_of
        else:
            start, whole = x + at, width
        pieces.append(
            Piece(
                start,
                whole,
                text,
                font,
                style.size,
                owner,
                tag,
                index,
                run.href,
                run.strong and not style.strong,
                page_of,
            )
        )

    for n, word in enumerate(words):
        for fragment in word.fragments:
            add(fragment.text, fragment.width, fragment.font, fragment.run)
            at += fragment.width
        if n < len(words) - 1 and word.space:
            strong = runs[word.space_run].strong
            add(" ", spaces[strong], style.face(strong), word.space_run)
            at += spaces[strong]
    if not last and words[-1].space:
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text + " ")
    return Line(tuple(pieces), at)


def _words(runs: Runs, style: TextStyle, width: float, ruler: Ruler) -> Iterator[_Word]:
    """The words of the text with undivided pieces of information as one word each."""
    texts = [run.text + (PAGE_NUMBER if run.page_of else "") for run in runs]
    text = "".join(texts)
    starts = [0]
    for part in texts:
        starts.append(starts[-1] + len(part))
    whole = {n for found in UNDIVIDED.finditer(text) for n in range(found.start(), found.end())}
    begin = 0
    run = 0
    while begin < len(text):
        end = begin
        while end < len(text) and (text[end] not in " \n" or (text[end] == " " and end in whole)):
            end += 1
        space = text[end] if end < len(text) else ""
        if end > begin:
            fragments: list[_Fragment] = []
            while starts[run + 1] <= begin:
                run += 1
            index = run
            while index < len(runs) and starts[index] < end:
                part = text[max(begin, starts[index]) : min(end, starts[index + 1])]
                for font, stretch in ruler.spans(part, style.face(runs[index].strong)) if part else ():
                    fragments.append(_Fragment(stretch, ruler.width(stretch, font, style.size), font, index))
                index += 1
            holder = index if index < len(runs) and starts[index] <= end else index - 1
            yield from _fitted(_word(fragments, space, holder), width, style, ruler)
        begin = end + 1


def _word(fragments: list[_Fragment], space: str = "", space_run: int = 0) -> _Word:
    width, length = sum(f.width for f in fragments), sum(len(f.text) for f in fragments)
    return _Word(tuple(fragments), width, length, space, space_run)


def _fitted(word: _Word, width: float, style: TextStyle, ruler: Ruler) -> Iterator[_Word]:
    """The word itself; or, if no line could hold it, its parts."""
    if word.width <= width:
        yield word
        return
    if any(" " in fragment.text for fragment in word.fragments):
        yield from _divided_at_spaces(word, width, style, ruler)
        return
    part: list[_Fragment] = []
    used = 0.0
    for fragment in word.fragments:
        text = fragment.text
        while text:
            count = _fitting(text, width - used, fragment.font, style.size, ruler)
            if count < len(text):
                cuts = (max(text.rfind(char, 0, count) for char in marks) + 1 for marks in _CUT_AFTER)
                count = next(filter(None, cuts), count)
            if count == 0 and not part:
                count = 1  # a letter wider than the line has to go somewhere
            if count:
                piece = text[:count]
                part.append(
                    _Fragment(piece, ruler.width(piece, fragment.font, style.size), fragment.font, fragment.run)
                )
                used += part[-1].width
                text = text[count:]
            if text:
                yield _word(part)
                part, used = [], 0.0
    yield _word(part, word.space, word.space_run)


def _divided_at_spaces(word: _Word, width: float, style: TextStyle, ruler: Ruler) -> Iterator[_Word]:
    part: list[_Fragment] = []
    for fragment in word.fragments:
        stretches = fragment.text.split(" ")
        for n, stretch in enumerate(stretches):
            if stretch:
                part.append(
                    _Fragment(stretch, ruler.width(stretch, fragment.font, style.size), fragment.font, fragment.run)
                )
            if n < len(stretches) - 1 and part:
                yield from _fitted(_word(part, " ", fragment.run), width, style, ruler)
                part = []
    if part:
        yield from _fitted(_word(part, word.space, word.space_run), width, style, ruler)


def _fitting(text: str, width: float, font: str, size: float, ruler: Ruler) -> int:
    """How many letters of the text fit."""
    count = 0
    while count < len(text) and ruler.width(text[: count + 1], font, size) <= width:
        count += 1
    return count
