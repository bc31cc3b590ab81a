"""The forms of pages: subjects as boxes to tick, and refusals said where the slug and the title are typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from cms.discreet import refuse_taken, refuse_telling
from directory import taxonomy
from directory.administration.fields import VocabularyField
from directory.models import ActorType


class DiscreetForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        """A page that is being made has no place in the tree yet: its model knows no parent."""
        cleaned = super().clean()
        if cleaned.get("slug") and not self.instance.pk:
            try:
                refuse_taken(cleaned["slug"], self.parent_page)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class DiscreetCopyForm(CopyForm):
    def clean(self) -> dict[str, Any]:
        """A copy is saved without asking its model, or refused there with an error that nobody sees."""
        cleaned = super().clean()
        slug, parent = cleaned.get("new_slug") or "", cleaned.get("new_parent_page")
        try:
            refuse_telling({"new_title": cleaned.get("new_title") or "", "new_slug": slug})
            refuse_taken(slug, parent, "new_slug")
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned


class SubjectsForm(DiscreetForm):
    types = VocabularyField(
        label=_("Acteurs et mesures dont parle la page"),
        help_text=_(
            "Leurs fiches mènent à cette page. Ceux des blocs « Services de l’annuaire » comptent déjà."
        ),
    )
    violences = VocabularyField(taxonomy.VIOLENCES, label=_("Violences"))
    publics = VocabularyField(taxonomy.PUBLICS, label=_("Publics"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = ActorType.objects.filter(is_open=True).only("slug", "name", "acronym")
        self.fields["types"].choices = [(one.slug, str(one)) for one in types]
