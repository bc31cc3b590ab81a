"""French and English: the catalogue is whole, and each page is in one tongue, that of the browser.

French is the language of the sources, English is in `cms/locale`. After a text has changed, what is new is to
be filled in there: `./manage.py makemessages -l en --ignore=var --ignore=tests --no-obsolete --no-location`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext, trans_real

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
from search.page import distance_text, moment
from tests.factories import ContactFactory, HelplineFactory, ServiceFactory, UserFactory
from tests.signing import signed_in
from tests.territory import GRENOBLE

ROOT = Path(settings.BASE_DIR)
ENGLISH = ROOT / "cms" / "locale" / "en" / "LC_MESSAGES" / "django.po"
READ = ("cms", "directory", "search", "templates", "manage.py")
EXTRACT = ["makemessages", "-l", "en", "--ignore=var", "--no-obsolete", "--no-location", "--keep-pot"]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[0-9.]*[a-z]|%%")
TAG = re.compile(r"</?\w+[^>]*>")
PAGES = (
    "/", "/recherche/", "/numeros/", "/types/", "/connexion/", "/connexion/code/",
    "/connexion/mot-de-passe/oubli/", "/naviguer-en-securite/", "/accessibilite/", "/mentions-legales/",
    "/donnees-personnelles/",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """As `bin/test` compiles it, in case the catalogue was changed since."""
    subprocess.run(["bash", "-c", ". bin/lib/build.sh && compile_messages"], cwd=ROOT, check=True)
    trans_real._translations.pop("en", None)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Our English, and nobody else's: `context\\x04msgid` → text; the plural of a text under `msgid\\x00`."""
    compiled = tmp_path_factory.mktemp("english") / "django.mo"
    subprocess.run(["msgfmt", "-o", compiled, ENGLISH], check=True)
    with compiled.open("rb") as file:
        found = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    named = {key if isinstance(key, str) else key[0] + "\0" * key[1]: text for key, text in found.items()}
    return {key: text for key, text in named.items() if key.rstrip("\0")}


def msgid_of(key: str) -> str:
    return key.rpartition("\x04")[2].rstrip("\0")


# --- The catalogue --------------------------------------------------------------------------------------


def test_everything_said_has_its_english(tmp_path: Path) -> None:
    """Extracts again from a copy of the sources: nothing missing, unused, doubtful or empty."""
    for name in READ:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    environment = os.environ | {"MAILLAGE_VAR": str(tmp_path / "var")}
    subprocess.run([sys.executable, "manage.py", *EXTRACT], cwd=tmp_path, env=environment, check=True)
    template = tmp_path / "cms" / "locale" / "django.pot"
    compared = subprocess.run(["msgcmp", ENGLISH, template], capture_output=True, text=True, check=False)
    assert compared.stderr == ""
    assert compared.returncode == 0


def test_both_sides_have_the_same_values_and_tags(catalogue: dict[str, str]) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, ENGLISH], check=True)
    for key, text in catalogue.items():
        if "\0" in key:
            continue  # a plural may say a number that its singular does not: msgfmt judged it
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(msgid_of(key)))
        assert sorted(TAG.findall(text)) == sorted(TAG.findall(msgid_of(key)))


def test_english_is_written_in_english(catalogue: dict[str, str]) -> None:
    for key, text in catalogue.items():
        assert text.strip()
        assert not re.search(r"[«»!\u00a0\u202f]| [:;?]", re.sub("“[^”]*”", "“”", text).removesuffix("; ")), (
            key
        )
        assert text[:1].isspace() == msgid_of(key)[:1].isspace() or msgid_of(key) == " ; "


def test_no_french_text_is_taken_for_english(catalogue: dict[str, str]) -> None:
    """« Comment » would come out as « Commenter »: the frameworks translate it from English into French."""
    with translation.override("fr"):
        for key in catalogue:
            context, separator, msgid = key.rstrip("\0").rpartition("\x04")
            assert (pgettext(context, msgid) if separator else gettext(msgid)) == msgid


def test_no_english_text_of_the_frameworks_is_changed(catalogue: dict[str, str]) -> None:
    """A msgid that Django or Wagtail have too is a word of both languages, and stays as it is."""
    theirs = trans_real.translation("fr")._catalog  # type: ignore[attr-defined]
    shared = {key: text for key, text in catalogue.items() if key in theirs}
    assert shared
    assert {key: text for key, text in shared.items() if key != text} == {}


# --- Which tongue ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "answered"),
    [
        (None, "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("en-US", "en"),
        ("de,en;q=0.5,fr;q=0.3", "en"),
        ("de", "fr"),
        ("*", "fr"),
    ],
)
def test_the_browser_decides_without_a_cookie(client: Client, accepted: str | None, answered: str) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    for path in (*PAGES, "/nulle-part/"):
        response = client.get(path, headers=headers)
        assert f'<html lang="{answered}"' in response.content.decode()
        assert response["Content-Language"] == answered
        assert "accept-language" in response["Vary"].lower()
        assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


@pytest.mark.django_db
def test_the_administration_speaks_english_too(client: Client) -> None:
    signed_in(UserFactory(administrator=True), client=client)
    page = client.get("/gestion/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="en"' in page.content.decode()
    assert "Your directory" in page.content.decode()


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
    return re.sub(r"\s+", " ", unescape(html))


def assert_no_french(page: str, catalogue: dict[str, str]) -> None:
    """None of our French is left: any text long enough not to be found in another by chance."""
    texts = (msgid_of(key) for key, text in catalogue.items() if text != msgid_of(key))
    left = [text for text in texts if " " in text and len(text) > 9 and plain(text) in page]
    assert left == []


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(text))


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PAGES, "/nulle-part/"])
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
