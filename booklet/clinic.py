"""What a clinic is, and how it likes its booklets: about the clinic and never about a patient (product.md section 5)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from booklet import settings
from booklet.errors import Problem, RequestError
from booklet.personal import is_temperature, phone_problem

Line = Annotated[str, Meta(max_length=80)]


FILE = "# Settings of a clinic: its phone numbers and what it usually prints, and nothing about a patient."


class Clinic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One TOML file. Whatever is not given stays a line to write on."""

    organisation: Line = ""
    ward: Line = ""
    phone_day: Line = ""
    phone_night: Line = ""
    phone_weekend: Line = ""
    alert_temperature: Line = ""
    """The number on the alert cards of this hospital, such as 37.5C: printed beside our own wording, never instead."""
    leaflet_code: Line = ""
    feedback: Line = ""
    """An address of the clinic that readers can write to."""
    overdue: Literal["print", "refuse"] = "print"
    """What to do with sections past their review date."""
    preferences: dict[str, str] = {}
    """What the clinic usually prints."""
    printer: str = ""
    """The printer for booklets; empty: the usual one of the computer."""
    packs: str = ""
    """A folder of packs that several computers share; in a file, beside that file unless its path is complete."""
    remember: Literal["choices", "nothing"] = "choices"
    """Whether the last choices and the last clinic list are kept for next time."""

    def text(self) -> str:
        """As a file that people can read and edit."""
        given = [
            f"{key} = {settings.quoted(value)}"
            for key, value in msgspec.structs.asdict(self).items()
            if value and key != "preferences"
        ]
        usual = [f"{settings.quoted(key)} = {settings.quoted(value)}" for key, value in self.preferences.items()]
        return "\n".join((FILE, "", *given, *(("", "[preferences]", *usual) if usual else ()), ""))

    def numbers(self) -> dict[str, str]:
        """What is printed on the lines of My numbers, by label."""
        night = self.phone_night
        if self.phone_weekend and self.phone_weekend != night:
            night = "; ".join(filter(None, (f"night {night}" if night else "", f"weekend {self.phone_weekend}")))
        hospital = ", ".join(filter(None, (self.organisation, self.ward)))
        given = {
            "My cancer helpline, in the day": self.phone_day,
            "My cancer helpline, at night and weekends": night,
            "My hospital": hospital,
            "The temperature on my alert card": self.alert_temperature,
        }
        return {label: value for label, value in given.items() if value}


def read_clinic(path: Path) -> Clinic:
    """Raises RequestError with every problem of the file."""
    clinic = parse_clinic(settings.text_of(path, RequestError), path)
    packs = str(path.absolute().parent / clinic.packs) if clinic.packs else ""
    return msgspec.structs.replace(clinic, packs=packs)


def parse_clinic(text: str, path: Path) -> Clinic:
    """The text of a clinic's file that is, or will be, at a path. Raises RequestError with every problem."""
    clinic = settings.decode(text, Clinic, path, error=RequestError)
    lines = text.splitlines()
    if problems := [
        Problem(f"{key}: {what}", advice, path, next((n for n, line in enumerate(lines, 1) if key in line), None))
        for key, what, advice in _odd(clinic)
    ]:
        raise RequestError(*problems)
    return clinic


def _odd(clinic: Clinic) -> Iterator[tuple[str, str, str]]:
    """The keys whose values are not what they should be, what is wrong, and what to write."""
    for key in ("phone_day", "phone_night", "phone_weekend"):
        number: str = getattr(clinic, key)
        if number and (problem := phone_problem("", number)):
            yield key, problem.what, problem.advice
    if clinic.alert_temperature and not is_temperature(clinic.alert_temperature):
        yield "alert_temperature", "this is not a temperature.", "Write it as 37.5C."
