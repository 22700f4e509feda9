"""The commands that are about this computer: printing, and what it can do."""

import argparse
import json
from datetime import date

from booklet import kept, printing
from booklet.commands import say
from booklet.doctor import examine
from booklet.errors import ExitCode
from booklet.request import printable


def print_files(arguments: argparse.Namespace) -> ExitCode:
    printer = arguments.printer or kept.clinic(arguments.clinic).printer
    for path in arguments.files:
        outcome = printing.send(path, printer, arguments.copies, arguments.sides or "")
        say(f"{printable(str(path))}: {outcome.said}")
    return ExitCode.DONE


def doctor(arguments: argparse.Namespace) -> ExitCode:
    facts = examine(date.today())
    if arguments.json:
        say(json.dumps([fact._asdict() for fact in facts], indent=2, ensure_ascii=False))
    else:
        for fact in facts:
            say(str(fact))
    return ExitCode.FAILED if any(fact.kind == "problem" for fact in facts) else ExitCode.DONE
