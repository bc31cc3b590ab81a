"""Files are handed out without what they tell of author, place and day: their bytes are read again."""

import re
import zipfile
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from cms.metadata import neutral_name, stripped
from cms.models import SiteDocument, SitePicture
from directory.discretion import telling_words
from tests.cms import files_made as made

NAMES = (made.AUTHOR, "Dupont", made.CAMERA, "JDS")
DAYS = ("2019:02:03", "2019-02-03", "20190203")


def clean(content: bytes, name: str, title: str = "Plaquette") -> bytes:
    return stripped(made.upload(content, name), title).read()


def told_in(content: bytes) -> list[str]:
    """Each name, day or place that is still somewhere in these bytes, however it is written."""
    coded = {
        text: {text.encode(), text.encode("utf-16-be"), text.encode("latin-1")} for text in (*NAMES, *DAYS)
    }
    found = [text for text, forms in coded.items() if any(form in content for form in forms)]
    return found + [name for name in ("Exif", "xmpmeta", "GPS") if name.encode() in content]


# --- Pictures ---------------------------------------------------------------------------------------------


def test_what_the_tests_make_tells() -> None:
    """Or they would prove nothing."""
    for content in (made.jpeg(), made.pdf(), *made.parts_of(made.office(made.DOCX)).values()):
        assert told_in(content) or b"Relationship" in content or b"Types" in content or content == b"<p/>"


@pytest.mark.parametrize("suffix", ["jpg", "jpeg", "JPG"])
def test_a_photo_loses_its_place_its_day_and_its_camera(suffix: str) -> None:
    kept = clean(made.jpeg(), f"photo.{suffix}")
    assert told_in(kept) == []
    with Image.open(BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.format == "JPEG"
        assert image.size == (12, 8)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_upright_stays_upright() -> None:
    with Image.open(BytesIO(clean(made.jpeg(orientation=6), "photo.jpg"))) as image:
        assert image.size == (8, 12)


@pytest.mark.parametrize(("suffix", "kind"), [("png", "PNG"), ("webp", "WEBP"), ("gif", "GIF")])
def test_other_pictures_lose_what_they_tell_and_keep_what_they_show(suffix: str, kind: str) -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", made.AUTHOR)
    values = {
        "PNG": {"pnginfo": told},
        "WEBP": {"xmp": made.AUTHOR.encode()},
        "GIF": {"comment": made.AUTHOR},
    }
    content = made.saved(kind, **values[kind])
    assert told_in(content)
    kept = clean(content, f"image.{suffix}")
    assert told_in(kept) == []
    with Image.open(BytesIO(kept)) as image:
        red, green, blue = image.convert("RGB").getpixel((3, 3))
    assert red > 240
    assert green < 15
    assert blue < 15


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L"])
def test_a_png_of_any_kind_shows_the_same(mode: str) -> None:
    drawn = Image.new("RGBA", (6, 6), (0, 0, 0, 0))
    drawn.putpixel((2, 2), (255, 255, 255, 255))
    kept = BytesIO()
    drawn.convert(mode).save(kept, "PNG", **({"transparency": 0} if mode == "P" else {}))
    with Image.open(BytesIO(clean(kept.getvalue(), "image.png"))) as after, Image.open(kept) as before:
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


def test_a_photo_of_a_telephone_is_stripped_without_filling_the_memory() -> None:
    import tracemalloc

    content = made.saved("JPEG", (4000, 3000))
    tracemalloc.start()
    clean(content, "photo.jpg")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


# --- PDF --------------------------------------------------------------------------------------------------


def test_a_pdf_loses_its_author_its_dates_and_those_of_its_notes_and_photos() -> None:
    kept = clean(made.pdf(), "note.pdf")
    assert told_in(kept) == []
    read = PdfReader(BytesIO(kept))
    assert not read.metadata
    assert read.xmp_metadata is None
    (note,) = read.pages[0]["/Annots"]
    assert note.get_object()["/Contents"] == "À relire"


def test_a_pdf_keeps_its_pages_and_pictures() -> None:
    (page,) = PdfReader(BytesIO(clean(made.pdf(), "note.pdf"))).pages
    (photo,) = page.images
    assert (page.mediabox.width, photo.image.size) == (200, (12, 8))


# --- Office suites ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("parts", "suffix"), [(made.DOCX, "docx"), (made.ODT, "odt")])
def test_a_text_loses_its_authors_its_days_and_the_places_of_its_photos(parts: dict, suffix: str) -> None:
    kept = clean(made.office(parts), f"note.{suffix}")
    assert told_in(kept) == []
    for name, content in made.parts_of(kept).items():
        assert told_in(content) == [], name
    said = made.parts_of(kept)["word/document.xml" if suffix == "docx" else "content.xml"].decode()
    assert "Ce que dit le texte." in said


@pytest.mark.parametrize(("parts", "suffix"), [(made.DOCX, "docx"), (made.ODT, "odt")])
def test_nothing_in_a_text_points_to_what_was_taken_out(parts: dict, suffix: str) -> None:
    kept = made.parts_of(clean(made.office(parts), f"note.{suffix}"))
    gone = set(parts) - set(kept)
    assert gone
    listed = "".join(content.decode() for name, content in kept.items() if name.endswith((".rels", ".xml")))
    assert [name for name in gone if name.rpartition("/")[2] in listed] == []


def test_a_text_still_begins_with_its_kind() -> None:
    with zipfile.ZipFile(BytesIO(clean(made.office(made.ODT), "note.odt"))) as kept:
        first = kept.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {entry.date_time[0] for entry in kept.infolist()} == {1980}
        assert kept.testzip() is None


@pytest.mark.parametrize(
    ("name", "content", "attribute"),
    [
        ("ppt/commentAuthors.xml", '<p:cmAuthor id="0" name="{}" initials="JDS"/>', 'id="0"'),
        ("xl/comments1.xml", "<authors><author>{}</author></authors>", "<authors>"),
        ("xl/persons/person.xml", '<person displayName="{}" id="1"/>', 'id="1"'),
        ("word/people.xml", '<w15:person w15:author="{}"/>', "<w15:person"),
    ],
)
def test_the_authors_of_notes_are_nobody(name: str, content: str, attribute: str) -> None:
    parts = {"[Content_Types].xml": "<Types/>", name: content.format(made.AUTHOR)}
    kept = made.parts_of(clean(made.office(parts), "note.pptx"))[name]
    assert told_in(kept) == []
    assert attribute in kept.decode()


# --- Names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Plaquette du LEAO", "plaquette-du-leao-"),
        ("Plaquette.pdf", "plaquette-"),
        ("PLAQUETTE.PDF", "plaquette-"),
        ("Violences conjugales", "fichier-"),
        ("../../etc/passwd", "etcpasswd-"),
        ("***", "fichier-"),
        ("", "fichier-"),
        ("Un titre qui n’en finit pas, " * 9, "un-titre-qui-nen-finit-pas-"),
    ],
)
def test_a_file_has_a_name_that_tells_nothing(title: str, begins: str) -> None:
    name = neutral_name(title, "pdf")
    assert re.fullmatch(r"[a-z0-9-]{1,50}\.pdf", name)
    assert name.startswith(begins)
    assert telling_words(name) == []
    assert name != neutral_name(title, "pdf")


# --- As they are stored -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_stored_is_stripped_and_neutral() -> None:
    picture = SitePicture.objects.create(title="Photo", file=made.upload(made.jpeg(6), "IMG_Dupont.jpg"))
    document = SiteDocument.objects.create(title="Note", file=made.upload(made.pdf(), "Dupont.pdf"))
    for kept in (picture, document):
        assert told_in(kept.file.read()) == []
        assert "upont" not in kept.file.name
        assert kept.file_size == kept.file.size
    assert (picture.width, picture.height) == (8, 12)
    assert telling_words(document.filename) == []


@pytest.mark.django_db
def test_saving_again_keeps_the_file() -> None:
    picture = SitePicture.objects.create(title="Photo", file=made.upload(made.jpeg(), "a.jpg"))
    name = picture.file.name
    picture.title = "Autre titre"
    picture.save()
    assert SitePicture.objects.get(pk=picture.pk).file.name == name


UPLOADS = {"documents": ("secret.pdf", "setup.docx", "archive.docx"), "images": ("animated.gif", "setup.jpg")}
