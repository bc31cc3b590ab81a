"""The forms of the lexicon and of the doors, as Wagtail lays them out."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import TextFieldComparison, diff_text
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from directory.administration.guidance_forms import DoorForm, LexiconForm


class JsonComparison(TextFieldComparison):
    """The words that changed, not the whole value twice."""

    def htmldiff(self) -> str:
        before, after = (json.dumps(one, indent=1, ensure_ascii=False) for one in (self.val_a, self.val_b))
        return diff_text(before, after).to_html()


class JsonPanel(FieldPanel):
    def get_comparison_class(self) -> Any:
        return JsonComparison


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
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("source_date"), FieldPanel("checked_on")]),
        JsonPanel("when"),
        JsonPanel("never"),
        JsonPanel("steps"),
    ],
    base_form_class=DoorForm,
)
