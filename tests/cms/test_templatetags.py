"""Small things that templates say."""

from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve

from cms.templatetags.maillage import map_files, quiet, typo


def test_french_spaces_do_not_break() -> None:
    assert typo("Ouvert : « oui » ; et vous ?") == "Ouvert\xa0: «\xa0oui\xa0»\xa0; et vous\xa0?"


def test_what_is_typed_is_escaped() -> None:
    assert "<b>" not in typo("<b> : x")


def test_a_telling_title_is_written_small() -> None:
    assert quiet("SOS Violences (exemple)") == "m-quiet"
    assert quiet("La Traverse (exemple)") == ""


def test_a_map_asks_for_the_drawings_of_its_departments() -> None:
    assert map_files(["05", "38", "05"]) == (
        '{"05": "/static/build/carte-05.json", "38": "/static/build/carte-38.json"}'
    )


def test_the_current_page_is_marked_in_the_menu() -> None:
    request = RequestFactory().get("/numeros/")
    request.resolver_match = resolve("/numeros/")
    template = Template("{% load maillage %}{% current 'directory:helplines' %}|{% current 'home' %}")
    assert template.render(Context({"request": request})) == ' aria-current="page"|'
