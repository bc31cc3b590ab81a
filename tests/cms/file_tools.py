"""Small real files: a picture and a document."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfWriter
from wagtail.models import Collection

from cms.models import SiteDocument, SitePicture


def _keep_collection() -> None:
    Collection.objects.get_or_create(depth=1, defaults={"name": "Root", "path": "0001", "numchild": 0})


def picture(title: str = "Un carré", size: int = 900) -> SitePicture:
    _keep_collection()
    kept = BytesIO()
    Image.new("RGB", (size, size), "#17595f").save(kept, "PNG")
    return SitePicture.objects.create(title=title, file=ContentFile(kept.getvalue(), name="IMG_2041.png"))


def document(title: str = "Une plaquette", name: str = "Brouillon de Mme Untel.pdf") -> SiteDocument:
    _keep_collection()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Mme Untel", "/Title": "Brouillon"})
    kept = BytesIO()
    writer.write(kept)
    return SiteDocument.objects.create(title=title, file=ContentFile(kept.getvalue(), name=name))
