"""A chip taken back says nothing any more: neither its concept nor what it led to."""

import pytest
from django.test import Client

from directory.visibility import ANONYMOUS
from search.answer import Answer, answer
from search.forms import SearchForm
from tests.search.asked import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]


def understood(q: str, *without: str) -> Answer:
    asked = SearchForm({"q": [q], "lieu": ["Gap"], "sans": list(without)}).asked()
    return answer(asked.question, ANONYMOUS, NIGHT)


def test_words_taken_back_are_plain_words_again() -> None:
    found = understood("violences conjugales", "violence:conjugales").understood
    assert found.terms == (("violenc",), ("conjugal",))


def test_an_age_taken_back_is_nobody_s() -> None:
    asked = "une fille de 14 ans est frappée à la maison"
    assert understood(asked).understood.age == 14
    found = understood(asked, "public:adolescent")
    assert found.understood.age is None
    assert "119" not in {line.key for line in found.helplines}


def test_a_moment_taken_back_is_not_judged() -> None:
    asked = "un accueil pour femme dimanche matin"
    assert understood(asked).at.weekday() == 6
    found = understood(asked, "time:moment")
    assert (found.at, found.moment, found.understood.moment, found.said) == (NIGHT, None, None, "")


@pytest.mark.parametrize(
    ("words", "is_sought"),
    [
        ("pas d’hébergement ce soir", True),
        ("mon mari veut me tuer, pas d’hébergement ce soir", True),
        ("sans hébergement ce soir avec ma fille", True),
        ("je ne veux pas d’hébergement ce soir", False),
        ("pas besoin d’hébergement cette nuit", False),
        ("pas d’hébergement", False),
    ],
)
def test_a_roof_that_lacks_tonight_is_no_refusal(words: str, is_sought: bool) -> None:
    for without in ((), ("time:moment",)):
        found = understood(words, *without)
        assert ("115" in {line.key for line in found.helplines}) is is_sought


@pytest.mark.parametrize(("q", "is_still_taken_back"), [("violences conjugales", True), ("inceste", False)])
def test_what_was_taken_back_stays_so_for_the_same_words(
    client: Client, q: str, is_still_taken_back: bool
) -> None:
    page = client.get("/recherche/", {"q": "violences conjugales", "sans": "violence:conjugales"})
    kept = {"q": q, "lieu": "Gap", "sans_de": "violences conjugales", "sans": "violence:conjugales"}
    for name in ("sans_de", "sans"):
        assert f'name="{name}" value="{kept[name]}"' in page.content.decode()
    asked = client.post("/recherche/", kept, follow=True).context["page"].asked
    assert (asked.question.without == ("violence:conjugales",)) == is_still_taken_back
    assert "sans_de" not in asked.params


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("violence:conjugales", "Violences conjugales"),
        ("type:crip", "Cellule de recueil des informations préoccupantes"),
        ("time:moment", "Moment"),
        ("besoin:mise-a-l-abri", "Mise à l’abri"),
    ],
)
def test_what_was_taken_back_may_be_put_back(client: Client, code: str, label: str) -> None:
    codes = [code, "content:schema-mise-a-l-abri"] if code.startswith("besoin") else [code]
    page = client.get("/recherche/", {"q": "mon mari me frappe", "sans": [*codes, "lieu:38185"]})
    assert 'aria-labelledby="retires"' in page.content.decode()
    [link] = page.context["page"].taken_back
    assert link.label == label
    again = client.get(link.url).context["page"]
    assert again.asked.question.without == ("lieu:38185",)
    assert not again.taken_back
