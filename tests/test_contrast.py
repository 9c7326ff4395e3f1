"""Every pair of colours that the stylesheet puts together can be read: WCAG 2.2, 1.4.3 (text) and 1.4.11 (controls)."""
import re

import pytest

from tests.support.source import ROOT

CSS = (ROOT / "static" / "sanpo.css").read_text(encoding="utf-8")
TEXT, CONTROL = 4.5, 3.0
GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "ai", "kaki", "kaki-deep", "matsu", "kin", "bad")
      for ground in ("paper", "surface")),
    *((ink, "sunken") for ink in ("ink", "ink-2", "ink-3", "ai")),
    ("ai-deep", "ai-soft"), ("ai", "ai-soft"), ("ink", "ai-soft"), ("ink-2", "ai-soft"),
    ("kaki-deep", "kaki-soft"), ("matsu", "matsu-soft"), ("kin", "kin-soft"), ("bad", "bad-soft"),
    ("ink", "kin-soft"), ("ink-2", "kin-soft"), ("ai", "kin-soft"), ("ink", "matsu-soft"), ("ai", "matsu-soft"),
    ("ink", "bad-soft"), ("ai", "bad-soft"),
    ("on-solid", "ai"), ("on-solid", "ai-deep"), ("on-solid", "kaki"), ("on-solid", "kaki-deep"), ("on-solid", "bad"),
    ("ins-ink", "ins"), ("del-ink", "del"), ("ink", "focus-bg"),
]
CONTROL_PAIRS = [
    *((edge, ground) for edge in ("line-strong", "focus") for ground in GROUNDS), ("focus", "focus-bg"),
    *((cord, ground) for cord in ("kaki", "ai", "matsu") for ground in GROUNDS),
    ("bad", "surface"), ("bad", "bad-soft"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", block))


def block_of(selector: str) -> str:
    return CSS.split(selector + " {", 1)[1].split("}", 1)[0]


LIGHT = tokens(block_of("\n:root"))
DARK = {**LIGHT, **tokens(block_of(":root[data-theme=dark]"))}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place:place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000", "#ffffff") == 21


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, TEXT), (CONTROL_PAIRS, CONTROL)], ids=["text", "controls"])
def test_every_pair_can_be_told_apart(theme: dict[str, str], pairs: list[tuple[str, str]], least: float) -> None:
    low = {f"{front} on {back}": round(contrast(theme[front], theme[back]), 2) for front, back in pairs
           if contrast(theme[front], theme[back]) < least}
    assert low == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_white_words_of_the_top_bar_can_be_read(theme: dict[str, str]) -> None:
    assert contrast("#fff", theme["util"]) >= TEXT


def test_the_system_s_wish_and_the_stored_choice_are_the_same_dark() -> None:
    assert tokens(block_of(":root:not([data-theme=light])")) == tokens(block_of(":root[data-theme=dark]"))


def test_dark_names_every_colour_of_light() -> None:
    assert tokens(block_of(":root[data-theme=dark]")).keys() == LIGHT.keys()
