"""The command that makes the alert sheet and the wallet card, always both (standards.md PR-09)."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from booklet.commands import date_of, library_of, output_of, say
from booklet.errors import ExitCode, Problem, RequestError

PERSONAL = ("name", "phone_day", "phone_night", "nurse", "temperature")
"""What may be printed about a person: the fields of `personal.FIELDS` that these pages have a line for."""


def make_alert_sheet(arguments: argparse.Namespace) -> ExitCode:
    """Makes FILE.pdf and FILE-card.pdf. Both are made before either is saved."""
    from booklet import kept
    from booklet.build import ALERT_PREFERENCES, LEAST_LOCKED, save
    from booklet.build import make_alert_sheet as make
    from booklet.choices import attempt
    from booklet.clinic import Clinic
    from booklet.personal import Personal, personal
    from booklet.request import printable

    problems: list[Problem] = []
    library = library_of(arguments)
    clinic = attempt(problems, lambda: kept.clinic(arguments.clinic), Clinic())
    asked = {key: getattr(arguments, key.replace("-", "_")) for key in ALERT_PREFERENCES}
    chosen = clinic.preferences | {key: value for key, value in asked.items() if value is not None}
    made = attempt(problems, lambda: date_of(arguments.date), date.min)
    person = attempt(problems, lambda: personal({key: getattr(arguments, key) for key in PERSONAL}), Personal())
    output, target = attempt(problems, lambda: _targets(arguments.output), (Path(), Path()))
    if problems:
        raise RequestError(*problems)
    sheet, card = make(library, chosen, made, clinic, person)
    save(sheet, output)
    save(card, target)
    shown = _card(arguments.output)
    if (chosen.get("text-size") or "").isdecimal() and int(chosen["text-size"]) < LEAST_LOCKED:
        print(f"Please note: an alert sheet is never smaller than {LEAST_LOCKED} point.", file=sys.stderr)
    if arguments.json:
        say(json.dumps({"file": str(arguments.output), "card": str(shown)}, indent=2, ensure_ascii=False))
    else:
        say(f"{printable(str(arguments.output))}: the alert sheet, in large print, for a wall or a fridge.")
        say(f"{printable(str(shown))}: the wallet card, to print at actual size, cut out and fold.")
    return ExitCode.DONE


def _targets(path: Path | None) -> tuple[Path, Path]:
    """Where the sheet and the card are written. Raises RequestError when one of them cannot be."""
    from booklet.build import check_target

    output, _ = output_of(path, "pdf")
    return output, check_target(_card(output))


def _card(path: Path) -> Path:
    return path.with_name(f"{path.stem}-card{path.suffix}")
