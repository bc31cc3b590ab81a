"""Pages as editors make them: what tells is refused, each kind is shown, previewed and translated."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from cms import models
from cms.management.commands import run_schedule
from directory.discretion import telling_words
from tests import pages
from tests.cms.page_tools import browser_of, live_block, make_numbers, posted, refusals, text_of, title_of
from tests.factories import ActorTypeFactory

pytestmark = pytest.mark.django_db

TOLD = "se lirait dans l’historique"
TAKEN = "est déjà prise par le site lui-même"
PUBLISH = {"action-publish": "Publier"}


def _add(model: str, parent: Page, client: Client | None = None, **values: Any) -> HttpResponse:
    address = f"/gestion/pages/add/cms/{model}/{parent.pk}/"
    return (client or browser_of("administrator")).post(address, posted(**values))


# --- What tells --------------------------------------------------------------------------


@pytest.mark.parametrize("action", [{}, PUBLISH])
@pytest.mark.parametrize("values", [{"title": "Violences"}, {"slug": "apres-un-viol"}])
def test_what_tells_is_refused_in_the_form(action: dict[str, str], values: dict[str, str]) -> None:
    response = _add("guidepage", pages.make_shelf(), **{"version": "", **values, **action})
    assert TOLD in refusals(response)
    assert not models.GuidePage.objects.exists()


def test_the_heading_may_tell_and_is_read_on_the_page_only() -> None:
    guide = pages.make_guide(title="Mineurs", heading="Prostitution des mineurs")
    response = Client().get(guide.address)
    page = response.content.decode()
    assert "Prostitution des mineurs" in text_of(response)
    assert telling_words(title_of(response)) == []
    assert "m-quiet" in page.partition("<h1")[2].partition(">")[0]


def test_a_heading_that_tells_nothing_is_written_large() -> None:
    guide = pages.make_guide(heading="Accueillir et orienter")
    page = Client().get(guide.address).content.decode()
    assert "m-quiet" not in page.partition("<h1")[2].partition(">")[0]


@pytest.mark.parametrize("values", [{"slug": "un-viol"}, {"title": "Violences"}, {"seo_title": "Viols"}])
def test_what_tells_is_published_by_nothing(values: dict[str, str]) -> None:
    guide = pages.make_guide(live=False)
    for name, value in values.items():
        setattr(guide, name, value)
    revision = guide.save_revision(clean=False)
    with pytest.raises(ValidationError, match=TOLD):
        revision.publish()
    assert not models.GuidePage.objects.get(pk=guide.pk).live
    guide.live = True
    with pytest.raises(ValidationError, match=TOLD):
        guide.save()


def test_what_tells_is_not_published_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_schedule, "close_old_connections", lambda: None)  # the test's own is open
    guide = pages.make_guide(live=False)
    guide.title, guide.go_live_at = "Violences", timezone.now() - timedelta(minutes=1)
    guide.save_revision(clean=False, approved_go_live_at=guide.go_live_at)
    said = StringIO()
    call_command("run_schedule", "--once", stderr=said)
    assert not models.GuidePage.objects.get(pk=guide.pk).live
    assert "ValidationError" in said.getvalue()
    assert telling_words(said.getvalue()) == []


def test_a_copy_is_refused_what_its_original_would_be() -> None:
    guide = pages.make_guide()
    client = browser_of("administrator")
    values = {"new_parent_page": guide.get_parent().pk, "publish_copies": "on"}
    told_twice = (
        {"new_slug": "apres-un-viol", "new_title": "Un autre"},
        {"new_slug": "autre", "new_title": "Viol"},
    )
    for told in told_twice:
        for more in ({}, {"alias": "on"}):
            response = client.post(f"/gestion/pages/{guide.pk}/copy/", values | told | more)
            assert TOLD in refusals(response)
    assert models.GuidePage.objects.count() == 1


# --- What the site answers itself -----------------------------------------------------------


@pytest.mark.parametrize("slug", ["recherche", "types", "numeros", "gestion", "papier", "documents", "sante"])
def test_an_address_of_the_site_is_refused_while_a_page_is_made(slug: str) -> None:
    home = pages.make_home()
    response = _add("standardpage", home, slug=slug, **PUBLISH)
    if response.status_code == 302:  # nothing of the site's own answers at that very address
        assert Client().get(f"/{slug}/").context["page"].slug == slug
    else:
        assert TAKEN in refusals(response)
        assert not models.StandardPage.objects.exists()


def test_an_address_of_the_site_is_refused_when_a_page_is_changed_or_copied() -> None:
    page = pages.make_standard("a-propos")
    page.slug = "recherche"
    with pytest.raises(ValidationError, match=TAKEN):
        page.full_clean()
    values = {"new_slug": "types", "new_title": "Essai", "new_parent_page": page.get_parent().pk}
    response = browser_of("administrator").post(f"/gestion/pages/{page.pk}/copy/", values)
    assert TAKEN in refusals(response)


@pytest.mark.parametrize("slug", ["accessibilite", "mentions-legales", "naviguer-en-securite"])
def test_editors_take_over_the_pages_about_the_site(slug: str) -> None:
    pages.make_standard(slug, [("text", "<p>Écrit par la rédaction.</p>")], title="Une page du site")
    response = Client().get(f"/{slug}/")
    assert "Écrit par la rédaction." in text_of(response)
    assert title_of(response).startswith("Une page du site")


def test_a_word_of_the_site_is_free_below_a_shelf() -> None:
    assert Client().get(pages.make_guide("recherche").address).status_code == 200


# --- Reviews ---------------------------------------------------------------------------------


def test_a_review_has_an_order_and_a_reader() -> None:
    guide = pages.make_guide()
    guide.reviewed_on = date(2026, 11, 1)
    with pytest.raises(ValidationError) as refused:
        guide.full_clean()
    assert list(refused.value.message_dict) == ["reviewed_by"]
    guide.reviewed_by, guide.review_by = "parquet", date(2026, 11, 1)
    with pytest.raises(ValidationError) as refused:
        guide.full_clean()
    assert list(refused.value.message_dict) == ["review_by"]
    guide.review_by = date(2027, 11, 1)
    guide.full_clean()


def test_a_page_says_when_it_was_read_again_and_when_it_should_have_been() -> None:
    today = timezone.localdate()
    states = {
        "Pas encore relu": {},
        "À relire le": {"reviewed_on": today, "review_by": today + timedelta(days=1)},
        "Devait être relu": {"reviewed_on": date(2020, 1, 1), "review_by": date(2021, 1, 1)},
    }
    for number, (said, dates) in enumerate(states.items()):
        by = {"reviewed_by": "parquet"} if dates else {}
        sheet = pages.make_reflex(f"fiche-{number}", **dates, **by)
        response = Client().get(sheet.address)
        assert said in text_of(response)
        assert ("m-fresh--stale" in response.content.decode()) is ("À relire le" not in said)


# --- Each kind of page -------------------------------------------------------------------------


def _one_of_each() -> list[Page]:
    make_numbers()
    body = [("heading", "Une partie"), ("text", "<p>Un texte pour le {119}.</p>"), live_block()]
    guide = pages.make_guide(body=body)
    resource = pages.make_page(models.ResourcePage, pages.make_shelf("ressources"), "plaquette", body)
    return [
        pages.make_home(), pages.make_shelf(), guide, pages.make_chapter(guide, "chapitre", body),
        pages.make_reflex(body=body), pages.make_measure(body=body), resource, pages.make_standard(body=body),
    ]  # fmt: skip


def test_each_kind_of_page_is_shown() -> None:
    for page in _one_of_each():
        response = Client().get(page.address)
        html = response.content.decode()
        assert response.status_code == 200, page
        assert html.count("<h1") == 1, page
        assert "data-exit" in html, page
        assert telling_words(title_of(response)) == [], page
        assert "{119}" not in html, page
        assert not response.cookies, page
        assert "{" + "{" not in html, page


def test_each_kind_of_page_is_previewed_before_it_is_saved_and_after() -> None:
    kinds = _one_of_each()
    client = browser_of("administrator")
    more = {"actor_type": ActorTypeFactory(slug="tgd").pk, "what": "", "for_whom": "", "who_decides": ""}
    more |= {"who_to_ask": "", "sort": "affiche", "document": "", "publisher": "", "published_on": ""}
    for page in kinds:
        parent = page.get_parent().pk
        for address in (
            f"/gestion/pages/add/cms/{page._meta.model_name}/{parent}/preview/",
            f"/gestion/pages/{page.pk}/edit/preview/",
        ):
            told = client.post(address, posted(**more, heading="Un aperçu")).json()
            assert told == {"is_valid": True, "is_available": True}, address
            for mode, _label in page.preview_modes:
                response = client.get(address, {"mode": mode, "in_preview_panel": "true"})
                assert response.status_code == 200, (address, mode)
                assert "Un aperçu" in text_of(response), (address, mode)
                assert (b'class="p-' in response.content) is (mode == "paper"), (address, mode)


def test_only_what_can_be_printed_is_previewed_on_paper() -> None:
    on_paper = {page._meta.model_name for page in _one_of_each() if len(page.preview_modes) == 2}
    assert on_paper == {"guidepage", "reflexsheetpage", "measurepage"}


# --- Two languages -------------------------------------------------------------------------------


def _english(page: Page, **values: Any) -> Page:
    locale = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(locale, copy_parents=True)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy


def test_an_english_copy_is_served_at_the_same_address() -> None:
    sheet = pages.make_reflex(title="Fiche d’essai", body=[("text", "<p>En français.</p>")])
    english = Client(headers={"Accept-Language": "en"})
    before = english.get(sheet.address)
    assert "En français." in text_of(before)
    assert 'lang="fr"' in before.content.decode().partition("<main")[2]
    body = models.ReflexSheetPage.body.field.stream_block.to_python(
        [{"type": "text", "value": "<p>In English.</p>"}]
    )
    _english(sheet, title="A sheet to try", body=body)
    after = english.get(sheet.address)
    assert "In English." in text_of(after)
    assert title_of(after).startswith("A sheet to try")
    assert 'lang="en"' in after.content.decode()
    assert "En français." in text_of(Client().get(sheet.address))


def test_what_is_not_translated_yet_says_that_it_is_french() -> None:
    """Translating one page makes copies of those above it, in French still."""
    _english(pages.make_reflex(), title="A sheet to try")
    shelf = Client(headers={"Accept-Language": "en"}).get("/guides/")
    main = shelf.content.decode().partition("<main")[2]
    assert 'lang="fr"' in main.partition("<article")[0]
    assert "A sheet to try" in main
