"""What each command does; `__main__` says which there are and how they are spelled."""

import argparse
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.errors import ExitCode, Problem, RequestError, did_you_mean, printable

if TYPE_CHECKING:
    from booklet.choices import Choices
    from booklet.code import Coded
    from booklet.library import Library


class CannotSayError(Exception):
    """Standard output is full or gone; any other trouble with files is a fault and says so."""


def say(text: str) -> None:
    """A result, on standard output; no character in it can drive a terminal."""
    try:
        print("\n".join(printable(line, len(line)) for line in text.split("\n")), flush=True)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise CannotSayError(e.strerror) from None


def note(text: str) -> None:
    """A remark, on standard error."""
    print(f"Please note: {printable(text)}", file=sys.stderr)


def as_json(value: object) -> str:
    """For programs, and safe on the terminal of a person who looks: what cannot be shown is written as JSON may."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text)


def library_of(arguments: argparse.Namespace) -> "Library":
    """Our content, the folders that were added to it, and packs of one's own."""
    from booklet import kept
    from booklet.library import Library
    from booklet.paths import CONTENT

    missing = [path for path in arguments.content if not path.is_dir()]
    if missing:
        raise RequestError(*(Problem("There is no such folder.", path=path) for path in missing))
    kept.tidy(datetime.now(UTC))
    library = Library.load(CONTENT, *arguments.content)
    return kept.with_packs(library, getattr(arguments, "clinic", None), getattr(arguments, "pack", ()))


def build_one(arguments: argparse.Namespace) -> ExitCode:
    from msgspec.structs import replace

    from booklet import kept
    from booklet.build import build, check_target, save_all
    from booklet.choices import attempt, to_request
    from booklet.clinic import Clinic
    from booklet.code import Coded
    from booklet.fold import fold
    from booklet.request import Recipe, Request

    problems: list[Problem] = []
    library = library_of(arguments)
    coded = attempt(problems, lambda: _kept(library, arguments), Coded(Recipe(())))
    choices = _choices(arguments, coded, problems)
    made = attempt(problems, lambda: date_of(arguments.date), date.min)
    clinic = attempt(problems, lambda: kept.clinic(arguments.clinic), Clinic())
    nothing: tuple[Request | None, list[str]] = (None, [])
    request, notes = attempt(problems, lambda: to_request(library, choices, made, clinic), nothing)
    output, format = attempt(problems, lambda: _output(arguments.output, arguments.format), (Path(), ""))
    columns = attempt(problems, lambda: _columns(arguments.width, format), 0)
    saved = arguments.save_recipe
    recipe = attempt(problems, lambda: check_target(saved) if saved else Path(), Path())
    if problems or request is None:
        raise RequestError(*problems)
    booklet = build(library, replace(request, columns=columns), format)
    files, made_files = {"file": arguments.output}, [(booklet.data, output)]
    if request.preferences.get("fold") == "booklet" and format == "pdf":
        files["folded"] = _folded(arguments.output)
        made_files.append((fold(booklet.data), _folded(output)))
    if saved:
        files["recipe"] = saved
        chosen = Recipe(request.sections, request.preferences, request.write_in)
        made_files.append((chosen.text().encode(), recipe))
    save_all(*made_files)
    changed = [f"changed since the booklet with this code: {change}" for change in coded.changed]
    for warning in (*notes, *changed, *booklet.warnings):
        note(f"{warning}.")
    if arguments.json:
        named_files = {key: str(path) for key, path in files.items()}
        say(as_json({**named_files, **booklet.summary(), **({"changed": coded.changed} if arguments.code else {})}))
    else:
        say(f"{arguments.output}: {booklet.size()}")
        for key, path in list(files.items())[1:]:
            say(f"{path}: {WRITTEN[key]}")
    return ExitCode.DONE


WRITTEN = {"folded": "for the printer, two pages side by side in the order of folding.", "recipe": "your choices."}
"""What each file beside the booklet is."""


def _kept(library: "Library", arguments: argparse.Namespace) -> "Coded":
    """What a recipe or the code of an earlier booklet says; both together, where both are given."""
    from booklet.build import preferences
    from booklet.code import Coded, read_code
    from booklet.paths import LAYOUTS
    from booklet.request import Recipe, read_recipe

    recipe = read_recipe(arguments.recipe) if arguments.recipe else Recipe(())
    if not arguments.code:
        return Coded(recipe)
    choices = {key: preference.choices for key, preference in preferences().items()}
    return read_code(library, arguments.code, choices, [path.stem for path in LAYOUTS.glob("*.toml")]) | recipe


def _choices(arguments: argparse.Namespace, coded: "Coded", problems: list[Problem]) -> "Choices":
    from booklet.build import preferences
    from booklet.choices import Choices, attempt, facts
    from booklet.personal import FIELDS

    asked = ((key, getattr(arguments, key.replace("-", "_"))) for key in preferences())
    return Choices(
        ids=tuple(arguments.ids),
        packs=tuple(arguments.pack),
        profile=arguments.profile or "",
        preferences={key: value for key, value in asked if value is not None},
        about=attempt(problems, lambda: facts(arguments.about, "--about"), dict[str, str]()),
        personal={key: _letters(getattr(arguments, key)) for key in FIELDS},
        write_in=arguments.write_in,
        recipe=coded.recipe,
        layout=coded.layout,
    )


def _letters(typed: str | list[str]) -> str | tuple[str, ...]:
    """What was typed, read as UTF-8 where a locale without letters has left bytes of it in Python's stead for them."""
    if not isinstance(typed, str):
        return tuple(str(_letters(each)) for each in typed)
    if not any("\udc80" <= char <= "\udcff" for char in typed):
        return typed
    return os.fsencode(typed).decode("utf-8", "replace")


def _folded(path: Path) -> Path:
    """The file for the printer beside the booklet, "-fold" before its ending."""
    return path.with_name(f"{path.stem}-fold{path.suffix}")


def date_of(text: str | None) -> date:
    """The date asked for, else SOURCE_DATE_EPOCH, else today."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
        except (ValueError, OverflowError, OSError):
            what = "SOURCE_DATE_EPOCH is not a time."
            raise RequestError(Problem(what, "Write seconds since 1970, or unset it.")) from None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(Problem("The date is not one.", "Write year, month and day, such as 2026-11-20.")) from None


def _output(path: Path | None, format: str | None) -> tuple[Path, str]:
    from booklet.build import check_target
    from booklet.writers import FORMATS

    if path is None:
        raise RequestError(
            Problem("Where should the booklet go?", "Add -o and a file name, such as -o my-booklet.pdf.")
        )
    if format is None:
        format = next((f.name for f in FORMATS.values() if f.suffix == path.suffix.lower()), None)
        if format is None:
            endings = " or ".join(dict.fromkeys(f.suffix for f in FORMATS.values()))
            advice = f"End the file name in {endings}, or add --format."
            raise RequestError(Problem("The file name does not say which format to make.", advice))
    if format not in FORMATS:
        advice = did_you_mean(format, FORMATS) or f"The formats are {', '.join(FORMATS)}."
        raise RequestError(Problem("There is no such format.", advice))
    return check_target(path), format


def _columns(typed: str | None, format: str) -> int:
    """Characters on a line of plain text; 0 when nothing was asked for."""
    if typed is None:
        return 0
    if format != "text":
        raise RequestError(Problem("--width is for plain text.", "Leave it out, or end the file name in .txt."))
    if not (typed.isdecimal() and 20 <= int(typed) <= 1000):
        raise RequestError(Problem("--width is not a number from 20 to 1000.", "A braille display may have 40."))
    return int(typed)


def audit_file(arguments: argparse.Namespace) -> ExitCode:
    from booklet.audit import audit
    from booklet.audit.limits import read_pdf

    report = audit(read_pdf(arguments.file), arguments.size)
    if arguments.json:
        say(as_json({"file": str(arguments.file), **report.as_dict()}))
    else:
        for line in report.lines():
            say(line)
        measured = ", ".join(f"{key} {value}" for key, value in report.measured.items() if value is not None)
        print(f"Measured: {printable(measured)}.", file=sys.stderr)
        told = "Nothing must be mended." if report.passed else "This breaks rules for large print or accessibility."
        print(told, file=sys.stderr)
    return ExitCode.DONE if report.passed else ExitCode.FAILED


def size_test(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import make_size_test, save

    output, _ = _output(arguments.output, "pdf")
    save(make_size_test(date_of(arguments.date), arguments.paper), output)
    say(f"{arguments.output}: print it at actual size, on the paper that will be used.")
    return ExitCode.DONE


def topics(arguments: argparse.Namespace) -> ExitCode:
    library = library_of(arguments)
    sections = [s for s in library.sections.values() if s.is_choosable and s.meta.gate == "none"]
    if arguments.json:
        say(
            as_json(
                [
                    {"id": s.id, "number": library.number(s), "title": s.meta.title, "summary": s.meta.summary}
                    for s in sections
                ]
            )
        )
        return ExitCode.DONE
    for topic in library.topics:
        inside = [s for s in sections if s in topic.sections]
        if inside:
            say(f"{topic.id}: {topic.title}")
        for section in inside:
            say(f"    {section.id}: {library.number(section)} {section.meta.title}")
    return ExitCode.DONE


def packs(arguments: argparse.Namespace) -> ExitCode:
    from booklet import kept
    from booklet.about import about
    from booklet.choices import attempt
    from booklet.library.files import OwnPack, Pack
    from booklet.request import choose

    library = library_of(arguments)
    for problem in kept.wrong_packs(library):
        note(str(problem))

    def sections(id: str, pack: Pack) -> tuple[str, ...]:
        """None for a pack of one's own that needs a reader's consent."""
        known, _ = about(library, pack.about)
        return attempt([], lambda: choose(library, (), (id,), known), tuple[str, ...]())

    rows = [
        {
            "id": id,
            "title": pack.title,
            "summary": pack.summary,
            "sections": sections(id, pack),
            "own": isinstance(pack, OwnPack),
        }
        for id, pack in library.packs.items()
    ]
    if arguments.json:
        say(as_json(rows))
        return ExitCode.DONE
    for row in rows:
        own = " (your own)" if row["own"] else ""
        say(f"{row['id']}: {row['title']}{own}. {row['summary']}")
    return ExitCode.DONE


def preferences_of_reading(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import preferences

    if arguments.json:
        rows = [
            {"id": id, "label": p.label, "default": p.default, "choices": list(p.choices)}
            for id, p in preferences().items()
        ]
        say(as_json(rows))
        return ExitCode.DONE
    for id, preference in preferences().items():
        say(f"--{id}: {preference.label}")
        for key, choice in preference.choices.items():
            usual = " (usual)" if key == preference.default else ""
            say(f"    {key}: {', '.join(filter(None, (choice.label, choice.hint)))}{usual}")
    return ExitCode.DONE


def profiles_of_reading(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import profiles

    rows = [
        {"id": id, "label": p.label, "summary": p.summary, "preferences": p.preferences, "because": p.because}
        for id, p in profiles().items()
    ]
    if arguments.json:
        say(as_json(rows))
        return ExitCode.DONE
    for id, profile in profiles().items():
        say(f"--profile {id}: {profile.label}. {profile.summary}")
        for key, value in profile.preferences.items():
            say(f"    --{key} {value}: {profile.because[key]}")
    return ExitCode.DONE


def reader_facts(arguments: argparse.Namespace) -> ExitCode:
    facts = library_of(arguments).reader_facts
    if arguments.json:
        rows = [{"id": id, "label": f.label, "default": f.default, "values": list(f.values)} for id, f in facts.items()]
        say(as_json(rows))
        return ExitCode.DONE
    for id, fact in facts.items():
        say(f"--about {id}=: {fact.label}" + (" (more than one, with commas)" if fact.many else ""))
        for value, label in fact.values.items():
            usual = " (usual)" if value == fact.default else ""
            say(f"    {value}: {label}{usual}")
    return ExitCode.DONE


def check_content(arguments: argparse.Namespace) -> ExitCode:
    from booklet import kept
    from booklet.check import check
    from booklet.paths import CONTENT, LAYOUTS

    folders = [*arguments.content, *([arguments.against] if arguments.against else [])]
    missing = [path for path in (*arguments.paths, *folders) if not path.exists()]
    if missing:
        raise RequestError(*(Problem("There is no such file or folder.", path=path) for path in missing))
    if arguments.readability:
        return _readability(arguments)
    local, packs = tuple(arguments.content), kept.pack_folders()
    problems = check(CONTENT, LAYOUTS, tuple(arguments.paths), local, arguments.against, packs=packs)
    wrong = sum(not problem.warning for problem in problems)
    if arguments.json:
        say(as_json([_as_row(problem) for problem in problems]))
    else:
        for problem in problems:
            say(str(problem))
    again = f"{len(problems) - wrong} to look at again" if len(problems) > wrong else ""
    told = ", ".join(filter(None, (f"{wrong} to put right" if wrong else "", again)))
    print(f"{told}." if told else "Nothing wrong was found.", file=sys.stderr)
    return ExitCode.FAILED if wrong else ExitCode.DONE


def _as_row(problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.path) if problem.path else None,
        "line": problem.line,
        "what": problem.what,
        "advice": problem.advice,
        "kind": "warning" if problem.warning else "error",
    }


def _readability(arguments: argparse.Namespace) -> ExitCode:
    """A line for each section: words, grades, and the lengths of sentences (content-brief.md 6.6)."""
    from dataclasses import asdict

    from booklet.check import scores
    from booklet.paths import CONTENT

    rows = list(scores(CONTENT, *arguments.content))
    if arguments.json:
        say(as_json({id: asdict(score) for id, score in rows}))
        return ExitCode.DONE
    width = max(len(id) for id, _ in rows)
    say(f"{'section':{width}}  words  grade  masked  SMOG  mean  longest  long words")
    for id, s in rows:
        figures = f"{s.words:5}  {s.grade:5.1f}  {s.masked:6.1f}  {s.smog:4.1f}  {s.mean:4.1f}  {s.longest:7}"
        say(f"{id:{width}}  {figures}  {s.polysyllables:6.1f} in 100")
    return ExitCode.DONE
