"""National numbers as they may be shown today: never an hour that nobody checked (domain.md N1–N8)."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from directory.helplines import (
    HelplineCard,
    displayed_helplines,
    helpline_card,
    helplines_by_key,
    source_line,
)
from directory.models import Helpline
from tests.factories import HelplineFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
CHECKED: dict[str, Any] = {"checked_on": date(2026, 11, 1), "recheck_by": date(2027, 4, 1)}


def card(**values: Any) -> HelplineCard:
    return helpline_card(Helpline(key="x", number="3919", display="39 19", source="S", **values), TODAY)


@pytest.mark.parametrize(
    ("values", "hours", "is_open"),
    [
        ({"hours": "9 h à 19 h"}, "Horaires à confirmer", False),
        ({"hours": "9 h à 19 h", **CHECKED}, "9 h à 19 h", False),
        ({"always_open": True}, "Horaires à confirmer", False),
        ({"always_open": True, **CHECKED}, "Jour et nuit", True),
        ({"hours": "9 h à 19 h", **CHECKED, "conflict": "9-19 ou 9-20"}, "Horaires à confirmer", False),
        ({"hours": "9 h à 19 h", **CHECKED, "recheck_by": date(2026, 11, 22)}, "Horaires à confirmer", False),
        ({"hours": "9 h à 19 h", **CHECKED, "recheck_by": TODAY}, "9 h à 19 h", False),
        ({"hours": "9 h à 19 h", "checked_on": date(2026, 11, 1)}, "Horaires à confirmer", False),
        ({"emergency": True}, "Jour et nuit", True),
        ({"emergency": True, "conflict": "?"}, "Jour et nuit", True),
    ],
)
def test_hours_are_claimed_when_somebody_checked_them(
    values: dict[str, Any], hours: str, is_open: bool
) -> None:
    assert (card(**values).hours, card(**values).is_always_open) == (hours, is_open)


def test_what_is_to_check_says_so() -> None:
    assert card().to_check
    assert card(**CHECKED, conflict="?").to_check
    assert not card(**CHECKED).to_check
    assert source_line(card()) == "Source : S. Vérifié : à vérifier."
    assert source_line(card(**CHECKED)) == "Source : S. Vérifié : 1er novembre 2026."


def test_a_number_is_called_and_a_service_online_is_opened() -> None:
    assert card().href == "tel:3919"
    online = Helpline(key="y", display="17Cyber", url="https://exemple.example/", source="S")
    assert helpline_card(online, TODAY).href == "https://exemple.example/"


def test_hidden_numbers_are_nowhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for key in ("17", "3919", "119"):
        HelplineFactory(key=key)
    HelplineFactory(key="auteurs", displayed=False)
    with django_assert_num_queries(2):
        assert "auteurs" not in [line.key for line in displayed_helplines()]
        assert list(helplines_by_key(["119", "auteurs", "17", "inconnu", "119"])) == ["119", "17"]
    with django_assert_num_queries(0):
        assert helplines_by_key([]) == {}


@pytest.mark.parametrize(("key", "leads"), [("114", "sms:114"), ("17", "tel:17")])
def test_who_cannot_speak_writes(key: str, leads: str) -> None:
    shown = helpline_card(Helpline(key=key, number=key, display=key, source="S"), TODAY)
    assert (shown.href, shown.is_by_sms) == (leads, leads.startswith("sms:"))
