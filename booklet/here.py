"""The commands that are about this computer: printing, and what it can do."""

import argparse
from datetime import date

from booklet import kept, printing
from booklet.commands import as_json, say
from booklet.doctor import examine
from booklet.errors import ExitCode


def print_files(arguments: argparse.Namespace) -> ExitCode:
    printer = arguments.printer or kept.clinic(arguments.clinic).printer
    for path in arguments.files:
        outcome = printing.send(path, printer, arguments.copies, arguments.sides or "")
        say(f"{path}: {outcome.said}")
    return ExitCode.DONE


def doctor(arguments: argparse.Namespace) -> ExitCode:
    facts = examine(date.today())
    if arguments.json:
        say(as_json([fact._asdict() for fact in facts]))
    else:
        for fact in facts:
            say(str(fact))
    return ExitCode.FAILED if any(fact.kind == "problem" for fact in facts) else ExitCode.DONE
