"""Files are read where a page that may be read shows them; their names and properties tell nothing."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import PageViewRestriction

from cms import models
from directory.discretion import telling_words
from tests import pages
from tests.cms.file_tools import document, picture
from tests.cms.page_tools import READERS, browser_of, writer
from tests.cms.paper_tools import reader_of
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_in_files")]


@pytest.fixture
def written(django_capture_on_commit_callbacks: Any) -> Any:
    """Run something as if its changes were committed: Wagtail then notes who refers to whom."""

    def run(make: Any, *args: Any, **values: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return make(*args, **values)

    return run


def _status(file: models.SiteDocument, client: Client | None = None) -> int:
    return (client or Client(raise_request_exception=False)).get(file.url).status_code


def _download(file: models.SiteDocument) -> list[Any]:
    return [("download", {"document": file.pk, "label": "La plaquette", "about": ""})]


def _link(file: models.SiteDocument) -> list[Any]:
    return [("text", f'<p><a linktype="document" id="{file.pk}">La plaquette</a></p>')]


# --- Documents -------------------------------------------------------------------------


@pytest.mark.parametrize("body", [_download, _link])
def test_a_document_is_read_where_a_published_page_shows_it(written: Any, body: Any) -> None:
    file = document()
    assert _status(file) == 404
    page = written(pages.make_reflex, body=body(file), live=False)
    assert _status(file) == 404
    written(lambda: page.latest_revision.publish())
    assert _status(file) == 200
    assert file.url in Client().get(page.address).content.decode()
    written(lambda: models.ReflexSheetPage.objects.get(pk=page.pk).unpublish())
    assert _status(file) == 404


def test_a_document_of_a_resource_is_read_with_it(written: Any) -> None:
    file = document()
    shelf = pages.make_shelf("ressources")
    values = {"document": file, "summary": "Dit quoi."}
    page = written(pages.make_page, models.ResourcePage, shelf, "plaquette", **values)
    assert _status(file) == 200
    assert file.url in Client().get(page.address).content.decode()
    written(lambda: shelf.unpublish())
    assert _status(file) == 404


def test_the_document_of_an_unpublished_revision_is_not_read(written: Any) -> None:
    file = document()
    page = written(pages.make_reflex)
    page.body = models.ReflexSheetPage.body.field.stream_block.to_python(
        [{"type": name, "value": value} for name, value in _download(file)]
    )
    written(lambda: page.save_revision())
    assert _status(file) == 404


def test_a_document_is_as_private_as_its_page(written: Any) -> None:
    file = document()
    page = written(pages.make_reflex, body=_download(file))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert _status(file) == 404
    response = browser_of("professional").get(file.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_those_who_write_pages_open_their_drafts_and_nobody_else_does() -> None:
    file = document()
    account = writer()
    for client, status in (
        (signed_in(account), 200),
        (signed_in(account, strong=False), 404),
        (browser_of("administrator"), 200),
        (browser_of("coordinator"), 404),
        (browser_of("professional"), 404),
    ):
        assert _status(file, client) == status


def test_what_is_sent_tells_nothing_of_who_made_it(written: Any) -> None:
    file = document(title="Plaquette sur les violences")
    written(pages.make_reflex, body=_download(file))
    response = Client().get(file.url)
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    told = f"{file.url} {response['Content-Disposition']}"
    assert telling_words(told) == []
    assert "Untel" not in told
    assert b"Untel" not in sent
    assert not reader_of(sent).metadata
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("key", ["²", "abc", "9" * 40, "", "-1"])
def test_a_link_to_no_document_is_its_words(key: str) -> None:
    page = pages.make_reflex(body=[("text", f'<p><a linktype="document" id="{key}">La plaquette</a></p>')])
    html = Client().get(page.address).content.decode()
    assert "<span>La plaquette</span>" in html


def test_a_document_has_one_name(written: Any) -> None:
    file = document()
    written(pages.make_reflex, body=_download(file))
    folder = file.url.rpartition("/")[0]
    for name in ("autre.pdf", "..%2f..%2fsettings.py", "%00.pdf", file.filename + "/"):
        assert Client(raise_request_exception=False).get(f"{folder}/{name}").status_code == 404


# --- Pictures ----------------------------------------------------------------------------


def _shown_in(image: models.SitePicture) -> list[Any]:
    return [("image", {"image": image.pk, "alternative": "Un carré", "caption": ""})]


def test_a_picture_is_read_in_the_size_that_a_page_shows(written: Any) -> None:
    image = picture()
    page = written(pages.make_reflex, body=_shown_in(image))
    html = Client().get(page.address).content.decode()
    shown = image.renditions.get()
    assert f'src="{shown.url}"' in html
    response = Client().get(shown.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_an_original_is_never_read(written: Any) -> None:
    image = picture(title="Une victime")
    written(pages.make_reflex, body=_shown_in(image))
    name = image.file.name.rpartition("/")[2]
    assert telling_words(name) == []
    assert "IMG_2041" not in name
    assert default_storage.exists(image.file.name)
    for path in (
        f"/media/original_images/{name}", f"/media/images/{name}", "/media/", "/media/images/",
        f"/media/images/..%2foriginal_images%2f{name}", f"/media/images/../original_images/{name}",
        "/media/images/%00", "/papier/f/%00/",
    ):  # fmt: skip
        assert Client(raise_request_exception=False).get(path).status_code == 404, path


def test_the_sizes_of_a_picture_that_no_page_shows_are_for_those_who_write(written: Any) -> None:
    image = picture()
    thumbnail = image.get_rendition("max-165x165")
    draft = written(pages.make_reflex, body=_shown_in(image), live=False)
    for reader in READERS:
        expected = 200 if reader == "administrator" else 404
        assert browser_of(reader).get(thumbnail.url).status_code == expected, reader
    written(lambda: draft.latest_revision.publish())
    assert Client().get(thumbnail.url).status_code == 200
