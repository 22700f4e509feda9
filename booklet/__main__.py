"""The command line: with no command the interface, with one no screen at all (product.md section 8)."""

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from booklet import __version__
from booklet.errors import BookletError, ExitCode, Problem, RequestError, did_you_mean, fault_code

if TYPE_CHECKING:
    from booklet.theme import Preference

T = TypeVar("T")
DESCRIPTION = "Make large-print booklets about secondary breast cancer, offline."
EXAMPLE = "For example: booklet build --pack newly-told --text-size 24 -o my-booklet.pdf"


def main() -> NoReturn:
    """Runs the command and ends the process. A bug of ours is a calm line with a code, never what was typed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file name may have letters that a console lacks
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    try:
        code = run()
    except KeyboardInterrupt:
        print("Stopped. Nothing was saved.", file=sys.stderr)
        code = ExitCode.STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.FAILED
    except _CannotSayError as e:
        print(f"What was asked for was done, but its result could not be shown: {e}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.FAILED
    except Exception as e:
        if os.environ.get("BOOKLET_DEBUG"):
            raise
        print(f"Something went wrong inside this program. Code: {fault_code(e)}.", file=sys.stderr)
        print("Your files are as they were. Please tell the person who looks after the program.", file=sys.stderr)
        code = ExitCode.FAILED
    sys.exit(code)


class _CannotSayError(Exception):
    """Standard output is full or gone; any other trouble with files is a fault and says so."""


def _say(text: str) -> None:
    """A result, on standard output."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise _CannotSayError(e.strerror) from None


def _stop(*_: object) -> None:
    """Closing the window stops a build as Ctrl+C does: nothing half made stays behind."""
    raise KeyboardInterrupt


def run(argv: list[str] | None = None) -> ExitCode:
    """Runs one command; what a user can put right is printed, a problem a line, and becomes an exit code."""
    try:
        arguments = parser().parse_args(argv)
        return ExitCode(arguments.run(arguments))
    except BookletError as e:
        for problem in e.problems:
            print(problem, file=sys.stderr)
        return e.exit_code


class _Parser(argparse.ArgumentParser):
    """Mistakes become problems like any others, and nothing that was typed is said again."""

    known: ClassVar[dict[str, list[str]]] = {"flags": [], "commands": []}
    """What a slip may have meant, of all parsers together."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **given})

    def add_argument(self, *names: str, **given: Any) -> argparse.Action:
        self.known["flags"] += [name for name in names if name.startswith("--")]
        return super().add_argument(*names, **given)

    def error(self, message: str) -> NoReturn:
        if "expected one argument" in message or "expected at least" in message:
            flag = message.split()[1].rstrip(":")
            raise RequestError(Problem(f"{flag} needs a value.", f"For what there is, run: {self.prog} --help"))
        words = [word.strip("'\",:") for word in message.split()]
        flags = (did_you_mean(word, self.known["flags"]) for word in words if word.startswith("--"))
        near = next(filter(None, flags), "")
        if "invalid choice" in message:
            near = did_you_mean(words[words.index("choice") + 1], self.known["commands"])
        quotes = 'Write a name of two words in quotation marks: --name "Edna Smith".'
        advice = f"{near or quotes} For what there is, run: {self.prog} --help"
        raise RequestError(Problem("Something in the command was not understood.", advice))


def parser() -> argparse.ArgumentParser:
    _Parser.known = {"flags": [], "commands": []}
    top = _Parser(prog="booklet", description=DESCRIPTION, epilog=EXAMPLE)
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
    _Parser.known["commands"] = list(commands.choices)
    return top


def _add_build(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from booklet import paths, theme
    from booklet.writers import FORMATS

    build = commands.add_parser("build", help="make one booklet", description="Make one booklet.", epilog=EXAMPLE)
    build.add_argument("ids", nargs="*", metavar="ID", help="a topic (treatments) or a section (breaks/taking-a-break)")
    build.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; .pdf or .txt")
    build.add_argument("--pack", action="append", default=[], metavar="NAME", help="a ready-made pack")
    build.add_argument("--name", default="", help="printed on the cover and kept nowhere else")
    known: dict[str, Preference] = {}
    with suppress(BookletError):  # said by the commands that need them, so that `check` can say it with the rest
        known = theme.load_preferences(paths.PREFERENCES)
    for key, preference in known.items():
        choices = ", ".join(preference.choices)
        help = f"{preference.label.lower()}: {choices} (usually {preference.default})"
        build.add_argument(f"--{key}", metavar="CHOICE", help=help.replace("%", "%%"))
    build.add_argument("--format", metavar="FORMAT", help=f"{' or '.join(FORMATS)}; otherwise from the ending of FILE")
    build.add_argument("--date", metavar="2026-11-20", help="the date on the cover and in the file; otherwise today")
    build.add_argument("--json", action="store_true", help="a summary for programs")
    build.set_defaults(run=_build)


def _build(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import build, check_name, check_preferences, preferences, save
    from booklet.library import Library
    from booklet.paths import CONTENT
    from booklet.request import Personal, Request, choose, personal, printable

    problems: list[Problem] = []
    library = Library.load(CONTENT)
    asked = ((key, getattr(arguments, key.replace("-", "_"))) for key in preferences())
    given = {key: value for key, value in asked if value is not None}
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
        _say(_json({"file": str(arguments.output), **booklet.summary()}))
    else:
        _say(f"{printable(str(arguments.output))}: {booklet.size()}")
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
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
        except (ValueError, OverflowError, OSError):
            what = "SOURCE_DATE_EPOCH is not a time."
            raise RequestError(Problem(what, "Write seconds since 1970, or unset it.")) from None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(Problem("The date is not one.", "Write year, month and day, such as 2026-11-20.")) from None


def _output(path: Path | None, format: str | None) -> tuple[Path, str]:
    from booklet.build import check_target
    from booklet.writers import FORMATS

    if path is None:
        raise RequestError(
            Problem("Where should the booklet go?", "Add -o and a file name, such as -o my-booklet.pdf.")
        )
    if format is None:
        format = next((f.name for f in FORMATS.values() if f.suffix == path.suffix.lower()), None)
        if format is None:
            endings = " or ".join(f.suffix for f in FORMATS.values())
            advice = f"End the file name in {endings}, or add --format."
            raise RequestError(Problem("The file name does not say which format to make.", advice))
    if format not in FORMATS:
        advice = did_you_mean(format, FORMATS) or f"The formats are {', '.join(FORMATS)}."
        raise RequestError(Problem("There is no such format.", advice))
    return check_target(path), format


def _topics(arguments: argparse.Namespace) -> ExitCode:
    from booklet.library import Library
    from booklet.paths import CONTENT

    library = Library.load(CONTENT)
    sections = [section for section in library.sections.values() if section.is_open]
    if arguments.json:
        _say(
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
            _say(f"{topic.id}: {topic.title}")
        for section in inside:
            _say(f"    {section.id}: {library.number(section)} {section.meta.title}")
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
        _say(_json(rows))
        return ExitCode.DONE
    for row in rows:
        _say(f"{row['id']}: {row['title']}. {row['summary']}")
    return ExitCode.DONE


def _preferences(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import preferences

    if arguments.json:
        rows = [
            {"id": id, "label": p.label, "default": p.default, "choices": list(p.choices)}
            for id, p in preferences().items()
        ]
        _say(_json(rows))
        return ExitCode.DONE
    for id, preference in preferences().items():
        _say(f"--{id}: {preference.label}")
        for key, choice in preference.choices.items():
            usual = " (usual)" if key == preference.default else ""
            _say(f"    {key}: {', '.join(filter(None, (choice.label, choice.hint)))}{usual}")
    return ExitCode.DONE


def _check(arguments: argparse.Namespace) -> ExitCode:
    from booklet.check import check
    from booklet.paths import CONTENT, LAYOUTS

    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        raise RequestError(*(Problem("There is no such file or folder.", path=path) for path in missing))
    problems = check(CONTENT, LAYOUTS, tuple(arguments.paths))
    for problem in problems:
        _say(str(problem))
    print("Nothing wrong was found." if not problems else f"{len(problems)} to put right.", file=sys.stderr)
    return ExitCode.FAILED if problems else ExitCode.DONE


def _interface(arguments: argparse.Namespace) -> ExitCode:
    from booklet.terminal import why_not_full_screen

    reason = why_not_full_screen(forced=arguments.screen)
    if reason:
        advice = f"Make a booklet with one command instead. {EXAMPLE}."
        raise RequestError(Problem(f"The full screen cannot open here: {reason}.", advice))
    from booklet.tui import BookletApp

    app = BookletApp()
    code = app.run(mouse=False)
    return ExitCode.FAILED if app.fault else ExitCode(code or ExitCode.DONE)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
