"""What the administration adds for those who write pages, and for nobody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.grants import grant
from cms.blocks import SiteBody
from directory.models import ActorType
from tests import factories, pages
from tests.cms.page_tools import READERS, browser_of, make_numbers, text_of, writer
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

STYLES, DUE = "/gestion/styleguide/", "/gestion/reports/relecture/"
OPENED = {"anonymous": 302, "professional": 404, "coordinator": 404, "administrator": 200}


@pytest.mark.parametrize("path", [STYLES, f"{STYLES}?papier=1", DUE])
def test_the_doors_of_those_who_write(path: str) -> None:
    pages.make_shelf()
    for reader in READERS:
        response = browser_of(reader).get(path)
        assert response.status_code == OPENED[reader], reader
        if response.status_code == 302:
            assert response["Location"].startswith("/connexion/")
    account = writer()
    assert signed_in(account).get(path).status_code == 200
    assert signed_in(account, strong=False).get(path).status_code == 302  # the second factor first


def test_an_administrator_by_role_opens_them_too() -> None:
    pages.make_shelf()
    account = factories.UserFactory()
    grant(account, "administrator")
    for path in (STYLES, DUE):
        assert signed_in(account).get(path).status_code == 200


def test_methods_of_the_style_guide() -> None:
    client = browser_of("administrator")
    assert client.post(STYLES).status_code == 405
    assert client.post(DUE).status_code == 405


def test_the_style_guide_holds_every_block() -> None:
    make_numbers()
    factories.ActorTypeFactory(slug="crip")
    for path in (STYLES, f"{STYLES}?papier=1"):
        html = browser_of("administrator").get(path).content.decode()
        read = re.sub(r'<p class="m-sample__name">.*?</p>', "", html)
        for name in SiteBody().child_blocks:
            assert f'id="bloc-{name}"' in html, name
        assert "{119}" not in read


def test_the_style_guide_shows_no_service() -> None:
    """Its samples are the same whoever looks: values of previews, for nobody and no commune."""
    factories.ServiceFactory(type_slug="crip", name="Cellule réservée", reserved=True)
    assert "Cellule réservée" not in text_of(browser_of("administrator").get(STYLES))


# --- What is due ---------------------------------------------------------------------------------


def _well(slug: str, **values: object) -> object:
    today = timezone.localdate()
    fields = {"reviewed_on": today, "reviewed_by": "parquet", "review_by": today + timedelta(days=300)}
    return pages.make_reflex(slug, **fields | values)


def test_the_report_lists_what_is_due_and_nothing_that_is_well() -> None:
    today = timezone.localdate()
    before = today - timedelta(days=30)
    make_numbers()
    _well("bien", title="Tout va bien")
    _well("bientot", title="Bientôt à relire", review_by=today + timedelta(days=20))
    _well("en-retard", title="En retard", reviewed_on=before, review_by=today - timedelta(days=1))
    _well("sigle", title="Sigle sans fiche", body=[("text", "<p>Voir le MXYZ.</p>")])
    draft = _well("brouillon", title="Un brouillon", live=False)
    link = [("text", f'<p><a linktype="page" id="{draft.pk}">là</a></p>')]
    _well("lien", title="Lien cassé", body=link)
    pages.make_reflex("jamais", title="Jamais relue")
    said = text_of(signed_in(writer()).get(DUE))
    for title, why in (
        ("Bientôt à relire", "À relire avant le"), ("En retard", "Devait être relu"),
        ("Sigle sans fiche", "MXYZ"), ("Lien cassé", "n’est pas publiée"),
        ("Jamais relue", "Pas encore relu"),
    ):  # fmt: skip
        assert why in said.partition(title)[2][:400], title
    assert "Tout va bien" not in said
    assert "Un brouillon" not in said.replace("n’est pas publiée : Un brouillon", "")


def test_the_report_says_so_when_nothing_is_due() -> None:
    _well("bien")
    assert "Toutes les pages sont relues" in text_of(browser_of("administrator").get(DUE))


def test_the_report_does_not_ask_more_for_each_page_than_it_must(
    django_assert_max_num_queries: object,
) -> None:
    ActorType.objects.all().delete()
    client = browser_of("administrator")
    for number in range(10):
        pages.make_reflex(f"fiche-{number}")
    client.get(DUE)
    with django_assert_max_num_queries(60):
        client.get(DUE)


# --- Menus -----------------------------------------------------------------------------------------


def test_the_menu_offers_what_opens() -> None:
    pages.make_shelf()
    for client, is_offered in ((signed_in(writer()), True), (browser_of("coordinator"), False)):
        html = client.get("/gestion/").content.decode()
        assert (DUE in html) is is_offered


def test_nobody_is_told_what_is_there() -> None:
    answers = [browser_of("coordinator").get(path).content for path in (DUE, "/gestion/nulle-part/")]
    assert answers[0] == answers[1]
    assert Client().get("/gestion/nulle-part/").status_code in (302, 404)
