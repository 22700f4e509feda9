"""One line at a time: every question said and answered in plain text, for a screen reader, a braille line or a pipe.

The first question needs the standard library alone; the content is read while it is being read (screen.md section 2).
"""

import io
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from booklet.errors import ExitCode, Problem, RequestError
from booklet.plain.ask import STAY, Choice, pick, problem
from booklet.plain.typed import Word
from booklet.plain.voice import NARROWEST, EndOfAnswersError, Voice

if TYPE_CHECKING:
    from booklet.plain.clinic import ClinicTalk
    from booklet.plain.making import Workshop
    from booklet.plain.walk import Walk

__all__ = ["NARROWEST", "Talk", "Voice", "converse"]
LINES_TO_CLEAR = 100
"""More than any screen shows, where the terminal does not say how many."""


class Action(NamedTuple):
    """A choice of what to do; `do` returns the place to go on from."""

    value: str
    label: str
    hint: str
    do: "Callable[[Talk], str]"


class Talk:
    """One conversation, from the first question to the end."""

    def __init__(self, voice: Voice, shop: "Callable[[], Workshop] | None" = None) -> None:
        self.voice = voice
        self.open_shop = shop or _shop
        self.walked: Walk | None = None
        self.clinic: ClinicTalk | None = None
        self.made = False
        """Something is on the disk."""

    @property
    def walk(self) -> "Walk":
        """Loaded when it is first needed, with all the content."""
        if self.walked is None:
            from booklet.plain.walk import Walk

            self.walked = Walk(self.open_shop(), self.voice)
        return self.walked

    def run(self) -> ExitCode:
        """Raises RequestError where answers end too soon."""
        try:
            place = "@start"
            while place != "@leave":
                place = self.start() if place == "@start" else self.afterwards()
            with suppress(EndOfAnswersError):
                self.clear()
        except EndOfAnswersError:
            if not self.made:
                raise RequestError(_unanswered(self.voice)) from None
        except KeyboardInterrupt:
            if not self.made:
                raise
            self.voice.say("Stopped. What was made before is saved.")
            return ExitCode.STOPPED
        return ExitCode.DONE

    def start(self) -> str:
        place = pick(self.voice, "What do you want to do?", ACTIONS, self.obey_at_start, wait=lambda: self.walk)
        if place.startswith("@"):
            return place
        return next(action for action in ACTIONS if action.value == place).do(self)

    def obey_at_start(self, word: Word) -> str:
        if word == "quit":
            return self.walk.leave()
        if word == "back":
            problem(self.voice, Problem("This is the first question.", "Choose what to do, or type quit."))
            return STAY
        return self.walk.obey(word, None)

    def afterwards(self) -> str:
        """What to do once a booklet is made."""
        place = pick(self.voice, "What do you want to do now?", AFTER, self.obey_afterwards)
        if place.startswith("@"):
            return place
        return next(action for action in AFTER if action.value == place).do(self)

    def obey_afterwards(self, word: Word) -> str:
        match word:
            case "quit":
                return "@leave"
            case "back":
                return self.go("@check")
            case _:
                return self.walk.obey(word, None)

    def go(self, place: str) -> str:
        ended = self.walk.go(place)
        self.made = self.made or ended == "@after"
        return ended

    def clear(self) -> None:
        """Pushes what was typed off the screen. The code that clears one is no plain text, so lines do it."""
        if self.walked is None or not self.walked.is_changed:
            return
        text = "Clear the screen now? What was chosen and typed is still on it."
        options = (Choice("yes", "Yes"), Choice("no", "No"))
        ways = {"quit": "no", "back": "no"}
        if pick(self.voice, text, options, lambda word: ways.get(word, STAY), "yes") == "yes":
            self.voice.blank(max(self.voice.height, LINES_TO_CLEAR))
            self.voice.say("Cleared. It may still be found by going back up. Close this window to be sure.")
            if self.walked.file:
                self.voice.say("The booklet is in this file:")
                self.voice.where(self.walked.file)


def _make(talk: Talk) -> str:
    talk.walk.pack_only = False
    return talk.go(talk.walk.first())


def _pack(talk: Talk) -> str:
    talk.walk.pack_only = True
    return talk.go(talk.walk.first())


def _last(talk: Talk) -> str:
    from datetime import UTC, datetime

    from booklet import kept

    recipe = kept.last_choices(talk.walk.shop.library, datetime.now(UTC))
    if recipe is None:
        talk.voice.say("No choices are kept. They are kept for a day after a booklet is made.")
        return "@start"
    return talk.go(talk.walk.start_from(recipe))


def _clinic(talk: Talk) -> str:
    from booklet.plain.clinic import ClinicTalk

    talk.clinic = talk.clinic or ClinicTalk(talk)
    return talk.clinic.run()


def _print(talk: Talk) -> str:
    from booklet.plain.making import print_it

    if talk.walk.file:
        print_it(talk.walk.shop, talk.voice, talk.walk.file)
    return "@after"


def _sizes(talk: Talk) -> str:
    from booklet.plain.making import make_sizes

    talk.made = bool(make_sizes(talk.walk.shop, talk.voice)) or talk.made
    return "@start"


ACTIONS = (
    Action("make", "Make one booklet", "", _make),
    Action("clinic", "Make booklets for a clinic list", "", _clinic),
    Action("pack", "Use a ready-made pack", "", _pack),
    Action("last", "Make the last one again", "It has the topics and the print, and nothing about a person.", _last),
    Action("sizes", "Print a size test page", "to find the print size that suits you", _sizes),
)
"""What there is to do. A new one is a line here."""
AFTER = (
    Action("print", "Print it", "", _print),
    Action(
        "again",
        "Make another like this",
        "It keeps the topics and the print, and clears what is about the reader.",
        lambda talk: talk.go(talk.walk.again()),
    ),
    Action("finish", "Finish", "", lambda _: "@leave"),
)
"""What there is to do once a booklet is made. A new one is a line here."""


def converse(width: int = 0) -> ExitCode:
    """Asks on the terminal, or whatever stands in its place. Raises RequestError where there is nobody to answer."""
    source, out = sys.stdin, sys.stdout
    if source is None or out is None:
        raise RequestError(NOBODY)
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(errors="replace")  # a line in another encoding is a mistake to be said, not the end
    voice = Voice(source, out, width)
    welcome(voice)
    return Talk(voice).run()


def welcome(voice: Voice) -> None:
    voice.say("Large print booklets about secondary breast cancer.")
    voice.say("What you type about a person is printed in the booklet and kept nowhere else.")
    voice.say("Type help, back or quit at any question.")


NOBODY = Problem(
    "There is nobody to ask: this is not a terminal, and no answers were given.",
    "Make a booklet with one command instead, such as: booklet build --pack newly-told -o my-booklet.pdf. "
    "For what there is, run: booklet --help",
)


def _unanswered(voice: Voice) -> Problem:
    if voice.heard_any or voice.is_terminal:
        return Problem("The answers ended before a booklet was made.", "Nothing was saved.")
    return NOBODY


def _shop() -> "Workshop":
    from datetime import UTC, datetime

    from booklet import kept
    from booklet.library import Library
    from booklet.paths import CONTENT
    from booklet.plain.making import Workshop

    kept.tidy(datetime.now(UTC))
    return Workshop(kept.with_packs(Library.load(CONTENT)), kept.clinic())
