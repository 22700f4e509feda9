"""What a clinic is, and how it likes its booklets: about the clinic and never about a patient (product.md section 5)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from booklet import settings
from booklet.errors import Problem, RequestError
from booklet.personal import is_temperature, phone_problem

Line = Annotated[str, Meta(max_length=80)]


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
    clinic = settings.read(path, Clinic, RequestError)
    if problems := list(_odd(clinic, path)):
        raise RequestError(*problems)
    return clinic


def _odd(clinic: Clinic, path: Path) -> Iterator[Problem]:
    for key in ("phone_day", "phone_night", "phone_weekend"):
        number: str = getattr(clinic, key)
        if number and (problem := phone_problem(f"{key}: ", number)):
            yield replace(problem, path=path, line=settings.line_with(path, key))
    if clinic.alert_temperature and not is_temperature(clinic.alert_temperature):
        line = settings.line_with(path, "alert_temperature")
        yield Problem("alert_temperature: this is not a temperature.", "Write it as 37.5C.", path, line)
