"""Pages to choose print by: one sentence in every typeface, size and colour, to look at on the paper that will be used."""

from collections.abc import Iterator
from datetime import date

from booklet.model import Block, Document, Heading, Paragraph, Ruler, Run, Sample
from booklet.theme import Preference, Typeface

TITLE = "Which print is easiest to read?"
SENTENCE = "Call your nurse on 020 7946 0000 by 3pm, or ask at the desk: Ill, 1, O, 0, 5, 8."
"""With letters and figures that are easily mixed up (standards.md LP-04)."""
COLOUR_SIZES = ("18", "24")


def size_test(made: date, preferences: dict[str, Preference], typefaces: dict[str, Typeface]) -> Document:
    """A document with a chapter for each typeface, at every size, and one for each colour."""
    return Document(TITLE, "en-GB", made, tuple(_blocks(preferences, typefaces)))


def _blocks(preferences: dict[str, Preference], typefaces: dict[str, Typeface]) -> Iterator[Block]:
    sizes, faces, colours = (preferences[key] for key in ("text-size", "typeface", "colour"))
    yield Heading(1, (Run(TITLE),), "cover", cover=True)
    yield Paragraph(
        (Run("Print these pages at actual size. Sit where you usually read, in the light that you usually have."),)
    )
    told = "Mark the print that you find easiest to read. If two are as easy, choose the larger. It makes a longer booklet."
    yield Paragraph((Run(told),))
    yield Paragraph((Run("The sentences are only for trying. The phone number in them is not a real one."),))
    yield Ruler((Run("Print at actual size.", strong=True), Run(" This line must measure 100 mm:")), 100)
    for choice in faces.choices.values():
        family = str(choice.set["family"])
        yield Heading(1, (Run(f"{choice.label}: {choice.hint}"),), f"face-{family}")
        for size in sizes.choices:
            yield from _sample(f"{size} point", family, float(size), typefaces)
    usual = faces.choices[faces.default]
    for key, choice in colours.choices.items():
        ink, paper = str(choice.set["ink"]), str(choice.set["background"])
        yield Heading(1, (Run(choice.label),), f"colour-{key}", colours=(ink, paper))
        for size in COLOUR_SIZES:
            yield from _sample(f"{size} point", str(usual.set["family"]), float(size), typefaces)


def _sample(label: str, family: str, size: float, typefaces: dict[str, Typeface]) -> Iterator[Block]:
    """A label in the usual print, and the sentence as it would be set."""
    yield Paragraph((Run(f"{label}:", strong=True),), leads=True)
    yield Paragraph((Run(SENTENCE),), sample=Sample(family, size * typefaces[family].factor))
