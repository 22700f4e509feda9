"""The command line: with no command the interface, with one no screen at all (product.md section 8)."""

import argparse
import gc
import io
import os
import signal
import sys
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from booklet import __version__, commands
from booklet.errors import BookletError, ExitCode, Problem, RequestError, did_you_mean, fault_code

if TYPE_CHECKING:
    from booklet.theme import Preference

DESCRIPTION = "Make large-print booklets about secondary breast cancer, offline."
INTERFACE = ("--plain", "--screen", "--width")
EDITIONS = "a print size, a profile or a format, such as 12pt,28pt,html"
EXAMPLE = "For example: booklet build --pack newly-told --text-size 24 -o my-booklet.pdf"


def main() -> NoReturn:
    """Runs the command and ends the process. A bug of ours is a calm line with a code, never what was typed."""
    gc.set_threshold(100_000, 50, 50)  # nearly all that a booklet is made of stays until it is written
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
        arguments = (_interface_parser() if _asks_for_the_interface(given) else parser()).parse_args(given)
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
    _add_interface(top)
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_build(subparsers)
    _add_batch(subparsers)
    _add_alert_sheet(subparsers)
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
    guide = subparsers.add_parser("guide", help="how to make booklets, as a booklet to print")
    guide.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it")
    guide.add_argument("--text-size", default="18", metavar="CHOICE", help="how big the print is, in points")
    guide.add_argument("--paper", default="A4", metavar="CHOICE", help="A4, A5, A3 or Letter")
    guide.add_argument("--date", metavar="2026-11-20", help="the date in the file; otherwise today")
    guide.set_defaults(run=commands.guide)
    check = subparsers.add_parser("check", help="everything wrong with content and layouts, each with file and line")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these files and folders")
    check.add_argument("--against", type=Path, metavar="FOLDER", help="texts that nothing may be copied from")
    check.add_argument("--readability", action="store_true", help="how hard each section is to read, instead")
    check.add_argument("--json", action="store_true", help="for programs")
    _add_content(check)
    check.set_defaults(run=commands.check_content)
    _add_here(subparsers)
    _Parser.known["commands"] = list(subparsers.choices)
    return top


def _add_build(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    from booklet import paths, theme
    from booklet.personal import FIELDS
    from booklet.writers import FORMATS

    endings = " or ".join(dict.fromkeys(format.suffix for format in FORMATS.values()))
    build = subparsers.add_parser("build", help="make one booklet", description="Make one booklet.", epilog=EXAMPLE)
    build.add_argument("ids", nargs="*", metavar="ID", help="a topic (treatments) or a section (breaks/taking-a-break)")
    build.add_argument("-o", "--output", type=Path, metavar="FILE", help=f"where to write it; {endings}")
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
    build.add_argument("--code", metavar="CODE", help="the code on the last pages of a booklet, to make it again")
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
    build.add_argument("--also", default="", metavar="EDITIONS", help=f"other editions as well: {EDITIONS}")
    build.add_argument("--width", metavar="N", help="plain text with at most N characters on a line")
    build.add_argument("--date", metavar="2026-11-20", help="the date on the cover and in the file; otherwise today")
    build.add_argument("--json", action="store_true", help="a summary for programs")
    _add_content(build)
    build.set_defaults(run=_build)


def _build(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build_command import build_one

    return build_one(arguments)


def _add_here(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    send = subparsers.add_parser("print", help="send a booklet to a printer at its own size")
    send.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
    send.add_argument("--printer", default="", metavar="NAME", help="otherwise the clinic's, or the usual one")
    send.add_argument("--copies", type=int, default=1, metavar="NUMBER", help="how many of each")
    send.add_argument("--sides", choices=("both", "one"), help="otherwise as the booklet was made")
    send.add_argument("--clinic", type=Path, metavar="FILE", help="the clinic's file, for its printer")
    send.set_defaults(run=lambda arguments: _here().print_files(arguments))
    doctor = subparsers.add_parser("doctor", help="what this computer can do; nothing personal")
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.set_defaults(run=lambda arguments: _here().doctor(arguments))


def _here() -> ModuleType:
    from booklet import here

    return here


def _add_batch(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    told = "Make many booklets from a CSV file, one line each (docs/batch.md)."
    batch = subparsers.add_parser("batch", help="make many booklets from a list", description=told)
    batch.add_argument("list", type=Path, metavar="LIST.csv", help="a line for each booklet, below a line of headings")
    batch.add_argument("-d", "--directory", type=Path, metavar="FOLDER", help="where to write them; an empty folder")
    batch.add_argument("--jobs", type=int, metavar="N", help="how many to make at once; otherwise one a processor")
    batch.add_argument("--resume", action="store_true", help="make what is missing of a list that was stopped")
    batch.add_argument("--merge", type=Path, metavar="FILE", help="also all of them in one file, for the printer")
    batch.add_argument("--cluster", metavar="ADDRESS", help="make them on a Dask cluster, such as tls://host:8786")
    batch.add_argument("--clinic", type=Path, metavar="FILE", help="phone numbers and usual choices of a clinic")
    batch.add_argument("--date", metavar="2026-11-20", help="the date on the covers; otherwise today")
    batch.add_argument("--json", action="store_true", help="a summary for programs")
    _add_content(batch)
    batch.set_defaults(run=_batch)


def _batch(arguments: argparse.Namespace) -> ExitCode:
    from booklet.batch_command import make_list

    return make_list(arguments)


def _add_alert_sheet(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    from booklet.alert_command import PERSONAL, PREFERENCES, make_alert_sheet
    from booklet.personal import FIELDS

    told = "when to call, and which numbers, on pages for a wall; with a wallet card"
    alert = subparsers.add_parser("alert-sheet", help=told, description=f"{told.capitalize()}.")
    alert.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="where to write it; also FILE-card.pdf")
    alert.add_argument("--clinic", type=Path, metavar="FILE", help="phone numbers and usual choices of a clinic")
    for key in PERSONAL:
        flag, hint = f"--{key.replace('_', '-')}", FIELDS[key].hint
        alert.add_argument(flag, dest=key, default="", metavar="TEXT", help=f"{hint} Kept nowhere else.")
    for key in PREFERENCES:
        alert.add_argument(f"--{key}", metavar="CHOICE", help="as of a booklet (for all of them: booklet preferences)")
    alert.add_argument("--date", metavar="2026-11-20", help="the date on the sheet and in the files; otherwise today")
    alert.add_argument("--json", action="store_true", help="the names of the files, for programs")
    _add_content(alert)
    alert.set_defaults(run=make_alert_sheet)


def _add_content(command: argparse.ArgumentParser) -> None:
    help = "a folder with sections and packs of your own, beside ours (docs/content.md)"
    command.add_argument("--content", action="append", default=[], type=Path, metavar="DIR", help=help)


def _asks_for_the_interface(argv: list[str]) -> bool:
    """Whether no command was given: the first question then need not wait for all that commands know."""
    return all(word in INTERFACE or word.isdigit() or word.startswith("--width=") for word in argv)


def _interface_parser() -> _Parser:
    top = _Parser(prog="booklet")
    _add_interface(top)
    return top


def _add_interface(top: argparse.ArgumentParser) -> None:
    one = top.add_mutually_exclusive_group()
    one.add_argument("--plain", action="store_true", help="one line at a time: for screen readers and braille displays")
    one.add_argument("--screen", action="store_true", help="the full screen, whatever the terminal says it can do")
    top.add_argument("--width", type=int, default=0, metavar="LETTERS", help="how long a line may be, with --plain")
    top.set_defaults(run=_interface)


def _interface(arguments: argparse.Namespace) -> ExitCode:
    from booklet.terminal import Ui, mode

    flag: Ui = "screen" if arguments.screen else "plain" if arguments.plain or arguments.width else ""
    ui, because = mode(flag, flag or _saved())
    if ui == "plain":
        return _plain(arguments, because)
    print("Full-screen mode. For one line at a time, run: booklet --plain", flush=True)
    gc.disable()  # all that the start makes stays; the app looks again once its page is there
    from booklet import kept
    from booklet.tui.desk import Desk
    from booklet.tui.opening import Opening
    from booklet.tui.outside import Outside

    desk = Desk(Outside(), date.today())
    with closing(desk), Opening(desk) as opening:
        from booklet.tui.app import BookletApp

        kept.tidy(datetime.now(UTC))
        app = BookletApp(desk, opening.hand_over())
        code = app.run(mouse=False)
    return ExitCode.FAILED if app.fault else ExitCode(code or ExitCode.DONE)


def _saved() -> str:
    """The interface that somebody chose to have from then on; empty: none."""
    from booklet import kept

    return kept.look().mode


def _plain(arguments: argparse.Namespace, because: str) -> ExitCode:
    from booklet.plain import NARROWEST, converse
    from booklet.terminal import is_terminal

    if arguments.width and arguments.width < NARROWEST:
        raise RequestError(Problem(f"--width cannot be less than {NARROWEST} letters.", "Leave it out, or write more."))
    if arguments.screen:
        raise RequestError(Problem(f"The full screen cannot open here: {because}.", "Run: booklet --plain"))
    if because and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        print(f"This is one line at a time, because {because}. For the full screen, run: booklet --screen")
    return converse(arguments.width)


if __name__ == "__main__":
    main()
