"""Reading profiles: named sets of preferences that a person can start from, each choice with its source."""

from functools import cache
from pathlib import Path

import msgspec

from booklet import settings
from booklet.errors import LayoutError, Problem, did_you_mean
from booklet.theme import load_preferences, other_choices


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named set of preferences that a person can start from (product.md section 3)."""

    label: str
    summary: str
    preferences: dict[str, str]
    because: dict[str, str]
    """The source of each choice."""
    layout: str = ""


@cache
def load_profiles(folder: Path, preferences: Path) -> dict[str, Profile]:
    """Each profile by the name of its file, held against the preferences there are."""
    known = load_preferences(preferences)
    problems = []
    profiles = {}
    for path in sorted(folder.glob("*.toml")):
        profile = profiles[path.stem] = settings.read(path, Profile, LayoutError)
        for key, value in profile.preferences.items():
            if key not in known:
                what = f"preferences: there is no preference {key}."
                problems.append(Problem(what, did_you_mean(key, known), path, settings.line_with(path, key)))
            elif value not in known[key].choices:
                what = f'preferences: {key} cannot be "{value}".'
                problems.append(Problem(what, other_choices(value, known[key]), path, settings.line_with(path, key)))
            if key not in profile.because:
                problems.append(Problem(f"because: say why {key} is {value}.", "Name a source.", path))
    if problems:
        raise LayoutError(*problems)
    return profiles
