"""What the box proposes while one types: from which words, to whom, and what the fields become."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from directory.folding import fold
from directory.models import ActorType, Commune, LexiconEntry, Organisation
from directory.visibility import ANONYMOUS, Kind, Viewer, viewer_of
from search.suggestions import MOST, Suggestion, suggestions
from tests.factories import ActorTypeFactory, CommuneFactory, OrganisationFactory, ServiceFactory, UserFactory
from tests.territory import VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


@pytest.fixture(autouse=True)
def _what_is_known() -> None:
    LexiconEntry.objects.create(words=["violence conjugale", "mari violent"], concepts=["v:conjugales"])
    LexiconEntry.objects.create(words=["escorting"], concepts=["v:exploitation-mineurs"])
    LexiconEntry.objects.create(words=["mon mari"], concepts=["v:conjugales"], clue=True, exact=True)
    LexiconEntry.objects.create(words=["coup de main"], concepts=[])
    LexiconEntry.objects.create(words=["il est armé"], concepts=["d:danger-immediat"], exact=True)
    LexiconEntry.objects.create(words=["cellule des mineurs"], concepts=["t:crip"])
    ActorTypeFactory(slug="crip")


def asked(text: str, viewer: Viewer = ANONYMOUS, kind: str = "") -> list[Suggestion]:
    return [one for one in suggestions(text, viewer) if not kind or one.kind == kind]


def labels(text: str, viewer: Viewer = ANONYMOUS, kind: str = "") -> list[str]:
    return [one.label for one in asked(text, viewer, kind)]


# --- What the last words complete to ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("violence conj", "violence conjugale"),
        ("VIOLENCES CONJ", "violence conjugale"),
        ("Bonjour, ma fille de 14 ans : escor", "Bonjour, ma fille de 14 ans : escorting"),
        ("il est arme", "il est armé"),
        ("mari vi", "mari violent"),
    ],
)
def test_a_situation_replaces_the_words_that_begin_it(text: str, becomes: str) -> None:
    found = asked(text, kind="situation")
    assert [(one.q, one.lieu) for one in found] == [(becomes, None)]


def test_a_situation_says_what_it_means() -> None:
    assert asked("violence c")[0].detail == "Violences conjugales"
    assert asked("cellule des")[0].detail == "CRIP"


@pytest.mark.parametrize("text", ["mon ma", "coup de ma", "de", "il", "x", "", "   ", "’", "3"])
def test_nothing_is_proposed_of_what_means_nothing(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize("text", ["cri", "CRIP", "cellule de rec", "informations préo"])
def test_a_type_by_its_sigle_or_any_word_of_its_name(text: str) -> None:
    found = asked(f"adolescent, {text}", kind="type")
    assert [(one.label, one.q) for one in found] == [
        ("CRIP — Cellule de recueil des informations préoccupantes", "adolescent, CRIP")
    ]


def test_a_longer_ending_leaves_the_shorter_ones_aside() -> None:
    assert labels("violence mari vio") == ["mari violent"]
    assert labels("habite à saint mar")[0] == "Saint-Martin-d'Hères (38)"


def test_what_is_found_is_the_same_each_time_and_never_too_long() -> None:
    for number in range(12):
        ServiceFactory(organisation__name=f"Voix {number:02} (exemple)")
        LexiconEntry.objects.create(words=[f"voix {number}"], concepts=["v:conjugales"])
    first = asked("voi")
    assert first == asked("voi")
    assert len(first) <= MOST
    assert {one.kind for one in first} == {"situation", "organisation", "commune"}


# --- Communes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("écoute à voir", "écoute"),
        ("écoute a Voiro", "écoute"),
        ("écoute près de voiron", "écoute"),
        ("femme de voiron", "femme"),
        ("voiron", ""),
        ("plainte 38500", "plainte"),
    ],
)
def test_a_commune_goes_to_its_own_field(text: str, left: str) -> None:
    found = [one for one in asked(text) if one.lieu == "Voiron (38)"]
    assert [(one.kind, one.q, one.detail) for one in found] == [("commune", left, "Isère")]


def test_communes_come_first_after_a_word_that_leads_to_a_place() -> None:
    ServiceFactory(organisation__name="Voir loin (exemple)")
    assert [one.kind for one in asked("à voir")] == ["commune", "organisation"]
    assert [one.kind for one in asked("elle a voir")] == ["organisation", "commune"]


@pytest.mark.parametrize("text", ["mure", "la mure", "La M", "vit à la mur"])
def test_the_article_of_a_commune_may_be_left_out(text: str) -> None:
    assert labels(text, kind="commune")[0] == "La Mure (38)"


def test_a_town_comes_before_its_arrondissements() -> None:
    assert labels("à lyon", kind="commune")[:2] == ["Lyon (69)", "Lyon 3e Arrondissement (69)"]


# --- Organisations, and who may see them --------------------------------------------------------------------


def test_communes_where_the_directory_answers_come_first() -> None:
    for insee in ("33067", "18033", "38053"):  # Bourg (Gironde), Bourges, Bourgoin-Jallieu
        CommuneFactory(insee=insee)
    assert labels("bourg", kind="commune") == ["Bourges (18)", "Bourgoin-Jallieu (38)", "Bourg (33)"]
    ServiceFactory(department="38")
    assert labels("bourg", kind="commune") == ["Bourgoin-Jallieu (38)", "Bourges (18)", "Bourg (33)"]
    assert labels("bourges", kind="commune") == ["Bourges (18)"]


def test_a_town_called_so_stays_first_wherever_it_is() -> None:
    for insee in ("69123", "38053"):
        CommuneFactory(insee=insee)
    Commune.objects.filter(pk="38053").update(name="Lyonnas", folded="lyonnas")
    ServiceFactory(department="38")
    assert labels("lyon", kind="commune")[:2] == ["Lyon (69)", "Lyonnas (38)"]


def test_a_sigle_that_is_begun_comes_before_a_situation() -> None:
    LexiconEntry.objects.create(words=["crise d’angoisse"], concepts=["v:psychologiques"])
    assert [one.kind for one in asked("cri")][:2] == ["type", "situation"]
    assert [one.kind for one in asked("cris")][:2] == ["situation"]


@pytest.mark.parametrize("text", ["traver", "la trav", "hortens", "Éga", "ega", "lth"])
def test_an_organisation_by_any_word_of_its_name(text: str) -> None:
    ServiceFactory(organisation__name="La Traverse Hortense-Égalité (exemple)", organisation__acronym="LTH")
    found = asked(f"écoute {text}", kind="organisation")
    assert [one.q for one in found] == ["écoute La Traverse Hortense-Égalité (exemple)"]


@pytest.fixture
def own() -> Organisation:
    """One whose only service is reserved."""
    own = OrganisationFactory(name="Refuge Secret (exemple)")
    ServiceFactory(organisation=own, reserved=True)
    return own


def test_an_organisation_is_proposed_to_those_who_may_see_one_of_its_services(own: Organisation) -> None:
    administrator = Viewer(Kind.ADMINISTRATOR)
    pro_38 = Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"38"}))
    pro_05 = Viewer(Kind.PROFESSIONAL, professional_in=frozenset({"05"}))
    member = viewer_of(UserFactory(member_of=own))
    seen = {
        viewer: labels("refuge s", viewer) for viewer in (ANONYMOUS, pro_38, pro_05, member, administrator)
    }
    named = ["Refuge Secret (exemple)"]
    assert list(seen.values()) == [[], named, [], named, named]


@pytest.mark.parametrize(
    "how", ["draft", "closed", "team", "no service", "organisation closed", "type closed"]
)
def test_an_organisation_without_a_visible_service_is_not_proposed(how: str) -> None:
    made = OrganisationFactory(name="Refuge Secret (exemple)", is_open=how != "organisation closed")
    if how != "no service":
        traits = {how: True} if how in ("draft", "closed", "team") else {}
        service = ServiceFactory(organisation=made, **traits)
        ActorType.objects.filter(pk=service.type_id).update(is_open=how != "type closed")
    assert labels("refuge", kind="organisation") == []


def test_the_name_of_a_reserved_service_is_not_proposed(own: Organisation) -> None:
    ServiceFactory(name="Maison Cachée", organisation=own, reserved=True)
    ServiceFactory(name="Maison Ouverte", organisation=own)
    assert asked("maison") == []
    assert labels("refuge") == ["Refuge Secret (exemple)"]


def test_a_beginning_shared_by_too_many_says_nothing() -> None:
    made = OrganisationFactory.create_batch(201, department="38")
    ServiceFactory(organisation=made[0])
    assert labels("association", kind="organisation") == []
    assert labels(fold(made[0].name.removesuffix(" (exemple)")), kind="organisation") == [made[0].name]


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("L’Œuvre d’Été", ""),
        ("Foyer St-Joseph, Ste Marie", "FSJ"),
        ("ÉCOUTE À Ürgent", "ÉÀÜ"),
        ("Ça ira", ""),
    ],
)
def test_the_database_folds_names_as_python_does(name: str, acronym: str) -> None:
    made = OrganisationFactory(name=name, acronym=acronym)
    made.refresh_from_db()
    assert made.folded == f" {fold(f'{name} {acronym}')}"


# --- Edits count at once ------------------------------------------------------------------------------------


def test_an_edited_word_counts_at_once() -> None:
    assert asked("zouave") == []
    entry = LexiconEntry.objects.create(words=["zouaves"], concepts=["v:conjugales"])
    assert labels("zoua") == ["zouaves"]
    entry.words = ["zouavesque"]
    entry.save()
    assert labels("zoua") == ["zouavesque"]
    entry.is_open = False
    entry.save()
    assert asked("zoua") == []


def test_an_edited_type_counts_at_once() -> None:
    made = ActorTypeFactory(slug="essai", acronym="ZOU", name="Zone ouverte")
    assert labels("zone ouv") == ["ZOU — Zone ouverte"]
    ActorType.objects.filter(pk=made.pk).update(aliases=["zouave"])
    assert labels("zouav") == ["ZOU — Zone ouverte"]
    ActorType.objects.filter(pk=made.pk).update(is_open=False)
    assert asked("zouav") == []


# --- What it costs -----------------------------------------------------------------------------------------


def test_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ServiceFactory(organisation__name="Voir loin (exemple)", at=VOIRON)
    asked("vio")
    with django_assert_num_queries(2):  # is what is known still the same; communes and organisations
        asked("accueil à voiron")
    with django_assert_num_queries(3):  # and who sees these
        assert "organisation" in {one.kind for one in asked("voir")}
    with django_assert_num_queries(0):
        asked("de")


def test_short_beginnings_are_read_by_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM directory_organisation WHERE folded LIKE '% traver%'")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "organisation_folded_trigrams" in plan
