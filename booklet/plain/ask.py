"""A question as one block of lines, and the asking of those that choose what to do."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from booklet.errors import Problem
from booklet.plain import typed
from booklet.plain.typed import WORDS, Word
from booklet.plain.voice import Voice, sentence

STAY = ""
"""The place that a word leads to when it is only answered."""
KEEP = "Type a number, or Enter to keep:"
A_NUMBER = "Type a number, and press Enter:"


class Labelled(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...


class Choice(NamedTuple):
    value: str
    label: str
    hint: str = ""


def block(
    voice: Voice,
    text: str,
    hint: str,
    options: Sequence[Labelled],
    chosen: Sequence[str] = (),
    mark: str = "current choice",
) -> None:
    """A blank line, the question, what helps to answer it, and the choices, numbered; `mark` is on those chosen."""
    voice.blank()
    voice.say(text)
    if hint:
        voice.say(hint)
    for number, option in enumerate(options, 1):
        voice.say(f"{number}. {described(option, mark if option.value in chosen else '')}")


def described(option: Labelled, mark: str = "") -> str:
    """A hint that is a sentence follows as one; that it is chosen is said as early as the sentences allow."""
    more = option.hint[:1].isupper()
    name = option.label if more or not option.hint else f"{option.label}, {option.hint}"
    name = sentence(f"{name}, {mark}" if mark else name)
    return f"{name} {sentence(option.hint)}" if more else name


def problem(voice: Voice, *problems: Problem) -> None:
    voice.say("There is a problem.")
    for each in problems:
        voice.say(sentence(str(each)))


def help(voice: Voice, kind: str = "one") -> None:
    """How to answer, and the words that always work."""
    voice.say(HOW[kind])
    letters = "Write them in full." if kind in ("text", "lines") else "The first letters of them are enough."
    voice.say(f"These words work at any question. {letters}")
    for known, what in WORDS.items():
        voice.say(f"{known}, {what}.")
    voice.say("A question mark is the same as help. Ctrl and C stops at once, and nothing is saved.")


HOW = {
    "one": "Type the number of your choice, or its first letters, and press Enter. "
    "Enter alone keeps the current choice.",
    "many": "Type the numbers of your choices, such as 1 3 5 or 2-4, or their first letters. "
    "Type all, none, add 6 or remove 3. You hear what is chosen. Enter alone goes on.",
    "text": "Type your answer and press Enter. Enter alone keeps it as it is. Type none to leave it out. "
    "To answer with one of the words below, put it in quotation marks.",
    "lines": "Type a question and press Enter. Enter alone goes on. To take one out, type remove and its number.",
    "check": "Type make, and the booklet is made. Type the number of an answer, and it is asked again.",
}


def pick(
    voice: Voice,
    text: str,
    options: Sequence[Labelled],
    obey: Callable[[Word], str],
    current: str = "",
    wait: Callable[[], object] = lambda: None,
) -> str:
    """The option chosen, or the place that one of the words leads to. `wait` does what can be done while they read."""

    def say() -> None:
        block(voice, text, "", options, [current] if current else [])

    say()
    prompt = KEEP if current else A_NUMBER
    voice.prompt(prompt)
    wait()
    while True:
        line = voice.hear()
        heard = typed.one(line, options) if line else current
        match heard:
            case Word("help"):
                help(voice)
            case Word("list"):
                say()
            case Word():
                if place := obey(heard):
                    return place
            case Problem():
                problem(voice, heard)
            case "":
                problem(voice, Problem("Nothing was typed.", f"Type {typed.numbers(options)}."))
            case _:
                return heard
        voice.prompt(prompt)


def leaves(voice: Voice, text: str) -> bool:
    """Whether they leave, told what would be lost; Enter alone stays."""
    options = (Choice("stay", "No, stay here"), Choice("leave", "Yes, leave"))
    ways = {"quit": "leave", "back": "stay"}
    return pick(voice, text, options, lambda word: ways.get(word, STAY), "stay") == "leave"
