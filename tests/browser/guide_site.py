"""A site of guides to walk through: each kind of page, each block, two services that must not be mixed up."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfWriter

from cms.blocks import Body
from cms.models import GuideIndexPage, ResourcePage, SiteDocument, SitePicture
from search import indexing
from tests import pages, territory
from tests.factories import ActorTypeFactory, HelplineFactory, ServiceFactory

ALTERNATIVE = "Trois points reliés par des traits : qui voit, qui transmet, qui protège."
Block = tuple[str, Any]


@dataclass(frozen=True)
class GuideSite:
    """`addresses`: those of its pages, by the name that tests give them."""

    url: str
    addresses: dict[str, str]


def make_site(url: str) -> GuideSite:
    service = _directory()
    home, shelf = pages.make_home(), pages.make_shelf(body=_shelf_body(), summary="Que voir, que dire.")
    reflex = pages.make_reflex(
        body=preview("danger", "steps"), summary="Les gestes, dans l’ordre.", version="1.0"
    )
    guide = pages.make_guide(
        heading="Mineurs : identifier, premiers réflexes", body=_text("Pour celles et ceux qui côtoient."),
        summary="Ce guide dit quoi regarder, quoi dire, qui appeler.",
    )  # fmt: skip
    chapter = pages.make_chapter(
        guide, "reperer", every_block(reflex.pk), title="Repérer les signes",
        heading="Repérer sans se tromper", summary="Aucun signe ne prouve rien à lui seul.",
    )  # fmt: skip
    following = pages.make_chapter(guide, "decider", preview("tree", "services"), title="Décider")
    measure = pages.make_measure(
        what="Un téléphone qui alerte vite.", for_whom="Une personne en grave danger.",
        who_decides="Le procureur de la République.", body=preview("danger", "services", "law"),
    )  # fmt: skip
    resource = pages.make_page(
        ResourcePage, pages.make_shelf("ressources"), "plaquette-essai", preview("quote"),
        summary="Une plaquette à remettre.", publisher="Un service (exemple)", for_whom="Tous",
        document=_document(),
    )  # fmt: skip
    standard = pages.make_standard(
        body=[*preview("heading", "table"), ("operator", {"part": "editor"}), ("operator", {"part": "data"})]
    )
    _write(home, [*_text("Pour agir juste."), ("pages", {"title": "À lire", "pages": [guide.pk, reflex.pk]})])
    indexing.rebuild()
    made = {"shelf": GuideIndexPage.objects.get(pk=shelf.pk), "guide": guide, "chapter": chapter,
            "next chapter": following, "reflex sheet": reflex, "measure": measure, "resource": resource,
            "standard": standard}  # fmt: skip
    return GuideSite(
        url,
        {name: page.address for name, page in made.items()}
        | {
            "home": "/",
            "service": service.get_absolute_url(),
            "type": service.type.get_absolute_url(),
            "safety": "/naviguer-en-securite/",
            "accessibility": "/accessibilite/",
            "legal": "/mentions-legales/",
            "privacy": "/donnees-personnelles/",
        },
    )


def preview(*names: str) -> list[Block]:
    """Blocks with the values that their previews show."""
    return [(name, Body().child_blocks[name].meta.preview_value) for name in names]


def every_block(linked: int) -> list[Block]:
    """Whoever adds a block finds it here, unless it needs something of the site's own."""
    own: dict[str, Any] = {
        "text": "<p>La CRIP écoute. L’ASE protège, et la CRIP transmet.</p><ul><li>Un fait</li></ul>",
        "pages": {"title": "Lire ensuite", "pages": [linked]},
        "image": {"image": _picture().pk, "alternative": ALTERNATIVE, "caption": "Qui fait quoi"},
        "download": {"document": _document().pk, "label": "La trame à remplir", "about": "Une page."},
    }
    blocks = Body().child_blocks
    return [(name, own.get(name) or block.meta.preview_value) for name, block in blocks.items()]


def _directory() -> Any:
    """A cell in each of two departments; returns that of Isère."""
    territory.load_communes()
    for key in ("17", "114", "15", "119", "115", "3919"):
        HelplineFactory(key=key)
    for slug in ("ase", "tgd"):
        ActorTypeFactory(slug=slug)
    for code, town, name in (
        ("05", territory.GAP, "Cellule des Alpes (exemple)"),
        ("38", territory.VOIRON, "Cellule d’Isère (exemple)"),
    ):
        made = ServiceFactory(
            type_slug="crip", name=name, department=code, at=town,
            coverage=[territory.department(code)], phone="+33465710012",
        )  # fmt: skip
    return made


def _text(words: str) -> list[Block]:
    return [("text", f"<p>{words}</p>")]


def _shelf_body() -> list[Block]:
    return [*preview("danger"), *_text("Un guide se lit à tête reposée.")]


def _write(page: Any, body: list[Block]) -> None:
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{"type": name, "value": value} for name, value in body]
    )
    page.save_revision().publish()


def _picture() -> SitePicture:
    drawn = BytesIO()
    Image.new("RGB", (800, 300), "#eaf2f1").save(drawn, "PNG")
    return SitePicture.objects.create(title="Schéma", file=ContentFile(drawn.getvalue(), "schema.png"))


def _document() -> SiteDocument:
    written, file = PdfWriter(), BytesIO()
    written.add_blank_page(210, 297)
    written.write(file)
    return SiteDocument.objects.create(title="Trame", file=ContentFile(file.getvalue(), "trame.pdf"))
