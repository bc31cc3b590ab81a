"""Files that are not what they say, or that cannot be stripped, are refused with a word to who chose them."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cms.metadata import DOCUMENTS, PICTURES, stripped
from cms.models import SiteDocument, SitePicture
from tests.cms import files_made as made
from tests.directory.admin_tools import administrator, signed_in
from tests.pages import make_home

EXECUTABLE = b"MZ\x90\x00" + b"\x00" * 200
BROKEN_ZIP = made.office(made.DOCX)[:-200]


def animated() -> bytes:
    kept = BytesIO()
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "green", "blue")]
    frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])
    return kept.getvalue()


def with_password() -> bytes:
    """Its entries say that they are encrypted, as those of a protected archive."""
    return made.office(made.DOCX).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def damaged() -> bytes:
    whole = bytearray(made.office({"[Content_Types].xml": "<Types/>" * 900}))
    start = whole.index(b"[Content_Types].xml") + 19
    whole[start : start + 20] = b"\xff" * 20
    return bytes(whole)


REFUSED = {
    "animated.gif": animated(),
    "secret.pdf": made.pdf("motdepasse"),
    "setup.pdf": EXECUTABLE,
    "setup.docx": EXECUTABLE,
    "setup.jpg": EXECUTABLE,
    "setup.exe": EXECUTABLE,
    "sans-suffixe": EXECUTABLE,
    "page.html": b"<script>alert(1)</script>",
    "dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "vide.pdf": b"",
    "vide.png": b"",
    "coupe.docx": BROKEN_ZIP,
    "abime.docx": damaged(),
    "protege.docx": with_password(),
    "archive.docx": made.office({"setup.exe": EXECUTABLE}),
    "archive.odt": made.office({"setup.exe": EXECUTABLE}),
    "png.pdf": made.saved("PNG"),
    "texte.png": b"rien d'une image",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_what_it_says_is_refused_in_french(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        stripped(made.upload(REFUSED[name], name), "Plaquette")
    message = " ".join(refused.value.messages)
    assert "ichier" in message
    assert "enregistrez" in message


def test_a_picture_too_large_to_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(ValidationError):
        stripped(made.upload(made.saved("PNG"), "bombe.png"), "Affiche")


def test_every_kind_that_is_taken_is_also_stripped(settings: object) -> None:
    assert set(settings.WAGTAILDOCS_EXTENSIONS) <= DOCUMENTS
    assert set(settings.WAGTAILIMAGES_EXTENSIONS) <= set(PICTURES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("documents", "secret.pdf"),
        ("documents", "setup.docx"),
        ("documents", "archive.docx"),
        ("images", "animated.gif"),
        ("images", "setup.jpg"),
    ],
)
@pytest.mark.parametrize("door", ["/gestion/{}/multiple/add/", "/gestion/{}/add/"])
def test_an_editor_is_told_why_a_file_is_refused(kind: str, name: str, door: str) -> None:
    make_home()
    browser = signed_in(administrator())
    field = "files[]" if "multiple" in door else "file"
    posted = {"title": "Essai", "collection": 1, field: made.upload(REFUSED[name], name)}
    response = browser.post(door.format(kind), posted, HTTP_X_REQUESTED_WITH="XMLHttpRequest", follow=True)
    assert response.status_code == 200
    said = response.json()["error_message"] if "multiple" in door else response.content.decode()
    assert "enregistrez-le" in said or (name == "setup.jpg" and "image" in said)
    assert not SiteDocument.objects.exists()
    assert not SitePicture.objects.exists()
