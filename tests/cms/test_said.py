"""Texts as they are read: numbers of today, terms explained once, links that lead somewhere, nothing run."""

import pytest
from wagtail.models import PageViewRestriction

from cms.models import Operator
from directory.visibility import Kind, Viewer
from tests.cms.reading_tools import plain, pressed_twice, reading, rich, shown, soup, title, words
from tests.factories import ActorTypeFactory, HelplineFactory
from tests.pages import make_chapter, make_guide, make_home, make_reflex

pytestmark = pytest.mark.django_db

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&lt;b&gt; & <b>",
    "{<script>}",
]


# --- Numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "display"), [("119", "119"), ("3919", "39 19"), ("116006", "116 006")])
def test_a_key_becomes_the_number_as_it_is_shown_today(key: str, display: str) -> None:
    HelplineFactory(key=key)
    for html in (plain(f"Le {{{key}}}."), rich(f"<p>Le {{{key}}}.</p>"), title(f"Le {{{key}}}.")):
        assert words(html) == f"Le {display}."
        assert "<a" not in html
        assert "tel:" not in html


def test_a_number_that_changes_changes_in_every_text() -> None:
    line = HelplineFactory(key="3919")
    line.display = "39 20"
    line.save()
    assert words(plain("Le {3919}.")) == "Le 39 20."


@pytest.mark.parametrize("key", ["auteurs", "inconnue"])
def test_a_number_that_may_not_be_shown_is_named_and_not_told(key: str) -> None:
    HelplineFactory(key="auteurs", displayed=False)
    for html in (plain(f"Le {{{key}}}."), rich(f"<p>Le {{{key}}}.</p>"), title(f"Le {{{key}}}.")):
        assert words(html) == "Le (numéro à confirmer)."
        assert "08" not in html


def test_what_a_number_shows_is_escaped() -> None:
    HelplineFactory(key="119", display="<b>119</b>")
    assert "<b>" not in plain("{119}")


def test_the_contact_is_the_operators_mailbox() -> None:
    Operator.objects.create(site=make_home().get_site(), contact_email="equipe@exemple.example")
    assert soup(plain("Écrivez à {contact}.")).a["href"] == "mailto:equipe@exemple.example"
    assert soup(rich("<p>Écrivez à {contact}.</p>")).a["href"] == "mailto:equipe@exemple.example"


def test_a_contact_that_nobody_gave_is_said(settings: object) -> None:
    settings.CONTACT_EMAIL = ""
    assert words(plain("Écrivez à {contact}.")).startswith("Écrivez à (adresse de contact à compléter")


def test_the_contact_is_plain_words_where_nothing_may_be_pressed(settings: object) -> None:
    settings.CONTACT_EMAIL = "equipe@exemple.example"
    assert title("Écrire à {contact}") == "Écrire à equipe@exemple.example"
    linked = rich('<p><a href="https://exemple.example/">Écrire à {contact}</a></p><h3>{contact}</h3>')
    assert len(soup(linked).select("a")) == 1
    assert "mailto:" not in linked
    assert words(linked) == "Écrire à equipe@exemple.exampleequipe@exemple.example"


def test_a_term_inside_a_mailbox_is_not_explained(settings: object) -> None:
    ActorTypeFactory(slug="crip")
    settings.CONTACT_EMAIL = "CRIP@exemple.example"
    html = plain("Écrivez à {contact}.")
    assert soup(html).a["href"] == "mailto:CRIP@exemple.example"
    assert not soup(html).select("button")


# --- Terms ------------------------------------------------------------------------------------------------


def test_a_term_is_explained_at_its_first_use_and_only_there() -> None:
    crip = ActorTypeFactory(slug="crip", role="Reçoit les informations préoccupantes.")
    html = plain("La CRIP reçoit ; la CRIP évalue.")
    button, meaning = soup(html).button, soup(html).find(popover=True)
    assert len(soup(html).select("button")) == 1
    assert html.index("<button") < html.index("reçoit")
    assert button["popovertarget"] == meaning["id"]
    assert button["type"] == "button"
    assert "définition" in button.text
    assert crip.name in meaning.text
    assert "Reçoit les informations préoccupantes." in meaning.text
    assert meaning.a["href"] == crip.get_absolute_url()


def test_a_term_is_explained_where_the_page_first_uses_it_whatever_the_block() -> None:
    ActorTypeFactory(slug="crip")
    page = make_reflex(
        heading="La CRIP",
        summary="Ce que fait la CRIP.",
        body=[
            ("heading", "Avertir la CRIP"),
            ("text", "<h3>La CRIP</h3><p>D’abord la CRIP.</p>"),
            ("quote", {"text": "Ensuite la CRIP.", "source": "La CRIP"}),
        ],
    )
    (button,) = soup(shown(page)).select("button.m-term")
    assert words(str(button.find_parent("p"))).startswith("D’abord la")


def test_each_page_explains_again() -> None:
    ActorTypeFactory(slug="crip")
    guide = make_guide()
    for slug in ("un", "deux"):
        assert "m-term" in shown(make_chapter(guide, slug, [("text", "<p>La CRIP.</p>")]))


def test_no_term_is_explained_where_something_is_pressed_or_titled() -> None:
    ActorTypeFactory(slug="crip")
    source = '<h3>La <b>CRIP</b></h3><p><a href="https://exemple.example/">la <b>CRIP</b></a></p>'
    assert "m-term" not in rich(source)
    assert "m-term" not in title("La CRIP")
    assert "m-term" in rich(f"{source}<p>La CRIP.</p>")


def test_a_tree_is_pressed_without_anything_pressed_in_it() -> None:
    ActorTypeFactory(slug="crip")
    answers = [
        {"label": "La CRIP", "advice": "La CRIP.", "next": 0},
        {"label": "B", "advice": "C", "next": 0},
    ]
    tree = {"title": "La CRIP", "questions": [{"question": "La CRIP, {contact} ?", "answers": answers}]}
    html = shown(make_reflex(body=[("tree", tree)]))
    assert pressed_twice(html) == []
    assert "La CRIP" in words(html)


def test_an_acronym_of_two_desks_is_explained_with_both() -> None:
    desks = [ActorTypeFactory(slug=slug) for slug in ("bav-police", "bav-tribunal")]
    meaning = soup(plain("Le BAV.")).find(popover=True)
    assert [one["href"] for one in meaning.select("a")] == [desk.get_absolute_url() for desk in desks]
    assert all(desk.name in meaning.text for desk in desks)
    paper = words(plain("Le BAV.", reading(is_paper=True)))
    assert paper.count(" ou ") == 1


@pytest.mark.parametrize("text", ["SCRIP", "CRIPS", "CRIP-38", "L-CRIP", "crip"])
def test_letters_inside_a_word_are_no_term(text: str) -> None:
    ActorTypeFactory(slug="crip")
    assert plain(text) == text


def test_a_closed_type_explains_nothing() -> None:
    ActorTypeFactory(slug="crip", is_open=False)
    assert plain("La CRIP.") == "La CRIP."


def test_on_paper_a_term_is_spelled_and_nothing_opens() -> None:
    ActorTypeFactory(slug="crip", name="Cellule de recueil")
    html = plain("La CRIP, puis la CRIP.", reading(is_paper=True))
    assert html == "La CRIP (cellule de recueil), puis la CRIP."


# --- Nothing runs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_plain_text_is_shown_as_it_was_typed(attack: str) -> None:
    ActorTypeFactory(slug="crip")
    for html in (plain(f"CRIP {attack}"), title(attack)):
        assert attack in soup(html).text
        assert not soup(html).select("script, img, b:not(.m-def b), [onerror], [onmouseover]")


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_type_sheet_says_is_escaped_in_a_definition(attack: str) -> None:
    ActorTypeFactory(slug="crip", name=f"Nom {attack}", role=f"Rôle {attack}")
    html = plain("La CRIP.")
    assert not soup(html).select("script, img, [onerror], [onmouseover]")
    assert attack in soup(html).find(popover=True).text
    assert "<script" not in plain("La CRIP.", reading(is_paper=True))


def test_the_words_of_a_rich_text_stay_escaped() -> None:
    html = rich("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <b>fort</b></p>")
    assert not soup(html).select("script")
    assert soup(html).text == "<script>alert(1)</script> & fort"
    assert soup(html).b.text == "fort"


# --- Links ------------------------------------------------------------------------------------------------


def to_page(key: int) -> str:
    return rich(f'<p><a linktype="page" id="{key}">la fiche</a>.</p>')


def test_a_link_to_a_page_leads_to_its_address() -> None:
    sheet = make_reflex("fiche-a-lire")
    assert soup(to_page(sheet.pk)).a["href"] == "/guides/fiche-a-lire/"
    sheet.slug = "fiche-autre"
    sheet.save_revision().publish()
    assert soup(to_page(sheet.pk)).a["href"] == "/guides/fiche-autre/"


def test_the_order_of_the_attributes_of_a_link_does_not_matter() -> None:
    sheet = make_reflex()
    html = rich(f'<p><a id="{sheet.pk}" linktype="page">la fiche</a>.</p>')
    assert soup(html).a["href"] == sheet.address


def test_a_link_keeps_the_commune_on_screen_and_not_on_paper() -> None:
    sheet = make_reflex()
    source = f'<a linktype="page" id="{sheet.pk}">la fiche</a>'
    assert soup(rich(source, reading(token="jeton"))).a["href"] == f"{sheet.address}?ici=jeton"
    assert soup(rich(source, reading(token="jeton", is_paper=True))).a["href"] == sheet.address


def test_a_link_to_a_draft_or_to_nothing_becomes_plain_words() -> None:
    draft, gone = make_reflex("brouillon", live=False), 99_999_999
    child = make_chapter(make_guide(live=False), "sous-un-brouillon")
    for key in (draft.pk, child.pk, gone):
        assert to_page(key) == "<p><span>la fiche</span>.</p>"


def test_a_link_to_a_page_for_those_who_sign_in_is_theirs_only() -> None:
    page = make_reflex()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    source = f'<a linktype="page" id="{page.pk}">la fiche</a>'
    assert not soup(rich(source)).a
    assert soup(rich(source, reading(Viewer(Kind.PROFESSIONAL)))).a["href"] == page.address


@pytest.mark.parametrize("key", ["", "abc", "1 OR 1=1"])
def test_a_broken_page_link_breaks_no_page(key: str) -> None:
    assert words(rich(f'<p><a linktype="page" id="{key}">la fiche</a></p>')) == "la fiche"


def test_a_link_away_does_not_tell_where_one_comes_from() -> None:
    link = soup(rich('<p><a href="https://www.legifrance.gouv.fr/?a=1&amp;b=2">la loi</a></p>')).a
    assert link["href"] == "https://www.legifrance.gouv.fr/?a=1&b=2"
    assert {"nofollow", "noreferrer"} <= set(link["rel"])
    assert not soup(rich('<p><a href="/numeros/">ici</a></p>')).a.has_attr("rel")


def test_a_link_without_an_address_is_plain_words() -> None:
    assert not soup(rich("<p><a>la fiche</a></p>")).select("a[href='']")


def test_a_link_to_a_document_that_is_gone_becomes_plain_words() -> None:
    for key in ("99999999", "abc"):
        html = rich(f'<p><a linktype="document" id="{key}">le modèle</a></p>')
        assert not soup(html).a
        assert words(html) == "le modèle"
