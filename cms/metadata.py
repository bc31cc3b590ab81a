"""Files as they may be handed out: the same content, without what it tells of who made it.

A PDF loses its information dictionary and XMP; a text or a sheet of an office suite, its properties; a
picture, its EXIF (place, date, machine). The name becomes the title's, or a neutral one when that would tell.
"""

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from cms.office_files import OFFICE, bare_jpeg, bare_office
from directory.discretion import telling_words

PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
DOCUMENTS = frozenset({"pdf", *OFFICE})
# What the readers of these formats raise on files that are not theirs, or are damaged.
_UNREADABLE = (
    PyPdfError, zipfile.BadZipFile, zlib.error, Image.DecompressionBombError, OSError, EOFError, SyntaxError,
    ValueError, LookupError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip


class Stripped(ContentFile):
    """One that need not be stripped again."""


def stripped(file: File, title: str) -> Stripped:
    """A copy without metadata, under a neutral name. ValidationError when it is not what its name says."""
    suffix = str(file.name).rsplit(".", 1)[-1].lower()
    file.seek(0)
    return Stripped(_cleaned(file.read(), suffix), name=neutral_name(title, suffix))


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
            return bare_office(content, suffix)
        if suffix in PICTURES:
            return _picture(content, PICTURES[suffix])
    except _UNREADABLE as error:
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
    for held in writer._objects:
        if isinstance(held, DictionaryObject):
            _forget(held, ("/Metadata", "/PieceInfo", "/LastModified"))
        if isinstance(held, StreamObject) and held.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            held._data = bare_jpeg(held._data)
    for page in writer.pages:
        for note in page.get("/Annots") or ():
            _forget_author(note.get_object())
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _forget_author(note: DictionaryObject) -> None:
    # Of a field of a form, /T is the name that it is known by.
    _forget(note, ("/M", "/CreationDate", *(() if note.get("/Subtype") == "/Widget" else ("/T",))))


def _forget(held: DictionaryObject, keys: Iterable[str]) -> None:
    for key in keys:
        held.pop(key, None)


def _picture(content: bytes, name: str) -> bytes:
    with Image.open(BytesIO(content)) as image:
        if getattr(image, "is_animated", False):
            raise ValueError("animated")
        upright = ImageOps.exif_transpose(image)
        # What else is kept beside the picture tells of who took it.
        upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
        kept = BytesIO()
        upright.save(kept, name)
    return kept.getvalue()
