"""Contrast of the tokens in all four themes: text at least 7:1, control borders at least 3:1."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path("static/portal/tokens.css")
DARK = "@media screen and (prefers-color-scheme: dark)"

GROUNDS = ("paper", "sheet", "wash")
TEXTS = ("ink", "ink-2", "brand", "brand-2", "seal", "ok", "warn", "bad")
# (text, ground) pairs that stand apart from the page's own grounds.
PAIRS = (
    *product(("ink", "ink-2", "brand", "ok"), ("ok-wash",)),
    *product(("ink", "ink-2", "brand", "warn"), ("warn-wash",)),
    *product(("ink", "ink-2", "brand", "bad"), ("bad-wash",)),
    ("on-action", "action"),
    ("on-action", "action-2"),
    ("on-seal", "seal"),
    ("on-mark", "mark"),
)


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


def block(css: str, selector: str) -> str:
    """What stands between the braces after `selector` (its first occurrence)."""
    start = css.index("{", css.index(selector)) + 1
    depth = 1
    for position in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[position], 0)
        if depth == 0:
            return css[start:position]
    raise ValueError(selector)


def themes() -> dict[str, dict[str, str]]:
    css = TOKENS.read_text()
    dark = block(css, DARK)
    light = colours(block(css, ":root"))
    by_night = light | colours(block(dark, ":root"))
    return {
        "light": light,
        "contrast": light | colours(block(css.split(DARK)[0], "html.contrast")),
        "dark": by_night,
        # Both rules hold: the class is the more specific one.
        "contrast dark": by_night | colours(block(dark, "html.contrast")),
    }


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "contrast", "dark", "contrast dark"])
def test_text_reads(theme: str) -> None:
    tokens = themes()[theme]
    poor = {
        f"{text} on {ground}": round(ratio(tokens[text], tokens[ground]), 2)
        for text, ground in (*product(TEXTS, GROUNDS), *PAIRS)
        if ratio(tokens[text], tokens[ground]) < 7
    }
    assert poor == {}


@pytest.mark.parametrize("theme", ["light", "contrast", "dark", "contrast dark"])
def test_borders_of_controls_are_seen(theme: str) -> None:
    tokens = themes()[theme]
    poor = {
        f"{line} on {ground}": round(ratio(tokens[line], tokens[ground]), 2)
        for line, ground in product(("line-2", "action", "seal"), GROUNDS)
        if ratio(tokens[line], tokens[ground]) < 3
    }
    assert poor == {}


@pytest.mark.parametrize("theme", ["light", "contrast", "dark", "contrast dark"])
def test_focus_is_seen_on_every_ground(theme: str) -> None:
    """The ring has two colours: one of them stands out wherever it falls."""
    tokens = themes()[theme]
    for ground in (*GROUNDS, "action", "seal"):
        assert max(ratio(tokens[ring], tokens[ground]) for ring in ("focus", "focus-edge")) >= 3


def test_every_theme_sets_every_colour() -> None:
    """A colour that one theme forgets would shine through from another."""
    css = TOKENS.read_text()
    dark = block(css, DARK)
    light = set(colours(block(css, ":root")))
    fixed = {"focus", "focus-edge"}
    for part in (
        block(css.split(DARK)[0], "html.contrast"),
        block(dark, ":root"),
        block(dark, "html.contrast"),
    ):
        assert set(colours(part)) == light - fixed


@pytest.mark.parametrize("sheet", sorted(Path("static").rglob("*.css")), ids=lambda path: path.name)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    """No other sheet names a colour of its own, except black and red on paper."""
    css = sheet.read_text()
    if sheet.name in {"tokens.css", "print.css"}:
        return
    while "@media print" in css:
        css = css.replace(block(css, "@media print"), "").replace("@media print {}", "")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", css) == []
