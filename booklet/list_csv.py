"""A clinic list as a CSV file, which any spreadsheet writes: a column for whatever may be asked of a booklet.

The whole file is read before anything is made, and every problem is said with its line. A problem never repeats what
a cell holds, for it may be about a person; it names the column, as the first line does or as spreadsheets do.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from booklet import settings
from booklet.build import check_reviews, preferences
from booklet.choices import Choices, attempt, facts, to_request
from booklet.clinic import Clinic
from booklet.clinic_list import Line, Lines, copies_of, pack_named, without_names
from booklet.errors import Problem, RequestError, did_you_mean
from booklet.library import Library
from booklet.personal import FIELDS
from booklet.request import Request

BETWEEN = ";"
"""Parts the items of a list within one cell."""
MOST_LINES, MOST_COLUMNS = 5000, 100
"""Of a list; no clinic has more, and a file made to harm could take a day to check."""
SAME = {"packs": "pack", "topics": "ids", "topic": "ids", "id": "ids"}
PACK, IDS, PROFILE, ABOUT, WRITE_IN, COPIES, FILE = "pack", "ids", "profile", "about", "write-in", "copies", "file"
_STEM = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_RESERVED = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever their ending."""

Fit = Callable[[Choices], tuple[Request, list[str]]]
"""The request that choices make and notes on them; raises RequestError where they cannot be made."""


class Row(msgspec.Struct, frozen=True):
    """One line of the file, where it stands there, and the request that it makes."""

    line: Line
    number: int
    """The line of the file that it begins on, counted from 1."""
    request: Request
    notes: tuple[str, ...] = ()
    """On facts about the reader that were not understood."""
    file: str = ""
    """What to call the booklet, without an ending; empty for a name of ours."""


def columns() -> list[str]:
    """Every column that there may be."""
    people = [key.replace("_", "-") for key in FIELDS]
    return [PACK, IDS, PROFILE, *preferences(), ABOUT, WRITE_IN, COPIES, *people, FILE]


def read(library: Library, path: Path, made: date, clinic: Clinic) -> tuple[Row, ...]:
    """The lines of a file, each fit to be made. Raises RequestError with every problem of the file and its line.

    Only UTF-8 is read: the older CSV of Excel has no letter such as the Welsh w with a circumflex and puts a question
    mark in its place without saying so, and nothing in such a file tells which alphabet it is in.
    """
    try:
        text = settings.text_of(path, RequestError)
    except RequestError as e:
        if "UTF-8" not in e.problems[0].what:
            raise
        advice = 'In Excel choose Save As, then "CSV UTF-8 (Comma delimited)".'
        raise RequestError(replace(e.problems[0], advice=advice)) from None
    return parse(library, text, path, made, clinic)


def parse(library: Library, text: str, path: Path, made: date, clinic: Clinic) -> tuple[Row, ...]:
    """As `read`, for the text of a file."""
    cells = _cells(text, path)
    first, header = next(cells, (1, [""]))
    if len(header) > MOST_COLUMNS:
        raise RequestError(Problem("There are too many columns.", "Leave those out that are not used.", path, first))
    problems, known = _header(header, path, first)
    if problems:
        raise RequestError(*problems)

    def fit(chosen: Choices) -> tuple[Request, list[str]]:
        request, notes = to_request(library, chosen, made, clinic)
        check_reviews(library, request)
        return request, notes

    rows: list[Row] = []
    for number, values in cells:
        if len(rows) == MOST_LINES or len(problems) >= settings.MOST:
            advice = f"A list has at most {MOST_LINES} lines." if len(rows) == MOST_LINES else "Put these right first."
            problems.append(Problem("The list goes on, and the rest was not looked at.", advice, path, number))
            break
        try:
            rows += [_row(library, known, values, number, fit)] if any(value.strip() for value in values) else []
        except RequestError as e:
            problems += [_unsaid(problem, path, number) for problem in e.problems]
    problems += _twice(rows, path)
    if not rows and not problems:
        problems.append(
            Problem("There is no booklet in this list.", "Write a line for each, below the headings.", path)
        )
    if problems:
        raise RequestError(*problems)
    return tuple(rows)


def written(lines: Lines) -> str:
    """Lines as the text of a file that `read` reads: what may be kept of a list, so nothing about a person."""
    kept = [_kept(line) for line in without_names(lines)]
    used = [column for column in columns() if any(column in row for row in kept)] or [PACK]
    out = io.StringIO()
    table = csv.DictWriter(out, used, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(kept)
    return out.getvalue()


def _kept(line: Line) -> dict[str, str]:
    chosen = line.choices
    cells = {
        PACK: BETWEEN.join(chosen.packs),
        IDS: BETWEEN.join(chosen.ids),
        PROFILE: chosen.profile,
        WRITE_IN: chosen.write_in.replace(",", BETWEEN),
        COPIES: str(line.copies) if line.copies > 1 else "",
        **chosen.preferences,
    }
    return {column: cell for column, cell in cells.items() if cell}


def _cells(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line that each row begins on, and its cells. Raises RequestError where the file cannot be parted into cells."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error:
        advice = "Look for a quotation mark that is not closed, or save it again from the spreadsheet."
        raise RequestError(Problem("This line cannot be parted into cells.", advice, path, begins)) from None


def _delimiter(first: str) -> str:
    """What parts the columns: whichever of the two makes more headings that there are."""
    return max(
        (",", ";"), key=lambda mark: len({_heading(cell.strip('" ')) for cell in first.split(mark)} & {*columns()})
    )


def _heading(cell: str) -> str:
    told = re.sub(r"[\s_-]+", "-", cell.strip().lower())
    return SAME.get(told, told)


def _header(header: Sequence[str], path: Path, line: int) -> tuple[list[Problem], dict[int, str]]:
    """What is wrong with the headings, and the column of each place; an empty heading has none."""
    known = {place: _heading(cell) for place, cell in enumerate(header) if cell.strip()}
    problems = []
    if not set(known.values()) & {*columns()}:
        what = "The first line does not say what the columns are."
        advice = "Begin the list with a line of headings, such as: pack,text-size,copies,name"
        return [Problem(what, advice, path, line)], {}
    for place, column in known.items():
        if column not in columns():
            advice = did_you_mean(column, [*columns(), *SAME]) or f"The columns are {', '.join(columns())}."
            problems.append(Problem(f"Column {_letter(place)} has a heading that is not known.", advice, path, line))
        elif column in list(known.values())[: list(known).index(place)]:
            problems.append(Problem(f"There are two columns {column}.", "Keep one of them.", path, line))
    return problems, known


def _letter(place: int) -> str:
    """The column as spreadsheets call it: A, B, and AA after Z."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _unsaid(problem: Problem, path: Path, line: int) -> Problem:
    """The problem at its line, without what the cell holds."""
    return replace(problem, what=re.sub('".*"', "what is written here", problem.what), path=path, line=line)


def _row(library: Library, known: dict[int, str], values: list[str], number: int, fit: Fit) -> Row:
    """Raises RequestError with everything that is wrong with one line."""
    odd = [_letter(place) for place, value in enumerate(values) if value.strip() and place not in known]
    if odd:
        advice = 'Give it a heading. Where a cell has a comma in it, put "quotation marks" around the cell.'
        raise RequestError(Problem(f"There is something in column {odd[0]}, which has no heading.", advice))
    given = {known[place]: " ".join(value.split()) for place, value in enumerate(values) if value.strip()}
    problems: list[Problem] = []
    packs = attempt(
        problems, lambda: tuple(pack_named(library, item) for item in items(given.get(PACK, ""))), tuple[str, ...]()
    )
    named_all = not problems
    people = {key: given[key.replace("_", "-")] for key in FIELDS if key.replace("_", "-") in given}
    chosen = Choices(
        ids=items(given.get(IDS, "")),
        packs=packs,
        profile=given.get(PROFILE, ""),
        preferences={key: _value(key, given[key]) for key in preferences() if key in given},
        about=attempt(problems, lambda: facts(items(given.get(ABOUT, "")), ABOUT), dict[str, str]()),
        personal={key: items(text) if FIELDS[key].kind == "lines" else text for key, text in people.items()},
        write_in=given.get(WRITE_IN, "").replace(BETWEEN, ","),
    )
    copies = attempt(problems, lambda: copies_of(given.get(COPIES, "1")), 1)
    file = attempt(problems, lambda: _stem(given.get(FILE, ""), given.get("name", "")), "")
    found = attempt(problems, lambda: fit(chosen), None) if named_all else None
    if problems or found is None:
        raise RequestError(*problems)
    request, notes = found
    return Row(Line(chosen, copies), number, request, tuple(notes), file)


def items(cell: str) -> tuple[str, ...]:
    """The items of a list within one cell."""
    return tuple(item.strip() for item in cell.split(BETWEEN) if item.strip())


def _value(key: str, cell: str) -> str:
    """The choice of a preference, in small letters or capitals; whatever else is there is refused later, with the rest."""
    return next((choice for choice in preferences()[key].choices if choice.lower() == cell.lower()), cell)


def _stem(text: str, name: str) -> str:
    """Raises RequestError for a file name that not every computer can have, or that says whose booklet it is."""
    if text and (not _STEM.fullmatch(text) or _RESERVED.fullmatch(text)):
        advice = "Use letters without accents, figures and hyphens, at most 60, and no folder and no ending."
        raise RequestError(Problem("This cannot be the name of a file.", advice))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    if any(word in text.lower() for word in re.findall("[a-z]{3,}", plain)):
        advice = "Others can see the names of files. Use a number, or leave it empty."
        raise RequestError(Problem("The name of the file has the name of the person in it.", advice))
    return text


def _twice(rows: list[Row], path: Path) -> list[Problem]:
    """Two booklets in one file would leave one of them."""
    names = [row.file.lower() for row in rows]
    what = "Another line has this name of a file."
    return [
        Problem(what, "Give each line its own, or leave it empty.", path, row.number)
        for at, row in enumerate(rows)
        if row.file and row.file.lower() in names[:at]
    ]
