"""Texts that nobody may reword, shorten or take away without a signed-off change (content-brief.md 4.4)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from booklet import settings
from booklet.errors import BookletError, Problem

LOCKED = {
    "emergencies/bleeding-and-other.md": "90ee5c6df1571f3e4084f2951035c46044898b87ca71828fa92a064552c1c9fc",
    "emergencies/brain-and-stroke.md": "1a0ce0201246896ab51a751d9ec9c4a5e01fbf964a8a3dc048e000428c5d02a3",
    "emergencies/breathing-and-lungs.md": "d23fce18731236bb3c06b9e4075298b24c90c67ee020be4ebe383176eeb6f840",
    "emergencies/calcium.md": "19f0a5d132848a2767461fc9828e5a48b48da6770ab6b250a0d157d14294ba4f",
    "emergencies/call-now.md": "f17ca19f3de9ec8d36ebb841ebb3ba606441aee366b056334b6545a776b70d1a",
    "emergencies/clots.md": "925969343886a4ceba26ce7d1838a22c29a2188402237a4d22abdb0917da80a7",
    "emergencies/immunotherapy-and-new-drugs.md": "b149ddedee04b8439b9e4ed8345e3e5ca2669d5ba64b359b11d236099826b3c3",
    "emergencies/infection-sepsis.md": "fe2a8e38ebf0fea1f8338179d880639e164bb790e4cea165827cf1c59b0bded3",
    "emergencies/my-numbers.md": "a4a16e7f7257245383b444509bfb58c4d564a5f92be6335ba864fdfb351dfa54",
    "emergencies/spinal-cord.md": "b54ef1db86f4fff025636a159b90d25e23fb565625360806134fc5a29febd8c2",
    "carers/what-to-watch-for.md": "a5dcf517b3423804ff2f8a51d218407fb45f255e2dedeafa41f00ea64b7199b6",
    "emotional/crisis.md": "05577ecc3acfce89547ae9c5280537eba6131e28329e8c1bf89e5a535f885f79",
    "locked.toml": "fc8bf62d6c3ba26c329264283a87e0e750061e80367a27d91851915dc03a690e",
}
"""The digest of each locked text. `digest_of` gives the new one after a signed-off change."""
_FENCE = "+++\n"


def altered(folder: Path) -> Iterator[Problem]:
    """Locked texts that are missing or not word for word as they were signed off: no booklet is made without them."""
    for name, digest in LOCKED.items():
        path = folder / name
        if not path.is_file():
            advice = "Put it back from the program's own content; no booklet can be made without it."
            yield Problem("This locked file is missing.", advice, path)
            continue
        try:
            same = digest_of(path) == digest
        except BookletError as e:
            yield from e.problems
            continue
        if not same:
            advice = "Put it back from the program's own content; only a signed-off change may alter it."
            yield Problem("The words of this locked file were changed.", advice, path)


def replaced(folder: Path) -> Iterator[Problem]:
    """Files of a local folder that would take the place of a locked one."""
    for name in LOCKED:
        if (folder / name).exists():
            yield Problem("A local file may not take the place of a locked one.", "Delete or rename it.", folder / name)


def digest_of(path: Path) -> str:
    """A digest of the words of a locked file: its title and body, not its dates or reviewer."""
    header, fence, body = settings.text_of(path).partition("\n" + _FENCE)
    title = next((line for line in header.splitlines() if line.startswith("title")), "")
    return hashlib.sha256((title + "\n" + body if fence else header).encode()).hexdigest()
