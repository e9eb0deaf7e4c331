from __future__ import annotations

import re
from itertools import combinations

import pytest

from retention_reports.charts.style import PALETTE, Effect, Role, heat, screen_css, text_role

MODES = ("light", "dark")
GROUPS = (Role.LOYAL, Role.NEW, Role.WON_BACK, Role.LOST, Role.UNASSIGNED)
MARKS = (*GROUPS, Role.ACTUAL, Role.PREVIOUS, Role.PLAN, Role.FORECAST, Role.GOOD, Role.BAD, Role.NEUTRAL)
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
"""How a reader without green receptors sees linear red, green and blue (Machado, Oliveira, Fernandes 2009)."""

each_mode = pytest.mark.parametrize("mode", MODES)


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def shade(role: Role, mode: str) -> str:
    return str(getattr(PALETTE[role], mode))


def as_seen_without_green(colour: str) -> list[float]:
    channels = linear(colour)
    seen = [sum(weight * channel for weight, channel in zip(row, channels, strict=True)) for row in DEUTERANOPIA]
    return [max(channel, 0.0) ** (1 / 2.2) for channel in seen]


def test_black_on_white_has_the_known_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@each_mode
@pytest.mark.parametrize("role", sorted({Role.INK, Role.MUTED, *map(text_role, MARKS)}))
def test_type_is_legible_on_paper(role: Role, mode: str) -> None:
    assert contrast(shade(role, mode), shade(Role.PAPER, mode)) >= 4.5


@each_mode
@pytest.mark.parametrize("role", MARKS)
def test_marks_stand_out_from_paper(role: Role, mode: str) -> None:
    assert contrast(shade(role, mode), shade(Role.PAPER, mode)) >= 3


@each_mode
@pytest.mark.parametrize("pair", [(Role.LOYAL, Role.NEW), (Role.NEW, Role.WON_BACK), (Role.ACTUAL, Role.PREVIOUS)])
def test_neighbours_in_a_stack_differ_in_grey(pair: tuple[Role, Role], mode: str) -> None:
    assert contrast(shade(pair[0], mode), shade(pair[1], mode)) >= 1.4


@each_mode
def test_groups_stay_apart_for_a_reader_without_green(mode: str) -> None:
    for one, other in combinations(GROUPS, 2):
        seen = [as_seen_without_green(shade(role, mode)) for role in (one, other)]
        distance = sum((first - second) ** 2 for first, second in zip(*seen, strict=True)) ** 0.5
        assert distance >= 0.12, (one, other)


@each_mode
@pytest.mark.parametrize("share", [0, 0.2, 0.4, 0.6, 0.8, 1])
def test_a_cell_s_figure_is_legible_on_its_shade(share: float, mode: str) -> None:
    fill, ink = heat(share)
    assert contrast(shade(fill, mode), shade(ink, mode)) >= 4.5


@each_mode
def test_shades_of_heat_move_away_from_paper(mode: str) -> None:
    steps = [contrast(shade(heat(index / 6)[0], mode), shade(Role.PAPER, mode)) for index in range(6)]
    assert steps == sorted(steps)


def test_shares_beyond_the_scale_take_its_ends() -> None:
    assert heat(-3) == heat(0)
    assert heat(7) == heat(1)


def test_the_stylesheet_colours_every_role_light_and_on_dark_screens_dark() -> None:
    light, _, dark = screen_css().partition("@media screen and (prefers-color-scheme:dark)")
    assert light.count("{") == light.count("}")
    assert dark.count("{") == dark.count("}")
    for role, colour in PALETTE.items():
        for css, shade_of in ((light, colour.light), (dark, colour.dark)):
            assert f".c-{role.value}{{fill:{shade_of}}}" in css
            assert f".s-{role.value}{{stroke:{shade_of}}}" in css


def test_colours_are_written_in_full() -> None:
    assert all(re.fullmatch("#[0-9A-F]{6}", shade(role, mode)) for role in Role for mode in MODES)


def test_every_effect_has_a_colour() -> None:
    assert {effect.role for effect in Effect} == {Role.GOOD, Role.BAD, Role.NEUTRAL}
