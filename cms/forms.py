"""The form of a page: subjects as boxes to tick, not as slugs to type."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from directory import taxonomy
from directory.administration.fields import VocabularyField
from directory.models import ActorType


class SubjectsForm(WagtailAdminPageForm):
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
