"""Packs that a person or a clinic made: beside those of the library, and never in their place."""

from dataclasses import replace
from pathlib import Path

from booklet import settings
from booklet.errors import BookletError, Problem
from booklet.library import Library
from booklet.library.files import OwnPack
from booklet.library.links import in_pack


def with_own_packs(library: Library, *folders: Path) -> tuple[Library, list[Problem]]:
    """The library with the packs of these folders as well, and what is wrong with those that it cannot have.

    A later folder replaces packs of an earlier one. A pack that is wrong is left out and disturbs no other.
    """
    own: dict[str, OwnPack] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in _files(folder):
            try:
                pack = settings.read(path, OwnPack)
            except BookletError as e:
                problems += e.problems
                continue
            wrong = [*in_pack(pack, library, path)]
            if not isinstance(library.packs.get(path.stem, pack), OwnPack):
                wrong.append(Problem("The program has a pack of this name.", "Give the file another name.", path))
            if not f"{path.stem}{pack.title}{pack.summary}".isprintable():
                wrong.append(Problem("A name has characters that cannot be shown.", "Type it again.", path))
            problems += wrong
            if not wrong:
                own[path.stem] = pack
    return replace(library, packs={**library.packs, **own}), problems


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob("*.toml") if path.is_file())
    except (OSError, ValueError):
        return []  # a shared folder may be out of reach today
