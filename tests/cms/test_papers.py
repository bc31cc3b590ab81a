"""On paper: tagged, dated, neutral, for the commune chosen at that moment; and nothing that hides."""

import re
from typing import Any

import pytest
import segno
from django.test import Client
from django.utils import timezone

from cms import models, papers
from cms.reading import HERE, sealed_place
from directory.dates import long_date
from directory.discretion import telling_words
from directory.models import Commune
from search.indexing import rebuild
from tests import factories, pages, territory
from tests.cms.page_tools import browser_of, live_block, make_numbers
from tests.cms.paper_tools import facts_of, name_of, pages_of, reader_of, sheet_of, structure_of, words_of
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a sheet is what is asked, not how it is drawn."""
    monkeypatch.setattr(papers, "pdf_of", lambda html: b"%PDF " + html.encode())


def _paper(page: Any) -> str:
    return f"/papier/p/{page.pk}/"


def _guide() -> models.GuidePage:
    make_numbers()
    body = [("text", "<p>Entrée en matière.</p>")]
    guide = pages.make_guide(title="Un guide d’essai", heading="Prostitution des mineurs", body=body)
    for number, name in enumerate(("premier", "second", "dernier"), start=1):
        body = [("heading", f"Partie {number}"), ("text", f"<p>Texte du {name} chapitre, et le {{119}}.</p>")]
        pages.make_chapter(guide, f"chapitre-{number}", body, title=f"Le {name} chapitre")
    return guide


# --- The document --------------------------------------------------------------------------


def test_a_guide_is_tagged_dated_and_in_the_order_of_its_pages() -> None:
    response = Client().get(_paper(_guide()))
    pdf = response.content
    facts, words = facts_of(pdf), words_of(pdf)
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == "Un guide d’essai — Maillage"
    assert not {"Author", "Creator", "Subject", "Keywords"} & {name for name, told in facts.items() if told}
    order = ["Entrée en matière", "Texte du premier", "Texte du second", "Texte du dernier"]
    assert sorted(order, key=words.index) == order
    assert f"imprimé le {long_date(timezone.localdate())}" in words
    assert "{119}" not in words
    tags = structure_of(pdf)
    for tag in ("H1", "H2", "P", "Figure"):
        assert re.search(rf"^\s*{tag}\b", tags, re.MULTILINE), tag
    assert reader_of(pdf).trailer["/Root"]["/Lang"] == "fr"


def test_a_guide_has_a_table_of_contents_with_page_numbers() -> None:
    pdf = sheet_of(_paper(_guide()))
    laid_out = pages_of(pdf)
    total = len(laid_out)
    for number, page in enumerate(laid_out, start=1):
        assert re.search(rf"\b{number} ?/ ?{total}\b", page), number
    contents = next(page for page in laid_out if "Sommaire" in page)
    for name in ("premier", "second", "dernier"):
        at = int(re.search(rf"Le {name} chapitre\s+(\d+)", contents).group(1))
        assert f"Texte du {name} chapitre" in laid_out[at - 1]
    outline = [one.title for one in reader_of(pdf).outline if not isinstance(one, list)]
    assert any("premier" in title for title in outline)


def test_names_and_properties_tell_nothing() -> None:
    response = Client().get(_paper(_guide()))
    name = name_of(response)
    assert name == f"guide-essai-{timezone.localdate().isoformat()}.pdf"
    reader = reader_of(response.content)
    told = [name, *map(str, (reader.metadata or {}).values()), reader.xmp_metadata.stream.get_data().decode()]
    assert telling_words(" ".join(told)) == []
    feet = [page.strip().splitlines()[-1] for page in pages_of(response.content)]
    assert telling_words(" ".join(feet)) == []


def test_the_way_back_is_the_site_s_own_whoever_asks(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "https://maillage.example"
    seen, real = [], segno.make
    monkeypatch.setattr(segno, "make", lambda address, **how: (seen.append(address), real(address, **how))[1])
    sheet = pages.make_reflex()
    words = words_of(sheet_of(_paper(sheet), Client(HTTP_HOST="pirate.example")))
    assert seen == ["https://maillage.example/guides/fiche-essai/"]
    assert "maillage.example/guides/fiche-essai/" in words.replace(" ", "")
    assert "pirate" not in words


def test_an_english_copy_is_printed_in_english() -> None:
    from wagtail.models import Locale

    sheet = pages.make_reflex()
    locale = Locale.objects.get_or_create(language_code="en")[0]
    copy = sheet.copy_for_translation(locale, copy_parents=True)
    copy.title, copy.summary = "A sheet to try", "In English."
    copy.save_revision().publish()
    for path in (_paper(sheet), _paper(copy)):
        pdf = sheet_of(path, Client(headers={"Accept-Language": "en"}))
        assert reader_of(pdf).trailer["/Root"]["/Lang"] == "en"
        assert "In English." in words_of(pdf)


# --- Services, for a commune and for a reader ---------------------------------------------------


@pytest.fixture
def sheet(communes: dict[str, Commune]) -> models.ReflexSheetPage:
    make_numbers()
    kind = factories.ActorTypeFactory(slug="crip")
    for code, name in (("05", "Cellule des Hautes-Alpes"), ("38", "Cellule de l’Isère")):
        place = factories.ServiceFactory(
            type=kind, name=name, department=code, coverage=[territory.department(code)], phone="+33465710000"
        )
        factories.PlaceFactory(
            service=place, by_phone=True, commune__insee="05046" if code == "05" else "38185",
            street="3 rue du Secret", label="Antenne du Secret",
        )  # fmt: skip
    factories.ServiceFactory(
        type=kind, name="Cellule réservée", reserved=True, coverage=[territory.department("38")],
        phone="+33465710099",
    )  # fmt: skip
    rebuild()
    return pages.make_reflex(body=[live_block(types=["crip"], limit=5)])


def test_services_are_those_of_the_commune_chosen_at_that_moment(sheet: models.ReflexSheetPage) -> None:
    by_place = {
        place: words_of(sheet_of(_paper(sheet), **{HERE: sealed_place(place)} if place else {}))
        for place in ("Embrun", "Grenoble", "")
    }
    for place, name in (("Embrun", "Cellule des Hautes-Alpes"), ("Grenoble", "Cellule de l’Isère")):
        for asked, words in by_place.items():
            assert (name in words) is (asked == place), (asked, name)
        assert "Services pour" in by_place[place]
        assert "tel que l’annuaire le disait" in by_place[place]
        assert "04 65 71 00 00" in by_place[place]
    assert "La réponse dépend de la commune" in by_place[""]
    assert not any("Secret" in words for words in by_place.values())


def test_a_reserved_entry_is_printed_for_those_who_may_see_it(sheet: models.ReflexSheetPage) -> None:
    place = {HERE: sealed_place("Grenoble")}
    elsewhere = signed_in(factories.UserFactory(professional_in=["05"]))
    for client, sees in ((Client(), False), (elsewhere, False), (browser_of("professional"), True)):
        words = words_of(sheet_of(_paper(sheet), client, **place))
        assert ("Cellule réservée" in words) is sees
        assert ("04 65 71 00 99" in words) is sees
        assert ("Réservé aux professionnels" in words) is sees
        assert "Secret" not in words


def test_what_is_for_one_reader_is_kept_by_no_cache(sheet: models.ReflexSheetPage, quick_paper: None) -> None:
    chosen = Client().get(_paper(sheet), {HERE: sealed_place("Embrun")})
    signed = browser_of("professional").get(_paper(sheet))
    for response in (chosen, signed):
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


def test_a_type_sheet_is_printed_with_who_answers(sheet: models.ReflexSheetPage) -> None:
    kind = factories.ActorTypeFactory(slug="crip")
    address = f"/papier/f/{kind.public_id}/"
    posted = Client().post(address, {"lieu": "Embrun"})
    assert posted.status_code == 303
    assert re.fullmatch(rf"{address}\?ici=[\w=-]+", posted["Location"])
    response = Client().get(posted["Location"])
    words = words_of(response.content)
    assert "Cellule des Hautes-Alpes" in words
    assert "Cellule de l’Isère" not in words
    assert "Secret" not in words
    assert facts_of(response.content)["Tagged"] == "yes"
    assert telling_words(name_of(response) + facts_of(response.content)["Title"]) == []
    assert "Cellule des" not in words_of(sheet_of(address))
    kind.is_open = False
    kind.save()
    assert Client().get(address).status_code == 404


# --- What is refused ---------------------------------------------------------------------------


def test_only_pages_that_are_printed_and_may_be_read_have_a_sheet(quick_paper: None) -> None:
    guide = pages.make_guide()
    chapter, draft = pages.make_chapter(guide, "un"), pages.make_reflex(live=False)
    for page in (pages.make_home(), pages.make_shelf(), chapter, draft, pages.make_standard()):
        for method in ("get", "head", "post"):
            assert getattr(Client(), method)(_paper(page)).status_code == 404, (page, method)
    for key in ("0", "99999999", "9" * 40):
        assert Client().get(f"/papier/p/{key}/").status_code == 404
    assert Client().get("/papier/f/inconnu/").status_code == 404


def test_methods_of_a_sheet(quick_paper: None) -> None:
    path = _paper(pages.make_guide())
    for method, status in {"get": 200, "head": 200, "put": 405, "delete": 405}.items():
        assert getattr(Client(), method)(path).status_code == status, method
    posted = Client(enforce_csrf_checks=True).post(path, {"lieu": "Embrun"})
    assert posted.status_code == 303
    assert posted["Location"].startswith(f"{path}?ici=")
    assert not posted.cookies


def test_whoever_asks_too_often_waits(settings: Any, quick_paper: None) -> None:
    settings.SEARCH_RATE_LIMIT = 2 * papers.SHARE
    path = _paper(pages.make_guide())
    told = [Client().get(path) for _time in range(3)]
    assert [response.status_code for response in told] == [200, 200, 429]
    assert 1 <= int(told[-1]["Retry-After"]) <= 60
    assert "data-exit" in told[-1].content.decode()
    assert Client().post(path, {"lieu": "Embrun"}).status_code == 303
