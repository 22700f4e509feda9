"""The colours of the screen: pairs whose contrast is far above 7:1, and the terminal's own."""

from typing import NamedTuple


class Look(NamedTuple):
    label: str
    ink: str
    paper: str


OWN = "own"
LOOKS = {
    "dark": Look("White on black", "#ffffff", "#000000"),
    "light": Look("Black on white", "#000000", "#ffffff"),
    "yellow": Look("Yellow on black", "#ffff00", "#000000"),
    OWN: Look("The colours of this terminal", "default", "default"),
}
"""The focus is the same pair, reversed and bold."""
