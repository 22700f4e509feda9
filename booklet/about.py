"""What is known about the reader, and what follows from it for a booklet (content-brief.md 4).

All of it is optional and lives in memory only. Whatever is missing, blank or not understood counts as "not sure",
and not sure shows more, never less; the consent gates are the one exception: only a clear yes opens them.
"""

from collections.abc import Iterable, Mapping

from booklet.errors import Problem, RequestError, did_you_mean
from booklet.library import Library, Section
from booklet.library.files import Gate
from booklet.markdown import Short, canonical

NOT_SURE = "not_sure"


class About:
    """The facts about one reader, a set of values for each. Its texts are kept out of logs and reports."""

    __slots__ = ("_facts", "given")

    def __init__(self, facts: Mapping[str, tuple[str, ...]], given: Iterable[str] = ()) -> None:
        self._facts = dict(facts)
        self.given = frozenset(given)
        """The facts that somebody told; the others are the defaults."""

    def __getitem__(self, fact: str) -> tuple[str, ...]:
        return self._facts[fact]

    def __contains__(self, fact: str) -> bool:
        return fact in self._facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, About) and self._facts == other._facts

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._facts.items())))

    def __repr__(self) -> str:
        return "About(...)"

    def meets(self, conditions: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether any of the facts has any of the values; True where nothing is asked."""
        return not conditions or any(
            canonical(value) in self._facts[fact] for fact, values in conditions.items() for value in values
        )

    def opens(self, gate: Gate) -> bool:
        """Whether the reader asked for what is behind a consent gate (content-brief.md 4.6)."""
        prognosis, end_of_life, detail = (
            self._facts.get(fact) == ("yes",) for fact in ("prognosis", "end_of_life", "end_of_life_detail")
        )
        match gate:
            case "none":
                return True
            case "prognosis":
                return prognosis
            case "end_of_life":
                return end_of_life
            case "end_of_life_detail":
                return end_of_life and detail
            case "prognosis_or_end_of_life":
                return prognosis or end_of_life

    @property
    def voice(self) -> str:
        """Whom the text speaks to."""
        return "carer" if self._facts.get("reader") == ("carer",) else "patient"

    @property
    def nation(self) -> str:
        return self._facts["nation"][0]


def about(library: Library, given: Mapping[str, str] | None = None) -> tuple[About, list[str]]:
    """The facts that were given, the others at their defaults, and a note on each value that was not understood.

    A list of values is parted by commas. Raises RequestError for facts that do not exist.
    """
    facts: dict[str, tuple[str, ...]] = {name: (fact.default,) for name, fact in library.reader_facts.items()}
    problems: list[Problem] = []
    notes: list[str] = []
    told: list[str] = []
    for typed, text in (given or {}).items():
        name = canonical(typed)
        if name not in facts:
            advice = did_you_mean(name, facts) or f"The facts are {', '.join(facts)}."
            problems.append(Problem("There is no such fact about the reader.", advice))
            continue
        values, understood = _values(library, name, text)
        facts[name] = values
        told.append(name)
        if not understood:
            known = ", ".join(library.reader_facts[name].values)
            notes.append(f"{name}: not one of {known}, so it counts as {', '.join(values)}")
    if problems:
        raise RequestError(*problems)
    facts["triple_negative"] = (_triple_negative(facts),)
    return About(facts, told), notes


def _values(library: Library, name: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The values of one fact, and whether all that was given was understood."""
    fact = library.reader_facts[name]
    asked = [canonical(part) for part in text.split(",")]
    values = tuple(dict.fromkeys(value for value in asked if value in fact.values))
    understood = len(values) == len(set(asked)) and (fact.many or len(values) == 1)
    if understood:
        return values, True
    unknown = NOT_SURE if NOT_SURE in fact.values else fact.default
    if fact.gate or not fact.many:
        return (unknown,), text.strip() == ""
    return (*(value for value in values if value != unknown), unknown), False


def _triple_negative(facts: Mapping[str, tuple[str, ...]]) -> str:
    """From the receptors. HER2-low with no hormone receptors is not sure (content-brief.md 4.1)."""
    hormone, her2 = facts.get("receptor_hr", (NOT_SURE,)), facts.get("receptor_her2", (NOT_SURE,))
    if hormone == ("no",) and her2 == ("negative",):
        return "yes"
    if hormone == ("yes",) or her2 == ("positive",):
        return "no"
    return NOT_SURE


def forms(section: Section, about: About, named: bool) -> str:
    """How much of a section prints: "full", "short", or nothing ("") where it does not concern the reader.

    What a person asked for by its own name prints in full whatever the facts say.
    """
    if not about.opens(section.meta.gate):
        return ""
    if named or about.meets(section.meta.show_if):
        return "full"
    return "short" if any(isinstance(block, Short) for block in section.blocks) else ""
