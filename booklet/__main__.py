"""The command line: with no command the interface, with one no screen at all (product.md section 8)."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from booklet import __version__
from booklet.errors import BookletError, ExitCode, Problem, RequestError, did_you_mean, fault_code

T = TypeVar("T")
DESCRIPTION = "Make large-print booklets about secondary breast cancer, offline."
EXAMPLE = "For example: booklet build --pack newly-told --text-size 24 -o my-booklet.pdf"


def main() -> NoReturn:
    """Runs the command and ends the process. A bug of ours is a calm line with a code, never what was typed."""
    try:
        code = run()
    except KeyboardInterrupt:
        print("Stopped. Nothing was saved.", file=sys.stderr)
        code = ExitCode.STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        code = ExitCode.FAILED
    except Exception as e:
        if os.environ.get("BOOKLET_DEBUG"):
            raise
        print(f"Something went wrong inside this program. Code: {fault_code(e)}.", file=sys.stderr)
        print("Your files are as they were. Please tell the person who looks after the program.", file=sys.stderr)
        code = ExitCode.FAILED
    sys.exit(code)


def run(argv: list[str] | None = None) -> ExitCode:
    """Runs one command; what a user can put right is printed, a problem a line, and becomes an exit code."""
    arguments = parser().parse_args(argv)
    try:
        return ExitCode(arguments.run(arguments))
    except BookletError as e:
        for problem in e.problems:
            print(problem, file=sys.stderr)
        return e.exit_code


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="booklet", description=DESCRIPTION, epilog=EXAMPLE)
    top.add_argument("--version", action="version", version=f"booklet {__version__}")
    top.add_argument("--screen", action="store_true", help="open the full screen whatever the terminal says it can do")
    top.set_defaults(run=_interface)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_build(commands)
    for name, help, run in (
        ("topics", "what there is to choose from", _topics),
        ("packs", "ready-made choices", _packs),
        ("preferences", "the ways a booklet can be set", _preferences),
    ):
        command = commands.add_parser(name, help=help, description=help.capitalize() + ".")
        command.add_argument("--json", action="store_true", help="for programs")
        command.set_defaults(run=run)
    check = commands.add_parser("check", help="everything wrong with content and layouts, each with file and line")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these files and folders")
    check.set_defaults(run=_check)
    return top


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from booklet.build import preferences
    from booklet.writers import FORMATS

    build = commands.add_parser("build", help="make one booklet", description="Make one booklet.", epilog=EXAMPLE)
    build.add_argument("ids", nargs="*", metavar="ID", help="a topic (treatments) or a section (breaks/taking-a-break)")
    build.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; .pdf or .txt")
    build.add_argument("--pack", action="append", default=[], metavar="NAME", help="a ready-made pack")
    build.add_argument("--name", default="", help="printed on the cover and kept nowhere else")
    for key, preference in preferences().items():
        choices = ", ".join(preference.choices)
        help = f"{preference.label.lower()}: {choices} (usually {preference.default})"
        build.add_argument(f"--{key}", metavar="CHOICE", help=help)
    build.add_argument("--format", metavar="FORMAT", help=f"{' or '.join(FORMATS)}; otherwise from the ending of FILE")
    build.add_argument("--date", metavar="2026-11-20", help="the date on the cover and in the file; otherwise today")
    build.add_argument("--json", action="store_true", help="a summary for programs")
    build.set_defaults(run=_build)


def _build(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import build, check_name, check_preferences, preferences, save
    from booklet.library import Library
    from booklet.paths import CONTENT
    from booklet.request import Personal, Request, choose, personal

    problems: list[Problem] = []
    library = Library.load(CONTENT)
    given = {key: value for key in preferences() if (value := getattr(arguments, key.replace("-", "_")))}
    sections = _attempt(problems, lambda: choose(library, arguments.ids, arguments.pack), tuple[str, ...]())
    made = _attempt(problems, lambda: _date(arguments.date), date.min)
    about = _attempt(problems, lambda: personal(arguments.name), Personal())
    output, format = _attempt(problems, lambda: _output(arguments.output, arguments.format), (Path(), ""))
    request = Request(sections, made, given, about)
    _attempt(problems, lambda: check_preferences(request), None)
    _attempt(problems, lambda: check_name(request), None)
    if problems:
        raise RequestError(*problems)
    booklet = build(library, request, format)
    save(booklet.data, output)
    for warning in booklet.warnings:
        print(f"Please note: {warning}.", file=sys.stderr)
    if arguments.json:
        print(_json({"file": str(output), **booklet.summary()}))
    else:
        print(f"{output}: {booklet.size()}")
    return ExitCode.DONE


def _attempt(problems: list[Problem], ask: Callable[[], T], otherwise: T) -> T:
    """Collects what is wrong with one part of the request, so that the others are heard of as well."""
    try:
        return ask()
    except RequestError as e:
        problems.extend(e.problems)
        return otherwise


def _date(text: str | None) -> date:
    """The date asked for, else SOURCE_DATE_EPOCH, else today."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(Problem("The date is not one.", "Write year, month and day, such as 2026-11-20.")) from None


def _output(path: Path | None, format: str | None) -> tuple[Path, str]:
    from booklet.writers import FORMATS

    if path is None:
        raise RequestError(
            Problem("Where should the booklet go?", "Add -o and a file name, such as -o my-booklet.pdf.")
        )
    if format is None:
        found = next((f.name for f in FORMATS.values() if f.suffix == path.suffix.lower()), None)
        if found is None:
            endings = " or ".join(f.suffix for f in FORMATS.values())
            advice = f"End the file name in {endings}, or add --format."
            raise RequestError(Problem("The file name does not say which format to make.", advice))
        return path, found
    if format not in FORMATS:
        advice = did_you_mean(format, FORMATS) or f"The formats are {', '.join(FORMATS)}."
        raise RequestError(Problem("There is no such format.", advice))
    return path, format


def _topics(arguments: argparse.Namespace) -> ExitCode:
    from booklet.library import Library
    from booklet.paths import CONTENT

    library = Library.load(CONTENT)
    sections = [s for s in library.sections.values() if not s.meta.safety and s.meta.gate == "none"]
    if arguments.json:
        print(
            _json(
                [
                    {"id": s.id, "number": library.number(s), "title": s.meta.title, "summary": s.meta.summary}
                    for s in sections
                ]
            )
        )
        return ExitCode.DONE
    for topic in library.topics:
        inside = [s for s in sections if s in topic.sections]
        if inside:
            print(f"{topic.id}: {topic.title}")
        for section in inside:
            print(f"    {section.id}: {library.number(section)} {section.meta.title}")
    return ExitCode.DONE


def _packs(arguments: argparse.Namespace) -> ExitCode:
    from booklet.library import Library
    from booklet.paths import CONTENT
    from booklet.request import choose

    library = Library.load(CONTENT)
    rows = [
        {"id": id, "title": pack.title, "summary": pack.summary, "sections": choose(library, (), (id,))}
        for id, pack in library.packs.items()
    ]
    if arguments.json:
        print(_json(rows))
        return ExitCode.DONE
    for row in rows:
        print(f"{row['id']}: {row['title']}. {row['summary']}")
    return ExitCode.DONE


def _preferences(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import preferences

    if arguments.json:
        rows = [
            {"id": id, "label": p.label, "default": p.default, "choices": list(p.choices)}
            for id, p in preferences().items()
        ]
        print(_json(rows))
        return ExitCode.DONE
    for id, preference in preferences().items():
        print(f"--{id}: {preference.label}")
        for key, choice in preference.choices.items():
            usual = " (usual)" if key == preference.default else ""
            print(f"    {key}: {', '.join(filter(None, (choice.label, choice.hint)))}{usual}")
    return ExitCode.DONE


def _check(arguments: argparse.Namespace) -> ExitCode:
    from booklet.check import check
    from booklet.paths import CONTENT, LAYOUTS

    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        raise RequestError(*(Problem("There is no such file or folder.", path=path) for path in missing))
    problems = check(CONTENT, LAYOUTS, tuple(arguments.paths))
    for problem in problems:
        print(problem)
    print("Nothing wrong was found." if not problems else f"{len(problems)} to put right.", file=sys.stderr)
    return ExitCode.FAILED if problems else ExitCode.DONE


def _interface(arguments: argparse.Namespace) -> ExitCode:
    from booklet.terminal import why_not_full_screen

    reason = None if arguments.screen else why_not_full_screen()
    if reason:
        advice = f"Make a booklet with one command instead. {EXAMPLE}."
        raise RequestError(Problem(f"The full screen cannot open here: {reason}.", advice))
    from booklet.tui import BookletApp

    return ExitCode(BookletApp().run() or ExitCode.DONE)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
