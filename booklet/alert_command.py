"""The command that makes the alert sheet and the wallet card, always both (standards.md PR-09)."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.commands import as_json, date_of, library_of, output_of, say
from booklet.errors import ExitCode, Problem, RequestError

if TYPE_CHECKING:
    from booklet.clinic import Clinic
    from booklet.library import Library
    from booklet.personal import Personal

PERSONAL = ("name", "phone_day", "phone_night", "nurse", "temperature")
"""What may be printed about a person: the fields of `personal.FIELDS` that these pages have a line for."""
LEAST_LOCKED = 18
"""The smallest size of locked words, in points (product.md section 2)."""
PREFERENCES = ("text-size", "typeface", "weight", "line-spacing", "letter-spacing", "colour", "paper")
"""The ways of reading that an alert sheet has."""


def make_alert_sheet(arguments: argparse.Namespace) -> ExitCode:
    """Makes FILE.pdf and FILE-card.pdf. Both are made before either is saved."""
    from booklet import kept
    from booklet.choices import attempt
    from booklet.clinic import Clinic
    from booklet.personal import Personal, personal
    from booklet.saving import save_all

    problems: list[Problem] = []
    library = library_of(arguments)
    clinic = attempt(problems, lambda: kept.clinic(arguments.clinic), Clinic())
    asked = {key: getattr(arguments, key.replace("-", "_")) for key in PREFERENCES}
    chosen = clinic.preferences | {key: value for key, value in asked.items() if value is not None}
    made = attempt(problems, lambda: date_of(arguments.date), date.min)
    person = attempt(problems, lambda: personal({key: getattr(arguments, key) for key in PERSONAL}), Personal())
    output, target = attempt(problems, lambda: _targets(arguments.output), (Path(), Path()))
    if problems:
        raise RequestError(*problems)
    sheet, card = alert_sheet_and_card(library, chosen, made, clinic, person)
    save_all((sheet, output), (card, target))
    shown = _card(arguments.output)
    if (chosen.get("text-size") or "").isdecimal() and int(chosen["text-size"]) < LEAST_LOCKED:
        print(f"Please note: an alert sheet is never smaller than {LEAST_LOCKED} point.", file=sys.stderr)
    if arguments.json:
        say(as_json({"file": str(arguments.output), "card": str(shown)}))
    else:
        say(f"{arguments.output}: the alert sheet, in large print, for a wall or a fridge.")
        say(f"{shown}: the wallet card, to print at actual size, cut out and fold.")
    return ExitCode.DONE


def _targets(path: Path | None) -> tuple[Path, Path]:
    """Where the sheet and the card are written. Raises RequestError when one of them cannot be."""
    from booklet.saving import check_target

    output, _ = output_of(path, "pdf")
    return output, check_target(_card(output))


def _card(path: Path) -> Path:
    return path.with_name(f"{path.stem}-card{path.suffix}")


def alert_sheet_and_card(
    library: "Library", chosen: dict[str, str], made: date, clinic: "Clinic", person: "Personal"
) -> tuple[bytes, bytes]:
    """The alert sheet and the wallet card, as PDFs: there is never a card without the sheet (standards.md PR-09).

    Raises RequestError when the sheet cannot be set as chosen.
    """
    from msgspec import structs

    from booklet import fonts, paths, theme
    from booklet.alert import alert_card, alert_sheet, impose, load_card, panel_sheet
    from booklet.build import audited, check_personal, preferences
    from booklet.paginate import paginate
    from booklet.writers import FORMATS

    check_personal(person)
    known, typefaces = clinic.numbers() | person.numbers(), theme.load_typefaces(paths.TYPEFACES)
    chosen = {key: value for key, value in chosen.items() if key in PREFERENCES} | {"sides": "one"}
    usual = theme.load_layout(paths.LAYOUTS / f"{theme.layout_of(preferences(), chosen)}.toml")
    values = theme.variables(usual, preferences(), chosen)
    values = structs.replace(values, base_size=max(values.base_size, LEAST_LOCKED))
    sheet, document = theme.resolve(usual, values, typefaces), alert_sheet(library, known, person.name, made)
    pages = paginate(document, sheet, fonts.Ruler())
    data = FORMATS["pdf"].write_pages(document, sheet, pages)
    audited(data, sheet)
    layout = load_card(paths.LAYOUTS / "card.toml")
    same = {key: value for key, value in chosen.items() if key in ("typeface", "weight")}
    panel = panel_sheet(layout, theme.variables(layout, preferences(), same), typefaces)
    card = impose(alert_card(library, known, made), layout, panel, fonts.Ruler())
    return data, FORMATS["pdf"].write_pages(*card)
