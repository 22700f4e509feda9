"""The line that is being typed on, and what a key makes of it: data to data."""

from typing import NamedTuple

HIDDEN = "(hidden)"
"""What stands for what was typed, when it is kept off the screen."""


class Draft(NamedTuple):
    key: str
    """The row that it is on."""
    text: str
    caret: int
    """Where in the text the next letter goes."""


def edited(draft: Draft, key: str, letter: str | None) -> Draft | None:
    """The line after a key; None for a key that does not belong to it."""
    name, text, caret = draft
    match key:
        case "left":
            return Draft(name, text, max(caret - 1, 0))
        case "right":
            return Draft(name, text, min(caret + 1, len(text)))
        case "home" | "end":
            return Draft(name, text, 0 if key == "home" else len(text))
        case "backspace":
            before = text[: max(caret - 1, 0)]
            return Draft(name, before + text[caret:], len(before))
        case "delete":
            return Draft(name, text[:caret] + text[caret + 1 :], caret)
        case _ if letter and letter.isprintable():
            return Draft(name, text[:caret] + letter + text[caret:], caret + len(letter))
        case _:
            return None
