"""Plain matter: titles, text, quotations, tables, pictures, files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.words import Paragraph, Phrase, Prose, refuse_typed_contacts


class Heading(Phrase):
    class Meta:
        template = "cms/blocks/heading.html"
        icon = "title"
        label = gettext_lazy("Intertitre")
        description = gettext_lazy("Le titre d’une partie de la page.")
        preview_value = "Ce qui doit alerter"


class Text(Prose):
    class Meta:
        template = "cms/blocks/text.html"
        icon = "pilcrow"
        label = gettext_lazy("Texte")
        description = gettext_lazy("Paragraphes et listes. Un numéro national s’écrit par sa clé, {119}.")
        preview_value = "<p>Vous n’avez pas besoin de preuve pour agir. Le {119} conseille jour et nuit.</p>"


class Quote(blocks.StructBlock):
    text = Paragraph(label=gettext_lazy("Citation"))
    source = Phrase(label=gettext_lazy("Qui le dit"), max_length=120)

    class Meta:
        template = "cms/blocks/quote.html"
        icon = "openquote"
        label = gettext_lazy("Citation")
        description = gettext_lazy("Les mots d’une personne ou d’un texte, avec leur source.")
        preview_value = {
            "text": "On m’a crue. C’est là que tout a changé.",
            "source": "Témoignage inventé pour l’exemple",
        }


class Table(TableBlock):
    """Cells are plain text, and are read as the rest: nothing that grows old in them."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        for row in (value or {}).get("data") or []:
            refuse_typed_contacts("\n".join(str(cell) for cell in row if cell))
        refuse_typed_contacts((value or {}).get("table_caption") or "")
        if value and not value.get("table_caption"):
            raise ValidationError(_("Donnez une légende au tableau : elle dit ce qu’il compare."))
        return value

    class Meta:
        template = "cms/blocks/table.html"
        icon = "table"
        label = gettext_lazy("Tableau")
        description = gettext_lazy("Peu de colonnes, et une légende.")
        preview_value = {
            "data": [["Signe", "Ce que l’on fait"], ["Danger", "Appeler"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Du signe au geste",
        }


class Picture(blocks.StructBlock):
    image = ImageChooserBlock(
        label=gettext_lazy("Image"),
        help_text=gettext_lazy("Ni façade, ni personne que l’on pourrait reconnaître."),
    )
    alternative = Phrase(
        label=gettext_lazy("Ce que montre l’image"),
        max_length=250,
        help_text=gettext_lazy("Lu à la place de l’image. Une image qui ne dit rien n’a pas sa place ici."),
    )
    caption = Phrase(label=gettext_lazy("Légende"), max_length=250, required=False)

    class Meta:
        template = "cms/blocks/picture.html"
        icon = "image"
        label = gettext_lazy("Image")
        description = gettext_lazy("Un schéma ou une affiche, avec ce qu’elle montre en toutes lettres.")


class Download(blocks.StructBlock):
    document = DocumentChooserBlock(label=gettext_lazy("Document"))
    label = Phrase(label=gettext_lazy("Nom affiché"), max_length=120)
    about = Phrase(label=gettext_lazy("De quoi il s’agit"), max_length=250, required=False)

    class Meta:
        template = "cms/blocks/download.html"
        icon = "download"
        label = gettext_lazy("Document à télécharger")
        description = gettext_lazy("Un fichier, avec son format et son poids.")
