"""What may be kept of this sitting for the next one: nothing that was told of a person, nor what follows from it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from booklet import kept
from booklet.clinic_list import to_kept
from booklet.errors import BookletError
from booklet.questions import WRITE_IN, Answers, to_request
from booklet.request import Recipe, recipe
from booklet.tui.loading import with_kept
from booklet.tui.screens.person import without_person

if TYPE_CHECKING:
    from booklet.tui.desk import Desk


def recipe_of(desk: "Desk", answers: Answers) -> Recipe:
    """The sections and the ways of reading that were chosen, as if nobody had told anything of the reader.

    Facts about a reader bring sections of their own, so they are left out first. Raises RequestError.
    """
    chosen = {**without_person(desk, answers), WRITE_IN: answers[WRITE_IN]}
    return recipe(to_request(desk.library, chosen, desk.made, desk.clinic))


def keep_choices(desk: "Desk", answers: Answers) -> bool:
    """Keeps the choices for a day, unless the clinic forbids it; whether they were kept."""
    try:
        done = kept.keep_choices(desk.library, recipe_of(desk, answers), desk.clinic, datetime.now(UTC))
    except BookletError:
        return False
    desk.known = with_kept(desk.known)
    return done


def keep_list(desk: "Desk") -> bool:
    """Keeps the lines of the clinic list that are a pack, without their names."""
    lines = to_kept(desk.listed.lines)
    done = bool(lines) and kept.keep_clinic_list(lines, desk.clinic)
    if done:
        desk.known = replace(desk.known, last_list=lines)
    return done
