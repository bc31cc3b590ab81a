"""Filters beside doors: all that passes a filter is found, as many as its count says."""

import pytest

from directory.visibility import ANONYMOUS
from search import indexing
from search.answer import Answer, answer
from search.forms import SearchForm
from tests.factories import ServiceFactory
from tests.search.asked import DAY
from tests.territory import GAP, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]


def ask(**params: str | list[str]) -> Answer:
    values = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    asked = SearchForm(values).asked()
    return answer(asked.question, ANONYMOUS, DAY, knowledge=asked.knowledge)


@pytest.fixture
def directory() -> None:
    hautes_alpes = department("05")
    services = [
        ServiceFactory(name=name, type_slug=slug, department="05", coverage=[hautes_alpes], at=GAP, **values)
        for name, slug, values in (
            ("Écoute jeunes", "planning-familial", {"violences": ["sexuelles", "enfants"], "age_max": 25}),
            ("Avocats", "avocats", {"provisions": ["information-juridique"]}),
            ("Audition", "mpf", {"provisions": ["audition-mineur"], "violences": ["enfants"]}),
            ("Femmes", "cidff", {"violences": ["conjugales"], "gender": "femmes"}),
        )
    ]
    indexing.refresh([one.pk for one in services])


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    "base", [{}, {"lieu": "Gap"}, {"q": "crip"}, {"q": "mon mari me frappe", "lieu": "Gap"}, {"q": "avocats"}]
)
def test_each_count_is_what_its_choice_gives(base: dict[str, str]) -> None:
    """Doors lead; they are no condition of what was only chosen (perpetrators’ apart, R16)."""
    wrong = [
        (facet.name, value.slug, value.count, found.total)
        for facet in ask(**base).facets
        for value in facet.values
        if (found := ask(**base, **{facet.name: value.slug})).total != value.count
        and value.slug not in ("auteur", "prise-en-charge-auteur")
    ]
    assert wrong == []


@pytest.mark.usefixtures("directory")
def test_two_types_find_both() -> None:
    found = ask(type=["crip", "avocats"])
    assert found.total == ask(type="crip").total + ask(type="avocats").total == 3


@pytest.mark.usefixtures("directory")
def test_a_violence_that_is_chosen_leads_to_its_doors() -> None:
    found = ask(violence="enfants", lieu="Gap")
    assert [step.label for step in found.steps if step.types == ("crip",)]
    assert "Audition" in [one.card.name for one in found.results]
    assert "CPCA 05" not in [one.card.name for one in ask(violence="conjugales", lieu="Gap").results]


@pytest.mark.usefixtures("directory")
def test_an_empty_answer_counts_what_it_would_be_without_its_filters() -> None:
    found = ask(type="avocats", besoin="audition-mineur")
    assert found.total == 0
    assert found.ways.without_filters == ask(tri="nom").total > 0
