"""`booklet batch`: a list of booklets from a CSV file, each in a file of its own (docs/batch.md)."""

import argparse
import os
import sys
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from booklet import batch, kept, resume
from booklet.build import counted, folded_paths, sheets, variables
from booklet.clinic_list import file_name
from booklet.commands import as_json, date_of, library_of, note, say
from booklet.errors import BookletError, ExitCode, Problem, RequestError, printable
from booklet.library import Library
from booklet.list_csv import Row, read
from booklet.progress import Progress
from booklet.saving import check_target, make_folder, save, save_all


class Booklet(msgspec.Struct, frozen=True):
    """One line of the list, the file it is to be, and what was made of it."""

    row: Row
    file: str
    pages: int = 0
    """0 until it is made."""
    sheets: int = 0
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


List = dict[int, Booklet]
"""By place in the list, from 1."""


def make_list(arguments: argparse.Namespace) -> ExitCode:
    """Checks all of the list, makes what is not made yet, and says what came of each line."""
    library, folder, source = library_of(arguments), arguments.directory, arguments.list
    if folder is None:
        raise RequestError(Problem("Where should the booklets go?", "Add -d and a folder, such as -d clinic."))
    clinic = kept.clinic(arguments.clinic)
    rows = read(library, source, _made(arguments, folder), clinic)
    booklets = {place: Booklet(row, _file(place, row, len(rows))) for place, row in enumerate(rows, 1)}
    _check(arguments, booklets)
    make_folder(folder)
    names = [name for booklet in booklets.values() for name in _files(booklet)]
    content = tuple(path.resolve() for path in arguments.content)
    parts = [batch.edition(content).encode(), *(path.read_bytes() for path in (source, arguments.clinic) if path)]
    resume.begin(folder, names, parts, rows[0].request.made, arguments.resume)
    try:
        for row in rows:
            for remark in row.notes:
                note(f"{source}:{row.number}: {remark}.")
        booklets |= {place: there for place, one in booklets.items() if (there := _there(folder, one))}
        _make(arguments, library, booklets)
        return _end(arguments, booklets)
    except KeyboardInterrupt:
        done = sum(booklet.pages > 0 for booklet in booklets.values())
        told = f"Stopped. {done} of {counted(len(booklets), 'booklet')} made, each of them whole."
        print(f"{told} To make the others, give the same command with --resume.", file=sys.stderr)
        return ExitCode.STOPPED


def _made(arguments: argparse.Namespace, folder: Path) -> date:
    """The date asked for; a list that is resumed keeps the one that it was begun with."""
    before = resume.begun(folder) if arguments.resume and arguments.date is None else None
    return before.made if before else date_of(arguments.date)


def _file(place: int, row: Row, of: int) -> str:
    return f"{row.file}.pdf" if row.file else file_name(place, of, row.line, row.request)


def _files(booklet: Booklet) -> list[str]:
    """What is written for a line: first the file for folding, so that where the booklet is, both are."""
    folded = booklet.row.request.preferences.get("fold") == "booklet"
    return [*([f"{Path(booklet.file).stem}-fold.pdf"] if folded else []), booklet.file]


def _check(arguments: argparse.Namespace, booklets: List) -> None:
    """Raises RequestError with everything that keeps the list from being made as it was asked."""
    problems = []
    names: set[str] = set()
    for booklet in booklets.values():
        same = {name.lower() for name in _files(booklet)} & names
        names |= {name.lower() for name in _files(booklet)}
        if same:
            what = "Another line makes a file of this name."
            problems.append(Problem(what, "Give it another.", arguments.list, booklet.row.number))
    if arguments.jobs is not None and not 1 <= arguments.jobs <= 99:
        problems.append(
            Problem("This is not a number of processes that can run.", "Give --jobs a number from 1 to 99.")
        )
    if arguments.merge:
        if arguments.merge.parent.absolute() != arguments.directory.absolute():  # which need not be there yet
            check_target(arguments.merge)
        if arguments.merge.name.lower() in names:
            problems.append(Problem("A booklet of the list has this name.", "Choose another.", arguments.merge))
        problems += _apart(arguments.list, booklets)
    if problems:
        raise RequestError(*problems)
    if arguments.cluster:
        told = any(any(b.row.request.personal.texts()) or b.row.request.about.given for b in booklets.values())
        batch.check_address(arguments.cluster, told)


def _apart(source: Path, booklets: List) -> list[Problem]:
    """Lines that one file for the printer cannot hold beside the first: it is printed in one way."""
    ways = [(b.row.number, v.paper, v.sides, v.fold) for b in booklets.values() for v in [variables(b.row.request)]]
    first = ways[0]
    advice = "Leave --merge out, or make two lists."
    problems = [Problem("A folded booklet cannot be merged.", advice, source, n) for n, _, _, fold in ways if fold]
    what = f"This is not on the same paper and sides as the booklet of line {first[0]}, so they cannot be merged."
    return problems + [Problem(what, advice, source, way[0]) for way in ways if way[1:3] != first[1:3]]


def _there(folder: Path, booklet: Booklet) -> Booklet | None:
    """The booklet as an earlier run of the same list made it."""
    path = folder / booklet.file
    if not path.exists():
        return None
    import pikepdf

    try:
        with pikepdf.open(path) as made:
            pages = len(made.pages)
    except (OSError, pikepdf.PdfError):
        return None
    return msgspec.structs.replace(booklet, pages=pages, sheets=sheets(pages, variables(booklet.row.request)))


def _make(arguments: argparse.Namespace, library: Library, booklets: List) -> None:
    """Makes what is missing and puts into the list what came of it."""
    content = tuple(path.resolve() for path in arguments.content)
    edition = batch.edition(content) if arguments.cluster else ""
    missing = [place for place, booklet in booklets.items() if not booklet.pages]
    todo = [batch.Job(place, booklets[place].row.request, content, edition) for place in missing]
    if len(booklets) > len(todo) and not arguments.json:
        say(f"Made before: {len(booklets) - len(todo)} of {len(booklets)}.")
    jobs = min(arguments.jobs or os.cpu_count() or 1, max(len(todo), 1))
    pool = partial(batch.cluster, arguments.cluster) if arguments.cluster else partial(batch.processes, jobs, content)
    window = batch.AT_A_CLUSTER if arguments.cluster else 2 * jobs
    progress, done = Progress(len(todo), sys.stderr), 0
    with closing(batch.make_all(todo, pool, window, lambda: progress.show(done))) as made_one:
        for job, made in made_one:
            done += 1
            booklets[job.number] = booklet = _save(arguments.directory, booklets[job.number], made)
            progress.clear()
            _tell(arguments, booklet, made, f"{len(booklets) - len(todo) + done} of {len(booklets)}")
    progress.clear()


def _save(folder: Path, booklet: Booklet, made: batch.Made) -> Booklet:
    """The booklet with what was made of it, in its file if it was made."""
    if made.problems:
        return msgspec.structs.replace(booklet, problems=made.problems)
    try:
        folded = zip(made.folded, folded_paths(folder / booklet.file, len(made.folded)), strict=True)
        save_all(*folded, (made.data, folder / booklet.file))
    except BookletError as e:
        return msgspec.structs.replace(booklet, problems=e.problems)
    return msgspec.structs.replace(booklet, pages=made.pages, sheets=made.sheets, warnings=made.warnings)


def _tell(arguments: argparse.Namespace, booklet: Booklet, made: batch.Made, place: str) -> None:
    """What came of one line."""
    at = f"{arguments.list}:{booklet.row.number}"
    for warning in made.warnings:
        note(f"{at}: {warning}.")
    if booklet.problems:
        told = " ".join(f"{problem.what} {problem.advice}".strip() for problem in booklet.problems)
        print(printable(f"{place}: {at}: not made. {told}"), file=sys.stderr, flush=True)
    elif not arguments.json:
        copies = f", {booklet.row.line.copies} copies" if booklet.row.line.copies > 1 else ""
        say(f"{place}: {booklet.file}: {counted(booklet.pages, 'page')}, {counted(booklet.sheets, 'sheet')}{copies}.")


def _end(arguments: argparse.Namespace, booklets: List) -> ExitCode:
    """The file for the printer, the totals, and whether all is well."""
    failed = [booklet for booklet in booklets.values() if not booklet.pages]
    merged = None
    if arguments.merge and not failed:
        from booklet.merge import merge

        files = [(arguments.directory / b.file, b.row.line.copies) for b in booklets.values()]
        save(merge(files), check_target(arguments.merge))
        merged = arguments.merge
    if not failed:
        resume.finish(arguments.directory)
    copies = sum(b.row.line.copies for b in booklets.values() if b.pages)
    pages = sum(b.pages * b.row.line.copies for b in booklets.values())
    paper = sum(b.sheets * b.row.line.copies for b in booklets.values())
    if arguments.json:
        rows = [_as_row(booklet) for booklet in booklets.values()]
        totals = {"copies": copies, "pages": pages, "sheets": paper, "failed": len(failed)}
        say(as_json({"booklets": rows, **totals, "merged": merged and str(merged)}))
    else:
        if merged:
            say(f"{merged}: all of them, for the printer.")
        say(f"{counted(copies, 'booklet')} to print: {counted(pages, 'page')}, {counted(paper, 'sheet')} of paper.")
    if failed:
        left = "The file of all was not made. " if arguments.merge else ""
        again = "To try again, give the same command with --resume."
        print(f"Not made: {len(failed)} of {len(booklets)}. {left}{again}", file=sys.stderr)
    return ExitCode.FAILED if failed else ExitCode.DONE


def _as_row(booklet: Booklet) -> dict[str, object]:
    return {
        "line": booklet.row.number,
        "file": booklet.file if booklet.pages else None,
        "pages": booklet.pages,
        "sheets": booklet.sheets,
        "copies": booklet.row.line.copies,
        "warnings": list(booklet.warnings),
        "problems": [problem.what for problem in booklet.problems],
    }
