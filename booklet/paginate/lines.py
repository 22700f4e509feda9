"""Runs to lines: greedy, ragged right, no hyphens, which is what large print asks for.

A word, and a piece of information that must not be divided (standards.md LP-08, LP-09), moves
whole to the next line. Only what is wider than a whole line is cut, at a point that shows.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

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
    if len(runs) == 1 and not runs[0].page_of:
        quick = _of_one_face(runs[0], style, width, ruler, owner, x, tag, limit)
        if quick is not None:
            return quick
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


def _of_one_face(
    run: Run, style: TextStyle, width: float, ruler: Ruler, owner: NodePath | None, x: float, tag: str, limit: int
) -> list[Line] | None:
    """The same lines in a third of the time, for the text of most blocks: one run whose words fit as they are.

    None where a letter needs another face or a word is wider than a line.
    """
    text, face, size = run.text, style.face(run.strong), style.size
    if not text or ruler.spans(text, face) != [(face, text)]:
        return None
    space = ruler.width(" ", face, size)
    strong = run.strong and not style.strong
    lines: list[Line] = []
    words: list[str] = []
    used, drawn, length, after = 0.0, 0.0, 0, ""

    def finish(last: bool) -> None:
        shown = " ".join(words)
        piece = Piece(
            x + 0.0, drawn, shown if last or not after else shown + " ", face, size, owner, tag, 0, run.href, strong
        )
        lines.append(Line((piece,), drawn))

    for begin, end in _bounds(text, ruler):
        word = text[begin:end]
        wide = ruler.width(word, face, size)
        if wide > width:
            return None
        count = end - begin
        gap = bool(after)
        full = used + (space if gap else 0.0) + wide > width + 0.001 or length + gap + count > limit
        if words and (after == "\n" or full):
            finish(False)
            words = []
        if words:
            used += (space if gap else 0.0) + wide
            drawn = (drawn + space if gap else drawn) + wide
            length += gap + count
        else:
            used, drawn, length = wide, wide, count
        words.append(word)
        after = text[end : end + 1]
    if words:
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
    """The words with the spaces between them, what is of one run and in one face as one piece."""
    parts: list[_Fragment] = []
    for word in words:
        parts += word.fragments
        if word.space:
            strong = runs[word.space_run].strong
            parts.append(_Fragment(" ", spaces[strong], style.face(strong), word.space_run))
    ending = parts.pop() if words[-1].space else None
    pieces: list[Piece] = []
    at = 0.0
    n = 0
    while n < len(parts):
        _, width, font, index = parts[n]
        end = n + 1
        while end < len(parts) and parts[end].run == index and parts[end].font == font:
            width += parts[end].width
            end += 1
        text = "".join([part.text for part in parts[n:end]])
        if end == len(parts) and ending and not last:
            text += " "
        run = runs[index]
        page_of = run.page_of if run.page_of and PAGE_NUMBER in text else None
        strong = run.strong and not style.strong
        pieces.append(Piece(x + at, width, text, font, style.size, owner, tag, index, run.href, strong, page_of))
        at += width
        n = end
    return Line(tuple(pieces), at)


def _words(runs: Runs, style: TextStyle, width: float, ruler: Ruler) -> Iterator[_Word]:
    """The words of the text with undivided pieces of information as one word each."""
    texts = [run.text + (PAGE_NUMBER if run.page_of else "") for run in runs]
    text = "".join(texts)
    size = style.size
    ends = list(accumulate(map(len, texts)))
    fonts = [style.face(run.strong) for run in runs]
    index = 0
    for begin, end in _bounds(text, ruler):
        while ends[index] <= begin:
            index += 1
        at, last = begin, index
        fragments: list[_Fragment] = []
        while at < end:
            until = min(end, ends[last])
            for font, stretch in ruler.spans(text[at:until], fonts[last]) if at < until else ():
                fragments.append(_Fragment(stretch, ruler.width(stretch, font, size), font, last))
            at = until
            last += ends[last] == at and last + 1 < len(ends)
        after = text[end : end + 1]
        if len(fragments) == 1:  # nearly always
            word = _Word(tuple(fragments), fragments[0].width, end - begin, after, last)
        else:
            word = _word(fragments, after, last)
        if word.width <= width:
            yield word
        else:
            yield from _fitted(word, width, style, ruler)


_RUN_OF_LETTERS = re.compile(r"[^ \n]+")
_FIGURE = re.compile(r"\d")


def _bounds(text: str, ruler: Ruler) -> list[tuple[int, int]]:
    """Where each word begins and ends; the words of an undivided piece of information are one."""
    known = ruler.words.get(text)
    if known is None:
        known = ruler.words[text] = _divided(text)
    return known


def _divided(text: str) -> list[tuple[int, int]]:
    bounds = [found.span() for found in _RUN_OF_LETTERS.finditer(text)]
    if not _FIGURE.search(text):
        return bounds
    whole = [found.span() for found in UNDIVIDED.finditer(text)]
    joined = bounds[:1]
    for begin, end in bounds[1:]:
        before = joined[-1]
        if begin - before[1] == 1 and any(first <= before[1] < last for first, last in whole):
            joined[-1] = before[0], end
        else:
            joined.append((begin, end))
    return joined


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
