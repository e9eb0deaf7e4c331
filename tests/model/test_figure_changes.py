"""Which figures differ between two reports."""

from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.figure_changes import FigureChange, changed_figures

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(st.sampled_from("xyz"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=6,
)
FIGURES = st.dictionaries(st.sampled_from("abc"), TREES, max_size=3)


def test_a_figure_is_named_by_its_place() -> None:
    then = {"pillars": {"orders": 1, "history": [{"orders": 5}], "gone": 2}, "data": {"commit": "x"}}
    now = {"pillars": {"orders": 2, "history": [{"orders": 6}], "new": None}, "data": {"commit": "y"}}

    assert changed_figures(then, now) == (
        FigureChange("pillars.orders", 1, 2),
        FigureChange("pillars.history[0].orders", 5, 6),
        FigureChange("pillars.new", None, None),
        FigureChange("pillars.gone", 2, None),
    )
    assert changed_figures(then, now, lists=False, only_shared=True) == (FigureChange("pillars.orders", 1, 2),)


def test_an_entry_of_a_list_is_named_by_what_it_begins_with_wherever_it_stands() -> None:
    hotels, cafes = {"segment": "Hotels", "new": 1}, {"segment": "Cafés", "new": 2}
    pairs = [{"customer": "K1", "category": "Soap", "value": 5}, {"customer": "K1", "category": "Paper", "value": 6}]

    assert changed_figures({"s": [hotels, cafes]}, {"s": [{**cafes, "new": 3}, hotels]}) == (
        FigureChange("s[Cafés].new", 2, 3),
    )
    assert changed_figures({"p": pairs}, {"p": pairs[1:]}) == (
        FigureChange("p[K1 Soap].customer", "K1", None),
        FigureChange("p[K1 Soap].category", "Soap", None),
        FigureChange("p[K1 Soap].value", 5, None),
    )


def test_zero_is_not_false_and_not_unknown() -> None:
    assert changed_figures({"a": {"b": 0}}, {"a": {"b": False}}) == (FigureChange("a.b", 0, False),)  # noqa: FBT003
    assert changed_figures({"a": {"b": 0}}, {"a": {"b": None}}) == (FigureChange("a.b", 0, None),)
    assert changed_figures({"a": {"b": 1}}, {"a": {"b": 1.0}}) == ()


@given(figures=FIGURES)
def test_the_same_figures_do_not_differ(figures: dict[str, object]) -> None:
    assert changed_figures(figures, figures) == ()


@given(then=FIGURES, now=FIGURES)
def test_the_other_way_round_the_same_figures_differ(then: dict[str, object], now: dict[str, object]) -> None:
    there = {(change.key, repr(change.then), repr(change.now)) for change in changed_figures(then, now)}
    back = {(change.key, repr(change.now), repr(change.then)) for change in changed_figures(now, then)}

    assert there == back
