"""The forms of the lexicon and of the doors, as Wagtail lays them out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from directory.administration.guidance_forms import DoorForm, LexiconForm

LEXICON = ObjectList(
    [
        HelpPanel(content=_("Ce que les gens tapent, et ce que cela veut dire. Vaut aussitôt, pour tous.")),
        FieldPanel("words"),
        FieldPanel("concepts"),
        FieldRowPanel([FieldPanel("minor"), FieldPanel("adult")]),
        FieldRowPanel([FieldPanel("clue"), FieldPanel("exact"), FieldPanel("is_open")]),
        FieldPanel("note"),
    ],
    base_form_class=LexiconForm,
)
DOOR = ObjectList(
    [
        FieldRowPanel([FieldPanel("key"), FieldPanel("rank"), FieldPanel("is_open")]),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
        FieldPanel("when"),
        FieldPanel("never"),
        FieldPanel("steps"),
    ],
    base_form_class=DoorForm,
)
