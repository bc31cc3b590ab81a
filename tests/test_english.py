"""The site as a reader of English finds it: whole pages, words put together, nothing stored in English."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from cms import views
from directory import wording
from directory.administration.forms import keeper_label
from directory.cards import card_for_index
from directory.discretion import telling_words
from directory.hours import describe_hours, open_state
from directory.hours.state import Schedule
from directory.models import Commune, Service
from search import indexing
from search.documents import document_for
from search.links import when_label
from search.page import moment
from search.result_views import distance_text
from tests.catalogue import PAGES, compile_catalogues, english_texts, msgid_of, plain
from tests.factories import ContactFactory, HelplineFactory, ServiceFactory, UserFactory
from tests.signing import signed_in
from tests.territory import GRENOBLE


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return english_texts(tmp_path_factory.mktemp("english") / "django.mo")


# --- Pages in English -----------------------------------------------------------------------------------


@pytest.fixture
def service(communes: dict[str, Commune]) -> Service:
    for key in ("17", "119", "115", "3919"):
        HelplineFactory(key=key)
    made = ServiceFactory(
        name="L’Étape (exemple)", at=GRENOBLE, phone="+33465710012", hours="Mo-Fr 09:00-12:00,14:00-17:30",
        languages=["fr", "en", "ar"], provisions=["ecoute", "mise-a-l-abri"], age_min=18, gender="femmes",
        coverage=[communes[GRENOBLE]],
    )  # fmt: skip
    ContactFactory(service=made, kind="courriel", value="accueil@exemple.example")
    indexing.rebuild()
    return made


@pytest.fixture
def reader() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en-GB,en;q=0.8"})


def said(reader: Client, path: str, **posted: str) -> str:
    """What the page says, as plain text; entries and names, marked as French, are left out."""
    response = reader.post(path, posted, follow=True) if posted else reader.get(path)
    html = re.sub(r'<(\w+)(?=[^>]* lang="fr")[^>]*>.*?</\1>', "", response.content.decode(), flags=re.S)
    return plain(html)


def assert_no_french(page: str, catalogue: dict[str, str]) -> None:
    """None of our French is left: any text long enough not to be found in another by chance."""
    texts = (msgid_of(key) for key, text in catalogue.items() if text != msgid_of(key))
    left = [text for text in texts if " " in text and len(text) > 9 and plain(text) in page]
    assert left == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_english_is_wholly_so(
    path: str, reader: Client, service: Service, catalogue: dict[str, str]
) -> None:
    page = said(reader, path)
    assert "Leave this page" in page
    assert_no_french(page, catalogue)
    assert not telling_words(re.findall("<title>([^<]*)</title>", page)[0])


@pytest.mark.django_db
def test_results_and_sheets_in_english(reader: Client, service: Service, catalogue: dict[str, str]) -> None:
    results = said(reader, "/recherche/", q="écoute", lieu="Grenoble")
    for text in ("Who can help in Grenoble", "1 service found for Grenoble", "Covers Grenoble", "Apply"):
        assert text in results
    assert_no_french(results, catalogue)
    sheet = said(reader, service.get_absolute_url())
    for text in (
        "Women aged 18 and over",
        "Listening, emergency shelter",
        "Arabic",
        "9:00 – 12:00, 14:00 – 17:30",
        "Monday to Friday: 9:00",
        "The call may appear on the bill",
        "Checked on ",
        "Area covered",
    ):
        assert text in sheet
    assert_no_french(sheet, catalogue)
    assert_no_french(said(reader, service.type.get_absolute_url()), catalogue)
    assert_no_french(said(reader, service.organisation.get_absolute_url()), catalogue)


@pytest.mark.django_db
def test_an_account_in_english(reader: Client, catalogue: dict[str, str]) -> None:
    signed_in(UserFactory(administrator=True), client=reader)
    account = said(reader, "/connexion/compte/")
    assert "Two-factor authentication" in account
    assert_no_french(account, catalogue)


def test_the_site_fails_in_english(in_english: None, rf: RequestFactory, catalogue: dict[str, str]) -> None:
    for view, text in ((views.server_error, "Page unavailable"), (views.bad_request, "Unreadable request")):
        page = plain(view(rf.get("/")).content.decode())
        assert '<html lang="en">' in page
        assert text in page
        assert_no_french(re.sub(r'<span lang="fr">[^<]*</span>', "", page), catalogue)


@pytest.mark.django_db
def test_what_is_written_in_french_says_so(reader: Client, service: Service) -> None:
    sheet = reader.get(service.get_absolute_url()).content.decode()
    assert re.search(r'<h1[^>]* lang="fr">L’Étape', sheet)
    assert re.search(r'<p[^>]* lang="fr">Accueille et oriente', sheet)


@pytest.mark.django_db
def test_the_interface_for_programs_explains_in_english(reader: Client) -> None:
    answer = reader.get("/api/v1/services/INCONNU")
    assert answer.status_code == 404
    assert "No service has this identifier." in answer.json()["detail"]


# --- Words that are put together --------------------------------------------------------------------------


HOLIDAYS = "Closed on public holidays."


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("osm", "text"),
    [
        ("Mo-Fr 09:00-12:30", "Monday to Friday: 9:00 – 12:30. " + HOLIDAYS),
        ("24/7", "Day and night, every day, public holidays included."),
        (
            "Th[1,3] 14:00-16:00",
            "1st and 3rd Thursday of the month: 14:00 – 16:00. " + HOLIDAYS,
        ),
        ("Fr[-1] 18:00-24:00", "Last Friday of the month: 18:00 – midnight. " + HOLIDAYS),
        ("Aug Mo 09:00-10:00", "In August, Monday: 9:00 – 10:00. " + HOLIDAYS),
        (
            "Tu 09:00-12:00; Dec 24 off",
            "Tuesday: 9:00 – 12:00. Closed on 24 December. " + HOLIDAYS,
        ),
    ],
)
def test_hours_are_said_in_english(in_english: None, osm: str, text: str) -> None:
    assert describe_hours(osm).replace("\u00a0", " ") == text


def test_moments_and_distances_are_said_in_english(in_english: None) -> None:
    at = timezone.datetime(2026, 11, 12, 21, 40, tzinfo=timezone.get_fixed_timezone(60))
    assert moment(at, "38") == "Thursday 12 November at 21:40"
    label = open_state([Schedule("Mo-Fr 08:30-12:00")], at, "38").label
    assert label.replace("\u00a0", " ") == "Closed, opens again tomorrow at 8:30"
    assert distance_text(1.23) == "1.2 km"
    assert when_label("ce-soir") == "This evening"
    assert wording.ages_of(12, 25) == "aged 12 to 25"


@pytest.mark.django_db
def test_nothing_is_stored_in_the_tongue_of_who_writes(service: Service) -> None:
    card = card_for_index(Service.objects.for_cards().get(pk=service.pk))
    french = document_for(card)
    with translation.override("en"):
        assert document_for(card).digest == french.digest
        assert keeper_label("38") == "Coordination 38"
