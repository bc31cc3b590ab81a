"""Turns of phrase written once: « mon (mari/ex) me frappe »."""

from directory.folding import spellings


def test_each_choice_is_spelled_out() -> None:
    assert spellings("mon (mari/ex) me (frappe/tape)") == [
        "mon mari me frappe",
        "mon mari me tape",
        "mon ex me frappe",
        "mon ex me tape",
    ]


def test_nothing_is_a_choice() -> None:
    assert spellings("couper (ma/) sœur") == ["couper ma sœur", "couper sœur"]


def test_what_holds_no_choice_is_itself() -> None:
    assert spellings("garde à vue (") == ["garde à vue ("]
    assert spellings("mari/femme") == ["mari/femme"]
