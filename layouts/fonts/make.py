"""Makes the typefaces beside this file from unpacked packages: `python layouts/fonts/make.py FOLDER`.

FOLDER holds, at any depth, the packages that `layouts/typefaces.toml` names, in those versions. Each file
is the `latin` and the `latin-ext` part of one weight, joined; outlines and widths stay as published.
Nothing is downloaded, and the same packages and fontTools (4.68, with brotli) give the same bytes.
Then it prints what was measured in each file. Needs fontTools, brotli and ReportLab.
"""

import json
import logging
import shutil
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import ttfonts

HERE = Path(__file__).parent
WEIGHTS = {"regular": 400, "medium": 500, "bold": 700}
PARTS = ("latin", "latin-ext")
DROPPED = ("GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH", "DSIG")
WANTED = "éŵŷñßāþ€£•…\u2018\u2019\u201c\u201d\u2013\u2014≥✓☐→\u2011"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
ARIAL_X_HEIGHT = 1062 / 2048


def find_package(folder: Path, package: str) -> Path:
    """The unpacked folder of "name version"."""
    name, version = package.split()
    for path in sorted(folder.rglob("package.json")):
        about = json.loads(path.read_text("utf-8"))
        if (about.get("name"), about.get("version")) == (name, version):
            return path.parent
    sys.exit(f"{package} is not in {folder}.")


def read_part(package: Path, slug: str, part: str, weight: int) -> TTFont:
    """One part as TrueType, without the tables that ReportLab has no use for."""
    font = TTFont(package / "files" / f"{slug}-{part}-{weight}-normal.woff2", recalcTimestamp=False)
    font.flavor = None
    for tag in DROPPED:
        if tag in font:
            del font[tag]
    return font


def join(package: Path, slug: str, weight: int) -> TTFont:
    """The parts of one weight as one font."""
    with TemporaryDirectory() as folder:
        paths = []
        for part in PARTS:
            paths.append(str(Path(folder, f"{part}.ttf")))
            read_part(package, slug, part, weight).save(paths[-1])
        return Merger().merge(paths)


def rename(font: TTFont, family: str, style: str) -> None:
    """Names that no other file has: ReportLab takes two files of one PostScript name for one font."""
    table = font["name"]
    linked = style in ("Regular", "Bold")
    names = {
        1: family if linked else f"{family} {style}",
        2: style if linked else "Regular",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }
    if not linked:
        names |= {16: family, 17: style}
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def save(font: TTFont, path: Path) -> None:
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    font.save(path)


def make_family(folder: Path, family: dict[str, str]) -> None:
    """The three files of a family, and its licence beside them."""
    package = find_package(folder, family["package"])
    slug = family["package"].split()[0].rpartition("/")[2]
    for style, weight in WEIGHTS.items():
        font = join(package, slug, weight)
        rename(font, family["label"], style.capitalize())
        save(font, HERE / family[style])
    stem = family["regular"].partition("-")[0]
    shutil.copyfile(package / "LICENSE", HERE / f"{stem}-LICENSE.txt")


def top(font: TTFont, char: str) -> float:
    """How high the outline of a character reaches, as a part of the em."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return pen.bounds[3] / font["head"].unitsPerEm


def average_width(font: TTFont) -> float:
    """Of the lower-case alphabet, as a part of the em."""
    widths = [font["hmtx"][font.getBestCmap()[ord(char)]][0] for char in ALPHABET]
    return sum(widths) / len(widths) / font["head"].unitsPerEm


def measure(path: Path) -> str:
    """One row of the table; fails if ReportLab refuses the file."""
    ttfonts.TTFont(path.stem, str(path))
    font = TTFont(path)
    height = top(font, "x")
    missing = [f"U+{ord(char):04X}" for char in WANTED if ord(char) not in font.getBestCmap()]
    cells = [
        f"{font['name'].getDebugName(6):33}",
        f"{font['OS/2'].usWeightClass:6}",
        f"{font['maxp'].numGlyphs:6}",
        f"{height:8.4f}",
        f"{max(1, ARIAL_X_HEIGHT / height):6.4f}",
        f"{top(font, 'H'):6.3f}",
        f"{average_width(font):6.3f}",
        f"{path.stat().st_size // 1024:4}",
        " ".join(missing) or "none",
    ]
    return "  ".join(cells)


def main(folder: Path) -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    families = tomllib.loads((HERE.parent / "typefaces.toml").read_text("utf-8")).values()
    print(f"{'PostScript name':33}  weight  glyphs  x-height    grow     cap   width    KB  missing")
    for family in families:
        make_family(folder, family)
        for style in WEIGHTS:
            print(measure(HERE / family[style]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
