"""The command line: with no command the interface, with one no screen at all (product.md section 8)."""

import argparse
import io
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from booklet import __version__, commands
from booklet.errors import BookletError, ExitCode, Problem, RequestError, did_you_mean, fault_code

if TYPE_CHECKING:
    from booklet.theme import Preference

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
    except commands.CannotSayError as e:
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


def _stop(*_: object) -> None:
    """Closing the window stops a build as Ctrl+C does: nothing half made stays behind."""
    raise KeyboardInterrupt


def run(argv: list[str] | None = None) -> ExitCode:
    """Runs one command; what a user can put right is printed, a problem a line, and becomes an exit code."""
    given = sys.argv[1:] if argv is None else argv
    try:
        if given in ([], ["--screen"]):  # without the parser: its flags come from files, and nobody waits for them here
            return _interface(argparse.Namespace(screen=bool(given)))
        arguments = parser().parse_args(given)
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
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_build(subparsers)
    for name, help, run in (
        ("topics", "what there is to choose from", commands.topics),
        ("packs", "ready-made choices", commands.packs),
        ("preferences", "the ways a booklet can be set", commands.preferences_of_reading),
        ("profiles", "ready-made ways of reading", commands.profiles_of_reading),
        ("facts", "what a booklet can take into account about its reader", commands.reader_facts),
    ):
        command = subparsers.add_parser(name, help=help, description=help.capitalize() + ".")
        command.add_argument("--json", action="store_true", help="for programs")
        _add_content(command)
        command.set_defaults(run=run)
    audit = subparsers.add_parser("audit", help="check a PDF, ours or anyone's, against the rules for large print")
    audit.add_argument("file", type=Path, metavar="FILE.pdf")
    audit.add_argument("--size", type=float, metavar="POINTS", help="the text size that was asked for")
    audit.add_argument("--json", action="store_true", help="for programs")
    audit.set_defaults(run=commands.audit_file)
    sizes = subparsers.add_parser("size-test", help="pages to choose print by: every typeface, size and colour")
    sizes.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it")
    sizes.add_argument("--paper", default="A4", metavar="CHOICE", help="A4, A5, A3 or Letter")
    sizes.add_argument("--date", metavar="2026-11-20", help="the date in the file; otherwise today")
    sizes.set_defaults(run=commands.size_test)
    check = subparsers.add_parser("check", help="everything wrong with content and layouts, each with file and line")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these files and folders")
    check.add_argument("--against", type=Path, metavar="FOLDER", help="texts that nothing may be copied from")
    check.add_argument("--readability", action="store_true", help="how hard each section is to read, instead")
    check.add_argument("--json", action="store_true", help="for programs")
    _add_content(check)
    check.set_defaults(run=commands.check_content)
    _Parser.known["commands"] = list(subparsers.choices)
    return top


def _add_build(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    from booklet import paths, theme
    from booklet.personal import FIELDS
    from booklet.writers import FORMATS

    build = subparsers.add_parser("build", help="make one booklet", description="Make one booklet.", epilog=EXAMPLE)
    build.add_argument("ids", nargs="*", metavar="ID", help="a topic (treatments) or a section (breaks/taking-a-break)")
    build.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; .pdf or .txt")
    build.add_argument("--pack", action="append", default=[], metavar="NAME", help="a ready-made pack")
    for key, field in FIELDS.items():
        many: dict[str, Any] = {"action": "append", "default": []} if field.kind == "lines" else {"default": ""}
        flag = f"--{key.replace('_', '-')}"
        build.add_argument(flag, dest=key, metavar="TEXT", help=f"{field.hint} Kept nowhere else.", **many)
    build.add_argument(
        "--about",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a fact about the reader, such as sites=bone,liver; kept nowhere (for all of them: booklet facts)",
    )
    build.add_argument(
        "--profile", metavar="NAME", help="ways of reading to start from, such as low-vision (booklet profiles)"
    )
    build.add_argument("--recipe", type=Path, metavar="FILE", help="choices saved earlier")
    build.add_argument("--save-recipe", type=Path, metavar="FILE", help="save these choices; nothing about a person")
    build.add_argument("--clinic", type=Path, metavar="FILE", help="phone numbers and usual choices of a clinic")
    build.add_argument("--write-in", default="", metavar="PAGES", help="appointments,medicines,diary,notes,information")
    known: dict[str, Preference] = {}
    with suppress(BookletError):  # said by the commands that need them, so that `check` can say it with the rest
        known = theme.load_preferences(paths.PREFERENCES)
    for key, preference in known.items():
        choices = ", ".join(preference.choices)
        help = f"{preference.label.lower()}: {choices} (usually {preference.default})"
        short = {"nargs": "?", "const": "booklet"} if key == "fold" else {}
        build.add_argument(f"--{key}", metavar="CHOICE", help=help.replace("%", "%%"), **short)
    build.add_argument("--format", metavar="FORMAT", help=f"{' or '.join(FORMATS)}; otherwise from the ending of FILE")
    build.add_argument("--date", metavar="2026-11-20", help="the date on the cover and in the file; otherwise today")
    build.add_argument("--json", action="store_true", help="a summary for programs")
    _add_content(build)
    build.set_defaults(run=commands.build_one)


def _add_content(command: argparse.ArgumentParser) -> None:
    help = "a folder with sections and packs of your own, beside ours (docs/content.md)"
    command.add_argument("--content", action="append", default=[], type=Path, metavar="DIR", help=help)


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


if __name__ == "__main__":
    main()
