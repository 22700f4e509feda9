"""What is kept of a list while it is made, so that one that was stopped can be finished (docs/batch.md).

A booklet stands under its name only when it is whole, so the files themselves say which are made. What is kept beside
them says which list they are of: a slow digest of the whole list with a random salt, and no more. A digest of each line
would let anyone who finds the folder try names until one fits; for this one they must guess all the list at once. It is
deleted when the last booklet is made.
"""

import hashlib
import secrets
from datetime import date
from pathlib import Path

import msgspec

from booklet import __version__
from booklet.errors import Problem, RequestError
from booklet.saving import remove, remove_unfinished, save

NAME = "not-finished.json"
LARGEST = 10_000
"""Bytes; what we keep is much shorter."""
_BEGIN_AGAIN = "Choose an empty folder for a new list, so that no booklet is taken for one of another list."


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    made: date
    """The date on every booklet of the list, also of those that are made another day."""
    salt: str
    digest: str


def begun(folder: Path) -> Record | None:
    """The record of a list that is not finished. Raises RequestError when it cannot be read."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            before = msgspec.json.decode(file.read(LARGEST), type=Record)
        bytes.fromhex(before.salt)
        return before
    except (OSError, ValueError, RecursionError):
        raise RequestError(Problem("This file cannot be read.", _BEGIN_AGAIN, path)) from None


def record(made: date, parts: list[bytes], salt: str = "") -> Record:
    """A new record, or with the salt of an older one a record that equals it where the list is the same."""
    salt = salt or secrets.token_hex(16)
    whole = b"".join(len(part).to_bytes(8) + part for part in (__version__.encode(), made.isoformat().encode(), *parts))
    digest = hashlib.scrypt(whole, salt=bytes.fromhex(salt), n=2**14, r=8, p=1)
    return Record(made, salt, digest.hex())


def begin(folder: Path, names: list[str], parts: list[bytes], made: date, resume: bool) -> None:
    """Before anything is made: the folder is fit for this list, its record stands in it, and nothing is half written.

    Raises RequestError when the folder has booklets that are not of this list, or that nobody asked to go on with.
    """
    before = begun(folder)
    remove_unfinished(folder)
    if before and not resume:
        advice = "To make those that are missing, add --resume. For a new list choose an empty folder."
        raise RequestError(Problem("A list was begun in this folder and is not finished.", advice, folder))
    if before:
        if record(made, parts, before.salt) != before:
            what = "The list or its settings are not those that were begun in this folder."
            raise RequestError(Problem(what, f"Go on with the list as it was. {_BEGIN_AGAIN}", folder))
        return
    there = next((name for name in names if (folder / name).exists()), None)
    if there:
        what = "There is a booklet of this name already, and no list that is not finished."
        raise RequestError(Problem(what, _BEGIN_AGAIN, folder / there))
    save(msgspec.json.encode(record(made, parts)), folder / NAME)


def finish(folder: Path) -> None:
    remove(folder / NAME)
