"""question → answer: cards, places, facets, numbers, sheets, ways out; in few queries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from directory.models import Service
from directory.visibility import ANONYMOUS, Viewer
from search import indexing
from search.answer import Answer, answer
from search.question import Question
from tests.factories import (
    ActorTypeFactory,
    ContactFactory,
    HelplineFactory,
    PlaceFactory,
    ServiceFactory,
)
from tests.territory import BOURGOIN, EMBRUN, GAP, GRENOBLE, VIENNE, VOIRON, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def asked(viewer: Viewer = ANONYMOUS, at: datetime | None = None, **values: object) -> Answer:
    indexing.rebuild()
    return answer(Question(**values), viewer, at)  # type: ignore[arg-type]


def test_a_result_has_its_card_competence_distance_and_nearest_place() -> None:
    ServiceFactory(name="A", coverage=[department("38")], at=[VIENNE, GRENOBLE])
    found = asked(commune=VOIRON)
    (result,) = found.results
    assert (result.number, result.card.name, result.competence.level) == (1, "A", "department")
    assert result.place is not None
    assert result.place.commune.insee == GRENOBLE
    assert result.distance_km == pytest.approx(22.6, abs=0.5)
    assert found.place is not None
    assert (found.place.insee, found.place.name, found.place.department) == (VOIRON, "Voiron", "38")
    assert (found.engine, found.total, found.has_next) == ("postgresql", 1, False)


def test_numbers_go_on_over_the_pages() -> None:
    for _number in range(5):
        ServiceFactory()
    pages = [asked(page=page, limit=2) for page in (1, 2, 3)]
    assert [[one.number for one in page.results] for page in pages] == [[1, 2], [3, 4], [5]]
    assert [page.has_next for page in pages] == [True, True, False]


def test_without_a_place_each_reason_names_its_own_territory() -> None:
    ServiceFactory(coverage=[department("05")], department="05")
    (result,) = asked().results
    assert "Hautes-Alpes" in result.competence.reason
    assert result.distance_km is None


def test_an_entitled_reader_s_card_has_what_the_index_has_not(viewer_pro_38: Viewer) -> None:
    service = ServiceFactory(coverage=[department("38")])
    PlaceFactory(service=service, commune__insee=VOIRON, point=(5.60, 45.35), professionals=True)
    ContactFactory(service=service, reserved=True)
    public, reserved = (asked(viewer, commune=VOIRON).results[0] for viewer in (ANONYMOUS, viewer_pro_38))
    assert (public.place.precision, reserved.place.precision) == ("commune", "address")  # type: ignore[union-attr]
    assert (len(public.card.phones), len(reserved.card.phones)) == (0, 1)
    assert public.distance_km == reserved.distance_km == 0


def test_the_database_decides_again_on_what_the_index_recalls() -> None:
    ServiceFactory(name="Visible")
    ServiceFactory(name="Retirée depuis")
    indexing.rebuild()
    Service.objects.filter(name="Retirée depuis").update(live=False)
    found = answer(Question(), ANONYMOUS)
    assert [result.card.name for result in found.results] == ["Visible"]


def test_opening_is_judged_at_the_moment_asked_for() -> None:
    ServiceFactory(hours="Mo-Fr 17:00-19:00")
    now, evening = asked(at=TUESDAY), asked(at=TUESDAY, when="ce-soir")
    assert now.results[0].card.open.state == "closed"
    assert evening.results[0].card.open.state == "open"
    assert (now.at, now.moment) == (TUESDAY, None)
    assert evening.at == evening.moment.start == TUESDAY.replace(hour=18)  # type: ignore[union-attr]


# --- Facets, sheets, numbers ------------------------------------------------------------------------------


def test_facets_have_labels_in_the_order_of_the_vocabularies_and_what_is_chosen() -> None:
    ServiceFactory(type_slug="leao", violences=["sexuelles", "conjugales"])
    facets = {facet.name: facet for facet in asked(violences=("inceste", "conjugales")).facets}
    assert list(facets) == ["type", "public", "violence", "besoin", "langue"]
    assert [(one.slug, one.label, one.count, one.is_chosen) for one in facets["violence"].values] == [
        ("conjugales", "Violences conjugales", 1, True),
        ("inceste", "Inceste", 0, True),
        ("sexuelles", "Viol et agressions sexuelles", 1, False),
    ]
    assert [(one.slug, one.label) for one in facets["type"].values] == [("leao", "LEAO")]


def test_a_virtual_type_is_listed_when_it_is_asked_for() -> None:
    ServiceFactory(type_slug="commissariat")
    listed = [one.slug for one in asked().facets[0].values]
    chosen = [one.slug for one in asked(types=("commissariat-brigade",)).facets[0].values]
    assert (listed, chosen) == (["commissariat"], ["commissariat", "commissariat-brigade"])


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("TGD", ["tgd"]),
        ("BAV", ["bav-tribunal", "bav-police"]),
        ("une crip pour demain", ["crip"]),
        ("rien", []),
    ],
)
def test_sheets_of_the_types_that_the_words_name_measures_included(words: str, slugs: list[str]) -> None:
    for rank, slug in enumerate(("tgd", "bav-tribunal", "bav-police", "crip")):
        ActorTypeFactory(slug=slug, rank=rank)
    found = asked(words=words)
    assert [sheet.slug for sheet in found.sheets] == slugs


def test_numbers_are_pinned_by_filters() -> None:
    HelplineFactory(key="3919")
    ServiceFactory(violences=["conjugales"])
    found = asked(violences=("conjugales",))
    assert [(line.key, line.reason) for line in found.helplines] == [("3919", "violences dans le couple")]


# --- Never a dead end -------------------------------------------------------------------------------------


def test_nothing_found_keeps_the_national_numbers() -> None:
    HelplineFactory(key="17")
    found = asked(words="xylophone", commune=VOIRON)
    assert found.total == 0
    assert [line.key for line in found.helplines] == ["17"]


def test_ways_out_of_an_empty_page() -> None:
    ServiceFactory(name="Médiation", coverage=[department("38")], at=BOURGOIN)
    found = asked(words="xylophone", commune=VOIRON, radius=5, violences=("inceste",))
    assert found.total == 0
    assert (found.ways.wider_radius, found.ways.without_filters, found.ways.without_words) == (None, 0, 0)
    radius = asked(words="médiation", commune=VOIRON, radius=5)
    assert (radius.ways.wider_radius, radius.ways.without_radius) == (50, 1)
    filters = asked(words="médiation", commune=VOIRON, violences=("inceste",))
    assert filters.ways.without_filters == 1
    words = asked(words="xylophone", commune=VOIRON)
    assert words.ways.without_words == 1


def test_a_wider_area_is_searched_and_said_when_nothing_is_near() -> None:
    ServiceFactory(name="Loin, sans zone", at=EMBRUN, department="38")
    ServiceFactory(name="Loin, dans un autre département", at=EMBRUN, department="05")
    found = asked(words="loin", commune=VOIRON)
    assert [result.card.name for result in found.results] == ["Loin, sans zone"]
    assert "150 km" in found.messages[0]


def test_neither_a_radius_nor_a_competence_is_ever_widened() -> None:
    ServiceFactory(name="Ailleurs", coverage=[department("05")], at=GAP, department="05")
    ServiceFactory(name="Loin", at=BOURGOIN)
    assert asked(commune=GRENOBLE, radius=5).total == 0
    assert asked(words="ailleurs", commune=GRENOBLE).total == 0


def test_what_was_asked_and_not_done_is_said() -> None:
    ServiceFactory(coverage=[department("38")])
    found = asked(commune="99999")
    assert any("99999" in message for message in found.messages)
    assert found.total == 1


def test_those_who_must_leave_find_what_is_far_and_nothing_that_hides() -> None:
    """domain.md R23, C4: at least so many km away, for its own territory; what hides is told by it."""
    ServiceFactory(name="Ici", coverage=[department("38")], at=GRENOBLE)
    ServiceFactory(name="Là-bas", coverage=[department("05")], at=GAP, department="05")
    ServiceFactory(name="Caché", hidden=True, department="05", coverage=[department("05")])
    PlaceFactory(
        service=ServiceFactory(name="Jamais montré", department="05"), commune__insee=GAP, never=True
    )
    indexing.rebuild()
    found = answer(Question(commune=GRENOBLE, away=60), ANONYMOUS)
    assert [one.card.name for one in found.results] == ["Là-bas", "Jamais montré"]
    assert found.results[0].competence.reason == "Répond pour : Hautes-Alpes."
    assert answer(Question(commune=GRENOBLE, away=300), ANONYMOUS).total == 0


# --- Queries ----------------------------------------------------------------------------------------------


def warm() -> None:
    """What each process reads once, until somebody changes it: types, lexicon, rules."""
    answer(Question(words="avant", violences=("conjugales",)), ANONYMOUS)


@pytest.mark.parametrize("size", [1, 12])
def test_the_number_of_queries_does_not_depend_on_the_page(size: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    HelplineFactory(key="3919")
    for _number in range(size):
        ServiceFactory(
            name="Médiation", coverage=[department("38")], at=[VOIRON, GRENOBLE], phone="+33465710012"
        )
    indexing.rebuild()
    question = Question(words="CRIP médiation", commune=VOIRON, violences=())
    warm()
    with django_assert_num_queries(10):
        found = answer(question, ANONYMOUS)
    assert found.total == size


def test_eleven_queries_with_everything(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    HelplineFactory(key="3919")
    today = timezone.localdate() - timedelta(days=1)
    ServiceFactory(name="Médiation", violences=["conjugales"], coverage=[department("38")], verified_on=today)
    indexing.rebuild()
    question = Question(words="médiatoin", commune=VOIRON, violences=("conjugales",))
    warm()
    with django_assert_num_queries(11):
        answer(question, ANONYMOUS)
