"""Files that tell who made them, where and when: made for the tests, and read again."""

import zipfile
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

AUTHOR = "Jeanne Dupont-Secrète"
CAMERA = "AppareilEspion 3000"
DAY = "2019:02:03 04:05:06"
_XMP = f"<x:xmpmeta><dc:creator>{AUTHOR}</dc:creator></x:xmpmeta>"


def upload(content: bytes, name: str) -> ContentFile:
    return ContentFile(content, name=name)


# --- Pictures ---------------------------------------------------------------------------------------------


def jpeg(orientation: int = 1, size: tuple[int, int] = (12, 8)) -> bytes:
    """A photo with its place, its day, its camera and its author."""
    exif = Image.Exif()
    exif[Base.Artist], exif[Base.Model], exif[Base.DateTime] = AUTHOR, CAMERA, DAY
    exif[Base.Orientation] = orientation
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", (45.0, 22.0, 1.0)
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (5.0, 35.0, 2.0)
    return saved("JPEG", size, exif=exif, comment=AUTHOR.encode(), xmp=_XMP.encode())


def saved(kind: str, size: tuple[int, int] = (12, 8), mode: str = "RGB", **values: object) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "red").save(kept, kind, **values)
    return kept.getvalue()


# --- PDF --------------------------------------------------------------------------------------------------


def pdf(password: str = "") -> bytes:
    """One page, written by somebody, annotated by somebody, with a photo that says where it was taken."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    writer.add_metadata(
        {"/Author": AUTHOR, "/Creator": CAMERA, "/Title": "Note interne", "/CreationDate": "D:20190203040506"}
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(_stream(_XMP.encode()))
    page[NameObject("/LastModified")] = TextStringObject("D:20190203040506")
    note = Text(rect=(10, 10, 20, 20), text="À relire")
    note[NameObject("/T")] = TextStringObject(AUTHOR)
    note[NameObject("/M")] = TextStringObject("D:20190203040506")
    writer.add_annotation(0, note)
    photo = DictionaryObject({NameObject("/Photo"): writer._add_object(_photo())})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): photo})
    page[NameObject("/Contents")] = writer._add_object(_stream(b"q 12 0 0 8 10 10 cm /Photo Do Q"))
    if password:
        writer.encrypt(password)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def _photo() -> DecodedStreamObject:
    """The photo as it is, for whoever takes it out of the page; what it shows keeps its own dates."""
    made = _stream(jpeg())
    values = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/ColorSpace": "/DeviceRGB"}
    made.update({NameObject(key): NameObject(value) for key, value in values.items()})
    sizes = {"/Width": 12, "/Height": 8, "/BitsPerComponent": 8}
    made.update({NameObject(key): NumberObject(value) for key, value in sizes.items()})
    made[NameObject("/Metadata")] = _stream(_XMP.encode())
    return made


# --- Office suites ----------------------------------------------------------------------------------------

_RELATION = '<Relationship Id="r{}" Type="http://x/{}" Target="{}"{}/>'


def _relations(*targets: tuple[str, str]) -> str:
    rows = [_RELATION.format(number, kind, target, "") for number, (kind, target) in enumerate(targets)]
    return f"<Relationships>{''.join(rows)}</Relationships>"


DOCX = {
    "[Content_Types].xml": (
        '<Types><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="w"/>'
        '<Override PartName="/docProps/core.xml" ContentType="c"/>'
        '<Override PartName="/customXml/itemProps1.xml" ContentType="i"/></Types>'
    ),
    "_rels/.rels": _relations(
        ("officeDocument", "word/document.xml"),
        ("core-properties", "docProps/core.xml"),
        ("thumbnail", "docProps/thumbnail.jpeg"),
    ),
    "docProps/core.xml": f"<p><dc:creator>{AUTHOR}</dc:creator><c>2019-02-03T04:05:06Z</c></p>",
    "docProps/app.xml": f"<p><Company>{AUTHOR}</Company></p>",
    "docProps/custom.xml": f"<p>{AUTHOR}</p>",
    "docProps/thumbnail.jpeg": jpeg(),
    "customXml/item1.xml": f"<p>{AUTHOR}</p>",
    "customXml/itemProps1.xml": "<p/>",
    "word/document.xml": (
        f'<w:document><w:p><w:t>Ce que dit le texte.</w:t><w:ins w:id="1" w:author="{AUTHOR}" '
        'w:date="2019-02-03T04:05:06Z"><w:t>Un ajout.</w:t></w:ins></w:p></w:document>'
    ),
    "word/_rels/document.xml.rels": _relations(
        ("image", "media/image1.jpeg"), ("customXml", "../customXml/item1.xml"), ("comments", "comments.xml")
    ),
    "word/comments.xml": (
        f'<w:comments><w:comment w:id="0" w:author="{AUTHOR}" w:initials="JDS" '
        'w:date="2019-02-03T04:05:06Z"><w:t>Bien vu.</w:t></w:comment></w:comments>'
    ),
    "word/media/image1.jpeg": jpeg(),
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "meta.xml": f"<m><dc:creator>{AUTHOR}</dc:creator><dc:date>2019-02-03T04:05:06</dc:date></m>",
    "content.xml": (
        "<office:text><text:p>Ce que dit le texte.</text:p><office:annotation>"
        f"<dc:creator>{AUTHOR}</dc:creator><dc:date>2019-02-03T04:05:06</dc:date>"
        "<text:p>Bien vu.</text:p></office:annotation></office:text>"
    ),
    "Thumbnails/thumbnail.png": saved("PNG"),
    "Pictures/photo.jpg": jpeg(),
    "META-INF/manifest.xml": (
        '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/>'
        '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>'
    ),
}


def office(parts: dict[str, str | bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2019, 2, 3, 4, 5, 6))
            entry.comment = AUTHOR.encode() if name == "meta.xml" else b""
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
        made.comment = AUTHOR.encode()
    return kept.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as read:
        return {name: read.read(name) for name in read.namelist()}
