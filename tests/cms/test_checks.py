"""What an editor is told before publishing: each finding comes with its cause, and goes with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.blocks import Body
from cms.blocks.law import LegalCard
from cms.checks import Review, findings_of, review_of
from cms.glossary import unknown_acronyms
from cms.page_texts import page_links
from search import indexing
from tests.cms.reading_tools import soup, words
from tests.directory.admin_tools import administrator, signed_in
from tests.factories import ActorTypeFactory, ServiceFactory
from tests.pages import make_chapter, make_guide, make_measure, make_reflex, make_standard
from tests.territory import department

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def findings(page: Any, *kinds: str) -> list[str]:
    return [one.text for one in findings_of(page) if one.kind in kinds]


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def law(**values: Any) -> tuple[str, Any]:
    return "law", LegalCard().meta.preview_value | {"checked_by": "Parquet"} | values


def services(**values: Any) -> tuple[str, Any]:
    return "services", Body().child_blocks["services"].meta.preview_value | values


def linked(key: int) -> tuple[str, str]:
    return "text", f'<p>Lire <a linktype="page" id="{key}">la fiche</a>.</p>'


# --- Legal cards ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "found"), [(None, 1), (400, 1), (10, 0)])
def test_a_legal_card_is_named_until_it_is_checked(days: int | None, found: int) -> None:
    checked = {"checked_on": days_ago(days).isoformat()} if days else {}
    said = findings(make_reflex(body=[law(reference="Article L221-1 du CASF", **checked)]), "droit")
    assert len(said) == found
    assert all("Article L221-1 du CASF" in text for text in said)


def test_each_card_is_named() -> None:
    page = make_reflex(
        body=[law(reference="Article 1"), law(reference="Article 2"), law(reference="Article 1")]
    )
    assert [text.partition(":")[0].strip() for text in findings(page, "droit")] == ["Article 1", "Article 2"]


# --- Links ------------------------------------------------------------------------------------------------


def test_a_link_to_a_draft_is_named_until_it_is_published() -> None:
    draft = make_reflex("fiche-voisine", title="Fiche voisine", live=False)
    page = make_reflex(body=[linked(draft.pk)])
    assert findings(page, "lien") == ["Lien vers une page qui n’est pas publiée : Fiche voisine."]
    draft.save_revision().publish()
    assert findings(page, "lien") == []


def test_a_link_to_what_stands_under_a_draft_or_is_private_is_broken_too() -> None:
    chapter = make_chapter(make_guide(live=False), "sous-un-brouillon")
    private = make_reflex("privee")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    page = make_reflex(body=[linked(chapter.pk), ("pages", {"title": "", "pages": [private.pk]})])
    assert len(findings(page, "lien")) == 2


@pytest.mark.parametrize("make", [linked, lambda key: ("pages", {"title": "", "pages": [key]})])
def test_a_link_to_a_page_that_was_deleted_is_said(make: Any) -> None:
    gone = make_reflex("disparue")
    page = make_reflex(body=[make(gone.pk)])
    assert findings(page, "lien") == []
    Page.objects.get(pk=gone.pk).delete()
    page = type(page).objects.get(pk=page.pk)
    assert findings(page, "lien") == ["Lien vers une page qui n’est pas publiée : une page supprimée."]


def test_links_are_found_at_every_depth_whatever_the_order_of_their_attributes() -> None:
    step = {"title": "Un", "when": "", "text": '<p><a id="7" linktype="page">a</a></p>'}
    body = [
        (
            "text",
            '<p><a linktype="page" id="3">a</a> <a href="/x/">b</a> <a id="4" linktype="page">c</a></p>',
        ),
        ("text", '<p><a linktype="document" id="99">d</a> <a id="98" linktype="document">e</a></p>'),
        ("steps", {"title": "", "steps": [step]}),
    ]
    stream = Body().to_python([{"type": name, "value": value} for name, value in body])
    assert list(page_links(stream)) == [3, 4, 7]


# --- Live blocks ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("communes")
def test_a_live_block_that_finds_nothing_anywhere_is_named_until_it_does() -> None:
    ActorTypeFactory(slug="crip")
    page = make_reflex(body=[services(title="Qui contacter")])
    assert findings(page, "annuaire") == ["Le bloc « Qui contacter » ne trouve aucun service, nulle part."]
    ServiceFactory(type_slug="crip", audience="professionnels", coverage=[department("05")])
    indexing.rebuild()
    assert findings(page, "annuaire") == []


@pytest.mark.usefixtures("communes")
def test_a_live_block_of_a_department_must_find_something_there() -> None:
    ServiceFactory(type_slug="crip", department="05", coverage=[department("05")])
    indexing.rebuild()
    for code, found in (("05", 0), ("38", 1)):
        page = make_reflex(f"fiche-{code}", [services(territory=code)])
        assert len(findings(page, "annuaire")) == found


# --- Acronyms ---------------------------------------------------------------------------------------------


def test_an_acronym_is_named_until_it_has_a_sheet() -> None:
    page = make_reflex(summary="Avec la CRIP.", body=[("text", "<p>La CRIP, le <b>TGD</b> et un SMS.</p>")])
    ActorTypeFactory(slug="tgd")
    assert findings(page, "sigle") == ["« CRIP » n’a pas de fiche : écrivez-le en toutes lettres."]
    ActorTypeFactory(slug="crip")
    assert findings(page, "sigle") == []


@pytest.mark.parametrize("field", ["heading", "summary", "what", "who_to_ask"])
def test_an_acronym_is_seen_wherever_the_page_says_it(field: str) -> None:
    page = make_measure(**{field: "Demander au CESEDX."})
    assert len(findings(page, "sigle")) == 1


def test_an_acronym_in_a_table_is_seen_and_a_choice_is_not() -> None:
    table = {"data": [["Qui", "XYZ"]], "table_caption": "Selon QWZ", "first_row_is_table_header": True}
    page = make_reflex(body=[("table", table), services(title="Titre")])
    assert len(findings(page, "sigle")) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La CRIP et l’ASE", ["CRIP", "ASE"]),
        ("CRIP, CRIP", ["CRIP"]),
        ("article L221-1, CP, II et IV", []),
        ("A, SMS, PDF", []),
        ("Crip, crip, CRIP2, XCRIP-38", []),
        ("DANGEREUX", []),
    ],
)
def test_what_looks_like_an_acronym(text: str, found: list[str]) -> None:
    assert unknown_acronyms(text, ()) == found


# --- Reviews ----------------------------------------------------------------------------------------------


def test_a_page_that_nobody_read_again_says_so_until_somebody_did() -> None:
    page = make_reflex()
    assert findings(page, "relecture") == ["Pas encore relu par les institutions."]
    page.reviewed_on, page.reviewed_by = days_ago(3), "parquet"
    assert findings(page, "relecture") == []
    page.review_by = days_ago(1)
    assert "Devait être relu le" in findings(page, "relecture")[0]


@pytest.mark.parametrize(("days", "is_overdue"), [(1, False), (0, False), (-1, True)])
def test_a_review_is_overdue_the_day_after_its_date(days: int, is_overdue: bool) -> None:
    page = make_reflex()
    page.reviewed_on, page.reviewed_by = date(2026, 1, 15), "parquet"
    page.review_by = TODAY + timedelta(days=days)
    said = review_of(page, TODAY)
    assert said.is_overdue == is_overdue
    assert said.label.startswith("Relu le 15 janvier 2026 par parquet.")


def test_a_review_without_a_next_one_is_said_plainly() -> None:
    page = make_reflex()
    page.reviewed_on, page.reviewed_by = date(2026, 1, 15), "parquet"
    assert review_of(page, TODAY) == Review("Relu le 15 janvier 2026 par parquet.", False)


def test_a_page_about_the_site_needs_no_review() -> None:
    assert findings_of(make_standard(body=[("text", "<p>Bonjour.</p>")])) == []


# --- In the form ------------------------------------------------------------------------------------------


def form_of(page: Any) -> str:
    response = signed_in(administrator()).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return words(str(soup(response.content.decode()).select_one(".m-checks")))


def all_wrong() -> Any:
    draft = make_reflex("fiche-voisine", title="Fiche voisine", live=False)
    text = ("text", f'<p>Le CESEDX : <a linktype="page" id="{draft.pk}">ici</a>.</p>')
    ActorTypeFactory(slug="crip")
    return make_reflex(body=[text, services(title="Qui contacter"), law(reference="Article 1")])


@pytest.mark.usefixtures("communes")
def test_the_form_says_all_of_it_links_first() -> None:
    said = form_of(all_wrong())
    causes = ["Fiche voisine", "« Qui contacter »", "Article 1", "« CESEDX »", "Pas encore relu"]
    assert "À regarder avant de publier" in said
    assert [said.index(cause) for cause in causes] == sorted(said.index(cause) for cause in causes)


def test_the_form_says_that_all_is_well() -> None:
    page = make_reflex(reviewed_on=days_ago(1), reviewed_by="parquet", body=[("text", "<p>Bonjour.</p>")])
    assert "Rien à signaler" in form_of(page)


def test_the_form_looks_at_what_was_saved_and_not_only_at_what_is_published() -> None:
    page = make_reflex(reviewed_on=days_ago(1), reviewed_by="parquet", body=[("text", "<p>Bonjour.</p>")])
    page.summary = "Avec le CESEDX."
    page.save_revision()
    assert "« CESEDX »" in form_of(page)


def test_what_a_finding_quotes_is_escaped() -> None:
    page = make_reflex(body=[services(title="<script>alert(1)</script>", types=["crip"])])
    response = signed_in(administrator()).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert not soup(response.content.decode()).select(".m-checks script")
    assert "<script>alert(1)</script>" in words(str(soup(response.content.decode()).select_one(".m-checks")))


def test_a_page_that_is_being_made_has_no_checks_yet() -> None:
    shelf = make_reflex().get_parent()
    address = reverse("wagtailadmin_pages:add", args=["cms", "reflexsheetpage", shelf.pk])
    response = signed_in(administrator()).get(address)
    assert response.status_code == 200
    assert not {"Rien à signaler", "À regarder avant de publier"} & set(
        soup(response.content.decode()).stripped_strings
    )
