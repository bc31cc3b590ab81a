"""Files as they may be handed out: the same content, without what it tells of who made it.

A PDF loses its information dictionary and XMP; a text or a sheet of an office suite, its properties; a
picture, its EXIF (place, date, machine). The name becomes the title's, or a neutral one when that would tell.
"""

import re
import zipfile
from io import BytesIO
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from directory.discretion import telling_words

OFFICE = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
DOCUMENTS = frozenset({"pdf", *OFFICE})
_PROPERTIES = re.compile(r"docProps/.*|meta\.xml|Thumbnails/.*|customXml/.*")
_EMPTY = {
    "docProps/core.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp='
        '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
        '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
        '"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
    "meta.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
        '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
        "</office:document-meta>"
    ),
}


def stripped(file: File, title: str) -> ContentFile:
    """A copy without metadata, under a neutral name. ValidationError when it is not what its name says."""
    suffix = str(file.name).rsplit(".", 1)[-1].lower()
    file.seek(0)
    return ContentFile(_cleaned(file.read(), suffix), name=neutral_name(title, suffix))


def neutral_name(title: str, suffix: str) -> str:
    """ "Plaquette du LEAO" → "plaquette-du-leao-3fa9.pdf"; what would tell becomes "fichier-3fa9.pdf"."""
    slug = slugify(title.rsplit(".", 1)[0] if title.lower().endswith(f".{suffix}") else title)[:40].strip("-")
    if not slug or telling_words(slug):
        slug = "fichier"
    return f"{slug}-{token_hex(2)}.{suffix}"


def _cleaned(content: bytes, suffix: str) -> bytes:
    try:
        if suffix == "pdf":
            return _pdf(content)
        if suffix in OFFICE:
            return _office(content)
        if suffix in PICTURES:
            return _picture(content, PICTURES[suffix])
    except (PyPdfError, zipfile.BadZipFile, UnidentifiedImageError, OSError, ValueError, KeyError) as error:
        raise ValidationError(_refused(suffix)) from error
    known = ", ".join(sorted({*DOCUMENTS, *PICTURES}))
    raise ValidationError(
        _("Format refusé : enregistrez le fichier dans l’un de ceux-ci : %(known)s.") % {"known": known}
    )


def _refused(suffix: str) -> str:
    text = _(
        "Ce fichier ne se lit pas comme un « %(suffix)s » : ouvrez-le, enregistrez-le de nouveau, réessayez."
    )
    return text % {"suffix": suffix}


def _pdf(content: bytes) -> bytes:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise ValueError("encrypted")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    for key in ("/Metadata", "/PieceInfo"):
        if key in root:
            del root[key]
    for page in writer.pages:
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key in page:
                del page[key]
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _office(content: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        for entry in source.infolist():
            if _PROPERTIES.fullmatch(entry.filename) and entry.filename not in _EMPTY:
                continue
            held = _EMPTY.get(entry.filename)
            data = held.encode() if held else source.read(entry)
            plain = zipfile.ZipInfo(entry.filename)
            plain.compress_type = entry.compress_type
            target.writestr(plain, data)
    return kept.getvalue()


def _picture(content: bytes, name: str) -> bytes:
    with Image.open(BytesIO(content)) as image:
        if getattr(image, "is_animated", False):
            raise ValueError("animated")
        upright = ImageOps.exif_transpose(image)
        bare = Image.new(upright.mode, upright.size)
        bare.putdata(list(upright.getdata()))
        if upright.mode == "P" and upright.palette:
            bare.putpalette(upright.getpalette() or [])
        kept = BytesIO()
        bare.save(kept, name)
    return kept.getvalue()
