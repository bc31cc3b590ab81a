"""The only reader of a search: each parameter of the contract, and anything else with a message."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import taxonomy
from search.forms import MAX_MESSAGES, MULTIPLE, SINGLE, Asked, SearchForm, params_of
from search.question import Question
from search.tokens import seal, unseal
from tests.factories import ActorTypeFactory
from tests.territory import GAP, GRENOBLE, LYON, VOIRON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def asked(**params: Any) -> Asked:
    return SearchForm(
        {name: value if isinstance(value, list) else [value] for name, value in params.items()}
    ).asked()


# --- Each parameter --------------------------------------------------------------------------------------


def test_nothing_asked() -> None:
    found = asked()
    assert found.question == Question()
    assert found.question.is_empty
    assert (found.params, found.messages) == ({}, ())


def test_everything_asked() -> None:
    ActorTypeFactory(slug="crip")
    found = asked(
        q="  une   gamine\nde 14 ans ",
        lieu="Voiron",
        rayon="20",
        type=["crip", "service-lsf"],
        public=["adolescent", "victime"],
        violence="enfants",
        besoin=["ecoute", "soins"],
        langue="lsf",
        ouvert="ce-soir",
        tri="distance",
        sans=["public:adolescent"],
        page="3",
        limit="50",
    )
    assert found.question == Question(
        words="une gamine de 14 ans",
        commune=VOIRON,
        department="38",
        radius=20,
        types=("crip", "service-lsf"),
        publics=("adolescent", "victime"),
        violences=("enfants",),
        provisions=("ecoute", "soins"),
        languages=("lsf",),
        when="ce-soir",
        sort="distance",
        without=("public:adolescent",),
        page=3,
        limit=50,
    )
    assert found.messages == ()


def test_what_was_understood_asks_the_same_again() -> None:
    ActorTypeFactory(slug="crip")
    first = asked(q="écoute", lieu="Gap", rayon="10", type="crip", langue=["fr", "en"], tri="nom", page="2")
    assert unseal(seal(first.params)) == first.params
    assert asked(**first.params) == first


@pytest.mark.parametrize(
    ("lieu", "commune", "department"),
    [
        ("insee:38563", VOIRON, "38"),
        ("38000", GRENOBLE, "38"),
        ("Gap", GAP, "05"),
        ("Gap (05)", GAP, "05"),
        ("lyon", LYON, "69"),
        ("en Isère", None, "38"),
        ("05", None, "05"),
        ("nulle part", None, None),
        ("", None, None),
    ],
)
def test_places(lieu: str, commune: str | None, department: str | None) -> None:
    found = asked(lieu=lieu)
    assert (found.question.commune, found.question.department) == (commune, department)
    assert bool(found.messages) == (lieu == "nulle part")


def test_what_the_place_field_shows_means_the_same_place() -> None:
    for lieu in ("insee:38563", "38000", "Gap", "lyon", "grenobl"):
        found = asked(lieu=lieu)
        assert asked(lieu=found.place_text).question.commune == found.question.commune
    assert asked(lieu="en Isère").place_text == "en Isère"
    assert asked(lieu="nulle part").place_text == "nulle part"


# --- What is unknown is ignored, and said ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("rayon", "beaucoup", "Valeurs possibles : un nombre entier de 1 à 500."),
        ("rayon", "0", "un nombre entier de 1 à 500"),
        ("rayon", "501", "un nombre entier"),
        ("rayon", "-5", "un nombre entier"),
        ("rayon", "1.5", "un nombre entier"),
        ("rayon", "²", "un nombre entier"),
        ("rayon", "9" * 5000, "un nombre entier"),
        ("loin", "x", "un nombre entier"),
        ("page", "0", "un nombre entier de 1 à 10000"),
        ("limit", "101", "un nombre entier de 1 à 100"),
        (
            "type",
            "n’existe-pas",
            "« n’existe-pas » n’est pas une valeur de « type » : il n’en est pas tenu compte.",
        ),
        ("public", "martien", "« martien » n’est pas une valeur de « public »"),
        ("violence", "<script>", "« <script> » n’est pas une valeur de « violence »"),
        ("besoin", "x", "« besoin »"),
        ("langue", "klingon", "« langue »"),
        ("ouvert", "demain", "Valeurs possibles : maintenant, ce-soir, week-end."),
        ("tri", "au-hasard", "Valeurs possibles : pertinence, distance, nom, verification."),
        ("sans", "n’importe quoi", "« sans »"),
        ("lieu", "xyzxyz", "n’est pas un lieu que nous connaissons"),
    ],
)
def test_an_unknown_value_is_ignored_with_a_message(name: str, value: str, expected: str) -> None:
    found = asked(**{name: value})
    assert found.question == Question()
    (message,) = found.messages
    assert expected in message
    assert len(message) < 250


def test_the_known_ones_beside_it_count() -> None:
    found = asked(violence=["enfants", "x", "inceste", "enfants"])
    assert found.question.violences == ("enfants", "inceste")
    assert found.params == {"violence": ["enfants", "inceste"]}


def test_the_last_of_what_is_single_counts() -> None:
    assert asked(tri=["nom", "verification"]).question.sort == "verification"


def test_too_long_is_cut_and_said() -> None:
    found = asked(q="mot " * 200)
    assert len(found.question.words) <= 500
    assert found.messages == (
        "Votre texte a été coupé à 500 caractères : gardez l’âge, ce qui se passe, la commune.",
    )
    spaced = asked(q="a" + " " * 5000 + "b")
    assert (spaced.question.words, spaced.messages) == ("a b", ())
    assert asked(q="é" * 500).messages == ()


def test_a_radius_needs_a_commune() -> None:
    assert asked(rayon="5").messages == ("Indiquez une commune pour chercher dans un rayon.",)
    assert asked(rayon="5", lieu="Gap").messages == ()
    assert asked(rayon="5", lieu="05").messages != ()
    assert asked(tri="distance").messages == ("Indiquez une commune pour trier par distance.",)


def test_how_far_one_must_leave() -> None:
    assert asked(loin="5", lieu="Gap").question.away == 5
    found = asked(loin="departement", lieu="Gap")
    assert (found.question.away, found.params, found.messages) == (
        "departement", {"lieu": ["Gap"], "loin": ["departement"]}, (),
    )  # fmt: skip
    assert asked(loin="departement", lieu="05").messages == ()
    (said,) = asked(loin="region", lieu="Gap").messages
    assert said.endswith("Valeurs possibles : un nombre entier de 1 à 500 ou « departement ».")


def test_to_leave_needs_the_place_that_is_left() -> None:
    to_leave = "Indiquez la commune à quitter pour chercher à plus de 50 km."
    assert asked(loin="50").messages == (to_leave,)
    assert asked(loin="50", lieu="05").messages == (
        to_leave, "De ce département, on peut chercher dans un autre département.",
    )  # fmt: skip
    assert asked(loin="departement").messages == (
        "Indiquez la commune ou le département à quitter pour chercher dans un autre département.",
    )


def test_a_radius_is_not_dropped_in_silence_when_one_must_leave() -> None:
    for away in ("50", "departement"):
        found = asked(rayon="20", loin=away, lieu="Gap")
        assert found.messages == ("Vous cherchez loin d’ici : le rayon de 20 km n’est pas appliqué.",)
        assert found.question.radius is None
        assert "rayon" not in found.params


def test_a_thousand_values_are_not_a_thousand_messages() -> None:
    found = asked(
        violence=[f"x{number}" for number in range(1000)], type=[f"y{number}" for number in range(1000)]
    )
    assert len(found.messages) == MAX_MESSAGES


def test_what_is_dropped_comes_back_in_no_address() -> None:
    found = asked(q="x" * 600, violence=["enfants", "inconnu"], sans=["public:ado", "<b>"], page="9")
    assert found.params == {"q": ["x" * 500], "violence": ["enfants"], "sans": ["public:ado"], "page": ["9"]}
    assert found.params_with(q=None) == {"violence": ["enfants"], "sans": ["public:ado"]}
    assert found.params_with(rayon=5)["rayon"] == ["5"]
    assert "violence" not in found.params_without("violence", "enfants")


# --- One reader for the form, the links and the integrations ------------------------------------------------


def test_only_the_parameters_of_the_contract_are_read() -> None:
    query = QueryDict("q=a&lieu=Gap&type=x&type=y&csrfmiddlewaretoken=z&utm_source=w&viewer=admin")
    assert params_of(query) == {"q": ["a"], "lieu": ["Gap"], "type": ["x", "y"]}
    assert set(SINGLE) | set(MULTIPLE) == {
        "q", "lieu", "rayon", "loin", "type", "public", "violence", "besoin", "langue", "ouvert", "tri",
        "sans", "page", "limit",
    }  # fmt: skip


def test_form_link_and_api_read_the_same(client: Any) -> None:
    params = {"q": "écoute", "lieu": "Gap", "violence": ["enfants", "inconnue"], "rayon": "x"}
    api = client.get("/api/v1/search", params).json()
    assert api["messages"][:2] == list(asked(**params).messages)
    posted = client.post("/recherche/", params)
    page = client.get(posted["Location"]).content.decode()
    linked = client.get("/recherche/", params).content.decode()
    for text in (page, linked):
        assert "écoute" in text
        assert "Gap (05)" in text
    assert "inconnue" in linked


SLUGS = st.sampled_from(
    [*taxonomy.PUBLICS.slugs[:5], *taxonomy.VIOLENCES.slugs[:5], "crip", "x", "lsf", "ce-soir"]
)
VALUES = st.one_of(st.text(max_size=40), SLUGS, st.integers().map(str), st.just("x" * 3000))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*SINGLE, *MULTIPLE]), st.lists(VALUES, max_size=4), max_size=8))
def test_any_parameters_are_a_question(params: dict[str, list[str]]) -> None:
    found = SearchForm(params).asked()
    question = found.question
    assert len(question.words) <= 500
    assert 1 <= question.limit <= 100
    assert question.page >= 1
    assert set(question.violences) <= set(taxonomy.VIOLENCES.slugs)
    assert set(question.publics) <= set(taxonomy.PUBLICS.slugs)
    assert asked(**found.params).question == question
    assert unseal(seal(found.params)) == found.params


def test_a_place_that_cannot_be_read_leaves_the_one_in_the_words() -> None:
    found = asked(q="viol Grenoble", lieu="Xyzzz")
    assert found.question.commune == GRENOBLE
    assert any("Xyzzz" in message for message in found.messages)


def test_half_a_character_is_left_out() -> None:
    """As `multipart/form-data; charset=utf-7` makes them: no address could hold it."""
    assert asked(q="viol \ud800").question.words == "viol"
