"""Words → types named, moments asked and terms left."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.models import ActorType
from search import indexing, vocabulary
from search.question import Question
from search.understanding import Understanding, understand
from tests.factories import ActorTypeFactory, ServiceFactory, shipped_types

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_type() -> None:
    ActorType.objects.bulk_create([ActorTypeFactory.build(slug=slug) for slug in shipped_types()])
    vocabulary.learn_types()


def understood(words: str, **values: object) -> Understanding:
    return understand(Question(words=words, **values), ActorType.objects.all())  # type: ignore[arg-type]


def named(words: str, **values: object) -> set[str]:
    return {one.slug for one in understood(words, **values).types}


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("CRIP", {"crip"}),
        ("la crip de l'isère", {"crip"}),
        ("BAV", {"bav-tribunal", "bav-police"}),
        ("ISGC", {"iscg"}),
        ("iscg", {"iscg"}),
        ("accueil de jour", {"accueil-de-jour"}),
        ("acceuil de jours", {"accueil-de-jour"}),
        ("geomdarmerie", {"brigade-gendarmerie"}),
        ("ordonnance de protection", {"ordonnance-protection"}),
        ("ordonnace de protection", {"ordonnance-protection"}),
        ("TGD", {"tgd"}),
        ("téléphone danger", {"tgd"}),
        ("maison des femmes", {"maison-des-femmes"}),
        ("Service intégré de l’accueil et de l’orientation", {"siao-115"}),
        ("CRIP ou CIPPAV", {"crip", "cippav"}),
        ("je suis violent", {"cpca"}),
        ("j’ai frappé ma femme", {"cpca"}),
        ("mamie frappée par son fils", set()),
        ("mon mari est violent", set()),
        ("bonjour", set()),
        ("", set()),
        ("violence", set()),
        ("viol", set()),
    ],
)
def test_types_named(words: str, slugs: set[str]) -> None:
    assert named(words) == slugs


def test_every_type_is_found_by_its_sigle_its_aliases_and_its_name() -> None:
    names = [
        (slug, name)
        for slug, row in shipped_types().items()
        for name in [row["acronym"], row["name"], *row["aliases"]]
        if name
    ]
    assert [(slug, name) for slug, name in names if slug not in named(name)] == []


def test_a_closed_type_is_not_named() -> None:
    ActorType.objects.filter(slug="crip").update(is_open=False)
    found = understand(Question(words="CRIP"), ActorType.objects.filter(is_open=True))
    assert found.types == ()


def test_a_concept_removed_is_a_word_again() -> None:
    found = understood("CRIP", without=("type:crip",))
    assert found.types == ()
    assert found.question.terms == (("crip",),)


def test_concepts_say_where_they_come_from() -> None:
    (concept,) = understood("la Krip svp").question.concepts
    assert (concept.kind, concept.slug, concept.label, concept.source) == ("type", "crip", "CRIP", "krip")


def test_terms_are_phrases_roots_and_corrections() -> None:
    ServiceFactory(name="Médiation", type_slug="ccas")
    indexing.rebuild()
    terms = understood("accueil de jour medaition 14 ans téléphone").question.terms
    assert terms == (("accueil jour",), ("medai", "medi"))


def test_a_very_long_text_is_cut() -> None:
    assert len(understood(" ".join(f"mot{number}" for number in range(100))).question.terms) == 20


def test_without_words_nothing_is_asked_of_the_database(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        assert understand(Question(), []).question == Question()


THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("words", "label", "terms"),
    [
        ("accueil de jour jeudi à 14h", "jeudi à 14h", (("accueil jour",),)),
        ("CRIP lundi prochain 9h30", "lundi prochain 9h30", (("crip",),)),
        ("jour férié CRIP", "jour férié", (("crip",),)),
        ("CRIP 25 décembre", "25 décembre", (("crip",),)),
        ("CRIP samedi dernier à 22 h", None, (("crip",),)),
        ("CRIP hier à 14h", None, (("crip",),)),
    ],
)
def test_the_words_of_a_time_are_not_looked_for(words: str, label: str | None, terms: object) -> None:
    found = understand(Question(words=words), ActorType.objects.all(), THURSDAY)
    assert [one.label for one in found.question.concepts if one.kind == "time"] == ([label] if label else [])
    assert found.question.terms == terms
    assert (found.moment is None) == (found.question.moment is None) == (label is None)


def test_a_moment_taken_back_is_judged_no_more() -> None:
    asked = Question(words="CRIP demain à 14h", without=("time:moment",))
    found = understand(asked, ActorType.objects.all(), THURSDAY)
    assert (found.moment, found.question.moment) == (None, None)
    assert found.question.terms == (("crip",), ("demain",), ("14h",))  # plain words again
