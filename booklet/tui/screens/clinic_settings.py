"""The settings of the clinic: its numbers on every booklet, and what it usually prints. Nothing about a patient."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec.structs import replace

from booklet import kept
from booklet.clinic import Clinic, parse_clinic
from booklet.errors import BookletError, RequestError
from booklet.questions import shown
from booklet.tui.loading import Known, with_kept
from booklet.tui.page import BACK, CHOOSE, HELP, NEXT, UNDO, Page
from booklet.tui.rows import Row, button, heading, option

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


class Setting(NamedTuple):
    """A key of Clinic: a line to type on, one of a few choices, or a page of its own."""

    key: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    page: bool = False


SETTINGS = (
    Setting("organisation", "Hospital", "Its name, on the page My numbers."),
    Setting("ward", "Ward or clinic", "After the hospital."),
    Setting("phone_day", "Helpline in the day", "Such as 01632 960 001."),
    Setting("phone_night", "Helpline at night", "For the night and weekends."),
    Setting("phone_weekend", "Helpline at weekends", "If it is not the one at night."),
    Setting("alert_temperature", "Alert card temperature", "Such as 37.5C, beside our words."),
    Setting("leaflet_code", "Leaflet code", "That of your hospital."),
    Setting("feedback", "Address for feedback", "Where readers can write to you."),
    Setting("preferences", "Usual ways of reading", page=True),
    Setting("printer", "Printer", page=True),
    Setting("packs", "Shared packs", "A folder for several computers."),
    Setting(
        "overdue",
        "Sections past their review date",
        options=(("print", "Print them, with a notice"), ("refuse", "Do not print them")),
    ),
    Setting(
        "remember",
        "Kept for next time",
        options=(("choices", "Topics, sizes, and the list, no names"), ("nothing", "Nothing")),
    ),
)
"""Every key of a clinic's file, in the order of the page."""


class ClinicSettings(Page):
    place = "Clinic settings"
    heading = "Settings of your clinic"
    hint = "For every booklet from here. They are saved on this computer. Type nothing about a patient."
    help = (
        "Type on any line, then go to Save or press Ctrl+R. What you leave empty is a line to write on in the booklet.",
        "The settings are used for every booklet that is made on this computer.",
    )
    keys: ClassVar[tuple[str, ...]] = (CHOOSE, NEXT, "F10 or Ctrl+R  save", UNDO, BACK, HELP)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.clinic = desk.clinic
        self.past: list[tuple[str, Clinic]] = []
        self.warned = False

    def body(self) -> list[Row]:
        return [row for setting in SETTINGS for row in self.rows_of(setting)]

    def rows_of(self, setting: Setting) -> list[Row]:
        value = getattr(self.clinic, setting.key)
        if setting.page:
            told = self.usual() if setting.key == "preferences" else value or "The usual printer of this computer"
            return [Row(setting.label, setting.key, setting.key, note=told)]
        if not setting.options:
            return [Row(setting.label, setting.key, setting.key, note=setting.hint, value=value)]
        rows = [option(f"{setting.key}={each}", label, "one", each == value) for each, label in setting.options]
        return [Row(""), heading(setting.label), *rows]

    def usual(self) -> str:
        asked = self.desk.asked
        given = [(asked[key], value) for key, value in self.clinic.preferences.items() if key in asked]
        return "; ".join(f"{question.label} {shown(question, (value,))}" for question, value in given) or "As usual"

    def foot(self) -> list[Row]:
        return [button("save", "Save")]

    def change(self, clinic: Clinic, words: str) -> None:
        if clinic != self.clinic:
            self.past.append((words, self.clinic))
            self.clinic, self.warned = clinic, False

    def undo(self) -> str:
        if not self.past:
            return ""
        words, self.clinic = self.past.pop()
        return words

    def typed(self, key: str, text: str) -> None:
        """Kept as typed; what is wrong with it is said at once."""
        setting = next(each for each in SETTINGS if each.key == key)
        self.change(replace(self.clinic, **{key: text.strip()}), f"what you typed for {setting.label}")
        if said := wrong(self.clinic).get(key):
            self.desk.said = said

    def press(self, key: str) -> None:
        from booklet.tui.screens.clinic_reading import ClinicReading
        from booklet.tui.screens.printers import Printers

        desk = self.desk
        if key == "save":
            self.save()
        elif key == "preferences":
            desk.open(ClinicReading(desk, self))
        elif key == "printer":

            def use(name: str) -> None:
                self.change(replace(self.clinic, printer=name), "the printer")
                desk.back()

            desk.open(Printers(desk, self.clinic.printer, use, usual=True))
        else:
            name, _, value = key.partition("=")
            self.change(replace(self.clinic, **{name: value}), "the choice")

    def save(self) -> None:
        desk = self.desk
        for key, said in wrong(self.clinic).items():
            desk.focus(key)
            desk.said = said
            return
        try:
            path = kept.save_clinic(self.clinic)
            clinic = kept.clinic()
        except BookletError as e:
            desk.refuse(e.problems[0])
            return
        if clinic.remember == "nothing":
            kept.forget()
        desk.know(with_kept(Known(kept.with_packs(desk.library), clinic)))
        desk.printer = ""
        desk.back()
        desk.said = f"The clinic settings are saved in {path}."

    def check(self) -> None:
        self.save()

    def escape(self) -> None:
        """Asks once where something would be lost."""
        if self.clinic == self.desk.clinic or self.warned:
            self.desk.back()
            return
        self.warned = True
        self.desk.focus("save")
        self.desk.said = "Your changes are not saved. Press Enter on Save, or Esc again to leave them out."


def wrong(clinic: Clinic) -> dict[str, str]:
    """What is wrong with the settings, by key, in words that name the line on the screen."""
    labels = {setting.key: setting.label for setting in SETTINGS}
    try:
        parse_clinic(clinic.text(), Path())
    except RequestError as e:
        found = [(*problem.what.partition(": "), problem.advice) for problem in e.problems]
        return {key: f"There is a problem. {labels.get(key, key)}: {what} {advice}" for key, _, what, advice in found}
    return {}
