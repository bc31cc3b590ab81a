"""Every block there is: read on screen and on paper, explained to the editor, closed to what grows old."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from PIL import Image
from pypdf import PdfWriter
from pytest_django import DjangoDbBlocker
from wagtail.blocks import StreamBlockValidationError

from cms.blocks import Body, SiteBody
from cms.models import Operator, SiteDocument, SitePicture
from tests.cms.reading_tools import on_paper, pressed_twice, shown, soup, words
from tests.factories import ActorTypeFactory, HelplineFactory, shipped_helplines
from tests.pages import make_home, make_reflex, make_shelf, make_standard
from tests.planting import kept_for_a_module

pytestmark = pytest.mark.django_db

BLOCKS = dict(SiteBody().child_blocks)


@pytest.fixture(scope="module")
def _directory_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept_for_a_module(django_db_blocker):
        for key in shipped_helplines():
            HelplineFactory(key=key)
        for slug in ("crip", "ase"):
            ActorTypeFactory(slug=slug)
        make_shelf()
        yield


@pytest.fixture(autouse=True)
def _directory(_directory_of_the_module: None, db: None) -> None:
    """Every shipped number, two types, and the shelf that the pages stand on."""


# --- A value for each -------------------------------------------------------------------------------------


def picture_value() -> dict[str, Any]:
    file = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(file, "PNG")
    image = SitePicture.objects.create(title="Schéma", file=ContentFile(file.getvalue(), name="s.png"))
    return {"image": image.pk, "alternative": "Trois portes, une seule clé.", "caption": "Les portes"}


def download_value() -> dict[str, Any]:
    file = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(file)
    kept = SiteDocument.objects.create(title="Modèle", file=ContentFile(file.getvalue(), name="m.pdf"))
    return {"document": kept.pk, "label": "Modèle de fiche", "about": "À remplir à deux."}


def pages_value() -> dict[str, Any]:
    return {"title": "À lire aussi", "pages": [make_reflex("fiche-voisine", summary="Un résumé.").pk]}


# What shows something of the site's own has no preview of its own: its value is made here.
MADE: dict[str, Callable[[], Any]] = {
    "image": picture_value,
    "download": download_value,
    "pages": pages_value,
}


def value_of(name: str) -> Any:
    return MADE[name]() if name in MADE else deepcopy(BLOCKS[name].meta.preview_value)


def texts_in(value: Any) -> Iterator[str]:
    """What a preview value says, choices left out: they are shown under other words."""
    if isinstance(value, str):
        yield words(value)
    elif isinstance(value, dict):
        told = {name: part for name, part in value.items() if name not in UNREAD}
        for part in told.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


UNREAD = {"helplines", "types", "fallback", "key", "part", "source_url", "territory", "table_header_choice"}


# --- All of them ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_a_preview_or_a_value_of_this_test(name: str) -> None:
    has_preview = getattr(BLOCKS[name].meta, "preview_value", None) is not None
    assert has_preview != (name in MADE)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_tells_the_editor_what_it_is_for(name: str) -> None:
    block = BLOCKS[name]
    assert str(block.label)[0].isupper()
    assert str(block.label).lower() != name.lower() or name in ("danger", "image")
    assert str(block.get_description()).endswith(".")
    assert block.meta.icon != "placeholder"
    try:
        get_template(block.meta.template)
    except TemplateDoesNotExist:
        pytest.fail(f"{name}: no template")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_would_be_accepted_from_an_editor(name: str) -> None:
    block = BLOCKS[name]
    block.clean(block.normalize(block.to_python(value_of(name))))


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("render", [shown, on_paper])
def test_a_block_is_read_on_a_page(name: str, render: Callable[[Any], str]) -> None:
    value = value_of(name)
    make = make_standard if name == "operator" else make_reflex
    page = make(body=[(name, value)])
    if not page.paper_template and render is on_paper:
        page.paper_template = "cms/paper/reflex.html"
    html = render(page)
    assert pressed_twice(html) == []
    assert soup(html).select_one("script:not([src])") is None
    assert soup(html).select("[style], [onclick]") == []
    read = " ".join([words(html), *(one.get("alt", "") for one in soup(html).select("img"))])
    for text in texts_in(value):
        for part in re.split(r"\{.*?\}|CRIP|ASE", text):  # what is replaced, or explained
            assert part.strip() in read


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_leaves_no_key_and_no_empty_link_or_title(name: str) -> None:
    html = shown((make_standard if name == "operator" else make_reflex)(body=[(name, value_of(name))]))
    main = soup(html).main
    assert "{" not in main.text
    assert [
        one for one in main.select("h1, h2, h3, h4, a[href], summary, caption") if not one.text.strip()
    ] == []
    assert [one["id"] for one in main.select("[id]")] == list(
        dict.fromkeys(one["id"] for one in main.select("[id]"))
    )


# --- Bad cases --------------------------------------------------------------------------------------------


def cleaned(*body: tuple[str, Any]) -> Any:
    stream = Body()
    return stream.clean(stream.to_python([{"type": name, "value": value} for name, value in body]))


def test_danger_is_said_once_a_page_at_most() -> None:
    danger = ("danger", value_of("danger"))
    cleaned(danger)
    with pytest.raises(StreamBlockValidationError):
        cleaned(danger, ("text", "<p>Un texte.</p>"), danger)


def test_only_pages_about_the_site_say_who_runs_it() -> None:
    assert set(SiteBody().child_blocks) - set(Body().child_blocks) == {"operator"}


def test_an_image_without_words_is_refused() -> None:
    for empty in ("", "   "):
        with pytest.raises(ValidationError):
            cleaned(("image", picture_value() | {"alternative": empty}))


def test_a_table_without_a_caption_is_refused() -> None:
    with pytest.raises(ValidationError, match="légende"):
        BLOCKS["table"].clean(value_of("table") | {"table_header_choice": "row", "table_caption": ""})


def test_a_block_of_services_that_asks_nothing_is_refused() -> None:
    block, value = BLOCKS["services"], value_of("services") | {"types": []}
    with pytest.raises(ValidationError, match="au moins un type"):
        block.clean(block.to_python(value))
    block.clean(block.to_python(value | {"needs": ["ecoute"]}))


def test_a_hidden_number_leaves_the_blocks_that_name_it() -> None:
    HelplineFactory._meta.model.objects.filter(key="119").update(displayed=False)
    body = [(name, value_of(name)) for name in ("danger", "helplines")]
    links = [one["href"] for one in soup(shown(make_reflex(body=body))).main.select('a[href^="tel:"]')]
    assert links == ["tel:17", "tel:17"]


def test_a_picture_or_a_document_that_is_gone_leaves_the_page_standing() -> None:
    page = make_reflex(
        body=[("image", picture_value()), ("download", download_value()), ("heading", "Suite")]
    )
    SitePicture.objects.all().delete()
    SiteDocument.objects.all().delete()
    for html in (shown(page), on_paper(page)):
        assert "Suite" in words(html)


def test_the_site_says_what_its_operator_has_not_filled_in(settings: object) -> None:
    settings.CONTACT_EMAIL = ""
    page = make_standard(body=[("operator", {"part": "editor"})])
    assert shown(page).count("À compléter par l’exploitant") == 4
    Operator.objects.create(site=make_home().get_site(), name="Service <b>public</b>")
    html = shown(page)
    assert html.count("À compléter par l’exploitant") == 3
    assert "Service &lt;b&gt;public&lt;/b&gt;" in html


def test_a_draft_is_in_no_list_of_pages() -> None:
    draft = make_reflex("fiche-brouillon", title="Fiche brouillon", live=False)
    page = make_reflex(body=[("pages", {"title": "À lire", "pages": [draft.pk]})])
    assert "brouillon" not in shown(page)
    assert "À lire" not in words(shown(page))


@pytest.mark.parametrize("name", ["heading", "quote", "signs", "say", "questions", "steps", "case", "law"])
def test_words_of_an_editor_run_nowhere(name: str) -> None:
    def attacked(value: Any) -> Any:
        if isinstance(value, str):
            return value if value.startswith(("<p>", "http")) else "<script>alert(1)</script>"
        if isinstance(value, dict):
            return {key: attacked(part) for key, part in value.items()}
        return [attacked(part) for part in value]

    page = make_reflex(body=[(name, attacked(value_of(name)))])
    for html in (shown(page), on_paper(page)):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html
