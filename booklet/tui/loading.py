"""What is read before the second page: the content, the clinic, and what was kept."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from booklet import kept
from booklet.about import about
from booklet.clinic import Clinic
from booklet.clinic_list import SIZE
from booklet.errors import RequestError
from booklet.kept import ClinicLine
from booklet.library import Library
from booklet.paths import CONTENT
from booklet.questions import TOPICS, Questions, answers_of, questions, shown
from booklet.request import Recipe, choose


@dataclass(frozen=True)
class Known:
    """What the program knows of its content, its clinic and the last time."""

    library: Library
    clinic: Clinic = field(default_factory=Clinic)
    last: Recipe | None = None
    """The last choices."""
    last_said: str = ""
    """What they make, in words."""
    last_list: tuple[ClinicLine, ...] = ()
    wrong: RequestError | None = None
    """Why the clinic's file cannot be used."""


def known() -> Known:
    """A clinic that cannot be read may have said that nothing is to be kept, so nothing is."""
    library = kept.with_packs(Library.load(CONTENT))
    try:
        return with_kept(Known(library, kept.clinic()))
    except RequestError as e:
        return Known(library, Clinic(remember="nothing"), wrong=e)


def with_kept(known: Known) -> Known:
    """With the last choices and the last clinic list, where there are some and they may be used."""
    if known.clinic.remember == "nothing":
        return Known(known.library, known.clinic)
    last = kept.last_choices(known.library, datetime.now(UTC))
    said = described(known.library, questions(known.library), last) if last else ""
    return Known(known.library, known.clinic, last, said, kept.last_clinic_list(known.library))


def described(library: Library, asked: Questions, recipe: Recipe) -> str:
    """Such as "Starting treatment, 24 point": the pack that has these sections, else the topics."""
    facts = {id: about(library, dict(pack.about))[0] for id, pack in library.packs.items()}
    same = (id for id in library.packs if choose(library, (), (id,), facts[id]) == recipe.sections)
    answers = answers_of(library, asked, recipe)
    topics = [option.label for option in asked[TOPICS].options if option.value in answers[TOPICS]]
    more = f" and {len(topics) - 1} more" if len(topics) > 1 else ""
    pack = next(same, "")
    what = library.packs[pack].title if pack else "".join(topics[:1]) + more
    return f"{what}, {shown(asked[SIZE], answers[SIZE])}"
