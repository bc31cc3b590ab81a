"""What may not be typed in a text because it would grow old there, and what only looks like it."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from cms.blocks.words import Paragraph, Phrase, Prose, refuse_typed_contacts
from cms.typed_contacts import typed_contacts, unknown_keys
from tests.factories import HelplineFactory, shipped_helplines

pytestmark = pytest.mark.django_db

REFUSED = {
    "04 76 57 10 01": "04 76 57 10 01",
    "0476571001": "0476571001",
    "04.76.57.10.01": "04.76.57.10.01",
    "04-76-57-10-01": "04-76-57-10-01",
    "04\u00a076\u00a057\u00a010\u00a001": "04 76 57 10 01",
    "04\u202f76\u202f57\u202f10\u202f01": "04 76 57 10 01",
    "04/76/57/10/01": "04/76/57/10/01",
    "06 12 34 56 78": "06 12 34 56 78",
    "Tél.04 76 57 10 01.": "04 76 57 10 01",
    "(04 76 57 10 01)": "04 76 57 10 01",
    "+33 4 76 57 10 01": "+33 4 76 57 10 01",
    "+33476571001": "+33476571001",
    "+33 (0)4 76 57 10 01": "+33 (0)4 76 57 10 01",
    "00 33 4 76 57 10 01": "00 33 4 76 57 10 01",
    "0033 4 76 57 10 01": "0033 4 76 57 10 01",
    "0 800 05 95 95": "0 800 05 95 95",
    "0800 059 595": "0800 059 595",
    "0800059595": "0800059595",
    "08 019 019 11": "08 019 019 11",
    "0 805 805 817": "0 805 805 817",
    "09 69 39 00 00": "09 69 39 00 00",
    "Le 119.": "119",
    "le 3919": "3919",
    "le 39 19": "39 19",
    "le 39.19": "39.19",
    "39\u202f19": "39 19",
    "3018": "3018",
    "116 006": "116 006",
    "116006": "116006",
    "le 114 par SMS": "114",
    "le 112": "112",
    "Appelez le 17.": "17",
    "Faites le 17": "17",
    "Composez le 18 !": "18",
    "le 15": "15",
    "le\u00a017": "17",
    "Appelez vite le 17, puis attendez.": "17",
    "equipe@exemple.fr": "equipe@exemple.fr",
    "prenom.nom+aide@isere.exemple.fr": "prenom.nom+aide@isere.exemple.fr",
}
LEFT_ALONE = [
    "",
    "Appelez le {119} ou le {17}.",
    "{0800059595}",
    "Lina, 15 ans",
    "dès 17 ans",
    "jusqu’au 18 ans révolus",
    "moins de 15 ans, ou de 17 à 18 ans",
    "le 17 mars",
    "le 17\u00a0mars 2026",
    "le 15 août",
    "du 15 au 17 mars",
    "le 17 et le 18 mars",
    "le 17/03/2026",
    "le 17.03.2026",
    "à partir du 18 h 30",
    "au 18e siècle",
    "article 434-3 du code pénal",
    "article 226-14",
    "article 119",
    "art. 112",
    "la page 115",
    "Loi n° 2002-305 du 4 mars 2002, article 13",
    "une amende de 45 000 €",
    "une amende de 150 000 euros",
    "119 €",
    "119 ans",
    "112 %",
    "en 2002, 2019 et 3919-2",
    "10 ans de prison et 1 500 000 € d’amende",
    "L221-1, L226-2-1 et R222-33",
    "du lundi au vendredi, 9 h – 12 h 30",
    "38000 Grenoble",
    "1,119 fois plus",
    "un arobase @ seul",
]


@pytest.fixture(autouse=True)
def _national_numbers() -> None:
    for key in shipped_helplines():
        HelplineFactory(key=key)


@pytest.mark.parametrize("text", REFUSED)
def test_what_one_dials_or_writes_to_is_seen(text: str) -> None:
    assert typed_contacts(text) == [REFUSED[text]]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_number_to_dial_is_left_alone(text: str) -> None:
    assert typed_contacts(text) == []


def test_each_is_told_once_and_all_are_told() -> None:
    found = typed_contacts("Au 04 76 57 10 01, au 04 76 57 10 01, à x@exemple.fr, ou le 119.")
    assert sorted(found) == ["04 76 57 10 01", "119", "x@exemple.fr"]


def test_a_number_that_the_directory_learns_is_seen_from_then_on() -> None:
    assert typed_contacts("Le 3939 répond.") == []
    HelplineFactory(key="nouveau", number="3939", display="39 39")
    assert typed_contacts("Le 3939 répond.") == ["3939"]


def test_without_any_number_known_local_ones_are_still_seen() -> None:
    from directory.models import Helpline

    Helpline.objects.all().delete()
    assert typed_contacts("Le 119, ou 04 76 57 10 01") == ["04 76 57 10 01"]


# --- Keys -------------------------------------------------------------------------------------------------


def test_a_key_that_no_number_has_is_told() -> None:
    assert unknown_keys("{119} {contact} {118} {118} {autre}") == ["118", "autre"]


def test_a_number_that_is_hidden_for_now_keeps_its_key() -> None:
    HelplineFactory(key="masque", displayed=False)
    assert unknown_keys("{masque}") == []


# --- What the editor is told ------------------------------------------------------------------------------


def said(text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        refuse_typed_contacts(text)
    return " ".join(refused.value.messages)


def test_the_refusal_quotes_what_was_typed_and_names_the_blocks_to_use() -> None:
    message = said("Appelez le 04 76 57 10 01.")
    for named in ("04 76 57 10 01", "{119}", "« Numéros nationaux »", "« Services de l’annuaire »"):
        assert named in message


def test_the_refusal_of_an_unknown_key_says_where_keys_are_listed() -> None:
    message = said("Appelez le {118}.")
    assert "« {118} »" in message
    assert "Numéros nationaux" in message


def test_the_blocks_that_the_refusal_names_are_called_so() -> None:
    from cms.blocks import Body

    labels = {str(block.label) for block in Body().child_blocks.values()}
    assert {"Numéros nationaux", "Services de l’annuaire"} <= labels


# --- In the fields ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [Phrase(), Paragraph()])
def test_a_plain_field_refuses(block: Any) -> None:
    assert block.clean("Le {119}.") == "Le {119}."
    with pytest.raises(ValidationError):
        block.clean("Le 119.")


def prose(source: str) -> RichText:
    return Prose().clean(RichText(source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Le 119.</p>",
        "<p>Le <b>119</b>.</p>",
        "<p>le <b>17</b></p>",
        "<p>04 76 5<b>7 10</b> 01</p>",
        '<p><a href="tel:0476571001">Appeler</a></p>',
        '<p><a href="tel:119">Appeler</a></p>',
        '<p><a class="x" href="tel:17">Appeler</a></p>',
        '<p><a href="sms:114">Écrire</a></p>',
        '<p><a href="mailto:equipe@exemple.fr">Écrire</a></p>',
        "<p>equipe&#64;exemple.fr</p>",
    ],
)
def test_a_rich_text_refuses_whatever_dresses_the_number(source: str) -> None:
    with pytest.raises(ValidationError):
        prose(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p data-block-key="17cyb">Le {119}.</p>',
        '<p data-block-key="33700">Rien.</p>',
        '<p><a linktype="page" id="119">la fiche</a></p>',
        '<p><a linktype="document" id="3919">le modèle</a></p>',
        '<p><a href="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006411302">L221-1</a></p>',
        '<p><a href="https://exemple.example/le-119/119/">le site</a></p>',
        "<ul><li>04</li><li>76</li><li>57</li><li>10</li><li>01</li></ul>",
    ],
)
def test_what_no_reader_reads_is_no_number(source: str) -> None:
    assert prose(source).source == source


def test_a_number_cut_by_bold_in_the_editor_is_refused() -> None:
    typed = {
        "key": "aaaaa", "text": "Au 04 76 57 10 01", "type": "unstyled", "depth": 0, "entityRanges": [],
        "inlineStyleRanges": [{"offset": 5, "length": 4, "style": "BOLD"}],
    }  # fmt: skip
    posted = {"t": json.dumps({"blocks": [typed], "entityMap": {}})}
    value = Prose().value_from_datadict(posted, {}, "t")
    assert "<b>" in value.source
    with pytest.raises(ValidationError):
        Prose().clean(value)
