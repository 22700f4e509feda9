"""What a PDF calls a colour, as red, green and blue; how light it is and how well text stands out (WCAG 2.2)."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import pikepdf

RGB = tuple[float, float, float]
Space = Callable[[Sequence[float]], RGB | None]
"""The components of a colour to red, green and blue; None where this program cannot tell."""

BLACK: RGB = (0.0, 0.0, 0.0)
WHITE: RGB = (1.0, 1.0, 1.0)


@lru_cache(4096)
def luminance(colour: RGB) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: RGB, alpha: float, below: RGB) -> RGB:
    """A colour through which some of what is below can be seen."""
    red, green, blue = (alpha * a + (1 - alpha) * b for a, b in zip(colour, below, strict=True))
    return red, green, blue


def grey(values: Sequence[float]) -> RGB:
    value = _unit(values[0])
    return value, value, value


def rgb(values: Sequence[float]) -> RGB:
    return _unit(values[0]), _unit(values[1]), _unit(values[2])


def cmyk(values: Sequence[float]) -> RGB:
    """Without a profile, as most screens do it."""
    cyan, magenta, yellow, black = map(_unit, values[:4])
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)


def lab(values: Sequence[float]) -> RGB:
    """The grey that is as light (CIE L*): enough to tell contrast."""
    high = (values[0] + 16) / 116
    light = high**3 if high > 6 / 29 else (high - 4 / 29) * 3 * (6 / 29) ** 2
    return grey([light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055])


def unknown(values: Sequence[float]) -> RGB | None:
    """A pattern, a table of colours, a function that this program does not work out."""
    return None


DEVICE: dict[str, Space] = {
    "/DeviceGray": grey,
    "/DeviceRGB": rgb,
    "/DeviceCMYK": cmyk,
    "/G": grey,
    "/RGB": rgb,
    "/CMYK": cmyk,
    "/CalGray": grey,
    "/CalRGB": rgb,
    "/Lab": lab,
}
PROFILES: dict[int, Space] = {1: grey, 3: rgb, 4: cmyk}
"""ICC profiles by their number of components."""


def space_of(space: pikepdf.Object) -> Space:
    """How the components of a colour space are read (ISO 32000-1 8.6)."""
    if isinstance(space, pikepdf.Name):
        return DEVICE.get(str(space), unknown)
    if not isinstance(space, pikepdf.Array) or not len(space):
        return unknown
    family = str(space[0])
    if family == "/ICCBased":
        return PROFILES.get(int(space[1].get("/N", 0)), unknown)
    if family == "/Separation":
        return _separation(str(space[1]), space_of(space[2]), space[3])
    return DEVICE.get(family, unknown)


def _separation(name: str, instead: Space, tint: pikepdf.Object) -> Space:
    """One ink; its tint goes through a function to another space, of which only type 2 is worked out."""
    if name in ("/Black", "/All"):
        return lambda values: grey([1 - values[0]])
    if not isinstance(tint, pikepdf.Dictionary) or tint.get("/FunctionType") != 2:
        return unknown
    none = [float(v) for v in pikepdf.Array(tint.get("/C0", [0]))]
    full = [float(v) for v in pikepdf.Array(tint.get("/C1", [1]))]
    power = float(tint.get("/N", 1))
    return lambda values: instead([a + values[0] ** power * (b - a) for a, b in zip(none, full, strict=True)])


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
