"""Moments said in a text, on the clock of Paris, seen from Thursday 26 November 2026 at 15:00."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.folding import fold
from search.times import moment_said

AT = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("je fais quoi ce soir ?", "2026-11-26T18:00"),
        ("cette nuit", "2026-11-26T18:00"),
        ("maintenant", "2026-11-26T15:00"),
        ("dimanche", "2026-11-29T10:00"),
        ("ouvert dimanches", "2026-11-29T10:00"),
        ("samedi matin", "2026-11-28T09:00"),
        ("jeudi matin", "2026-12-03T09:00"),
        ("jeudi soir", "2026-11-26T18:00"),
        ("demain après-midi", "2026-11-27T14:00"),
        ("à 3 h du matin", "2026-11-27T03:00"),
        ("à 22h30", "2026-11-26T22:30"),
        ("vers 16 h", "2026-11-26T16:00"),
        ("il est 2h du mat", "2026-11-27T02:00"),
        ("à 7 h du soir", "2026-11-26T19:00"),
        ("4 heures de l’après-midi", "2026-11-26T16:00"),
        ("ce week-end", "2026-11-28T00:00"),
    ],
)
def test_moments_are_read(text: str, start: str) -> None:
    said = moment_said(fold(text).split(), AT)
    assert said is not None
    assert said.moment.start.strftime("%Y-%m-%dT%H:%M") == start
    assert said.moment.start <= said.moment.end
    assert " ".join(fold(text).split()[said.start : said.end]) == said.label
    assert said.end <= len(fold(text).split())


@pytest.mark.parametrize(
    "text",
    ["la nuit il me frappe", "un jour", "à 15 ans", "99 h", "à 27 h", "à 2 hommes", "à 35 h du soir", ""],
)
def test_what_is_no_moment_is_left_alone(text: str) -> None:
    assert moment_said(fold(text).split(), AT) is None


def test_a_moment_keeps_its_own_words() -> None:
    tokens = fold("je peux venir samedi matin avec elle").split()
    said = moment_said(tokens, AT)
    assert said is not None
    assert (said.label, tokens[said.start : said.end]) == ("samedi matin", ["samedi", "matin"])
