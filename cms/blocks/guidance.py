"""What a guide says to do: danger, signs, words, questions, steps, cases."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.blocks.words import Helplines, Paragraph, Phrase, Prose
from cms.reading import reading_in

ONE_SIGN = "Un faisceau, jamais un seul signe."


class Danger(blocks.StructBlock):
    """What to do if it is now."""

    title = Phrase(label=_("Titre"), max_length=80, default="S’il faut agir tout de suite")
    text = Prose(label=_("Que faire"))
    helplines = Helplines(label=_("Numéros à composer"), required=False)

    class Meta:
        template = "cms/blocks/danger.html"
        icon = "warning"
        label = _("Danger")
        description = _("Quoi faire tout de suite, et qui appeler. Un seul par page, en haut.")
        preview_value = {
            "title": "S’il faut agir tout de suite",
            "text": "<p>Restez avec la personne. Appelez le {17}.</p>",
            "helplines": ["17", "119"],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        numbers = reading_in(context).numbers
        return context | {"lines": [numbers[key] for key in value["helplines"] or () if key in numbers]}


class SignGroup(blocks.StructBlock):
    title = Phrase(label=_("Famille de signes"), max_length=80)
    signs = blocks.ListBlock(Phrase(max_length=200), label=_("Signes"), min_num=1)


class Signs(blocks.StructBlock):
    intro = Paragraph(label=_("Introduction"), required=False)
    groups = blocks.ListBlock(SignGroup(), label=_("Groupes"), min_num=1)
    reminder = Phrase(label=_("Rappel"), max_length=160, default=ONE_SIGN)

    class Meta:
        template = "cms/blocks/signs.html"
        icon = "list-ul"
        label = _("Signes qui alertent")
        description = _("Des signes, groupés, avec le rappel qu’aucun ne suffit seul.")
        preview_value = {
            "intro": "",
            "reminder": ONE_SIGN,
            "groups": [
                {"title": "Absences", "signs": ["Fugues répétées", "Retours sans explication"]},
                {"title": "Objets", "signs": ["Un second téléphone", "De l’argent sans origine connue"]},
            ],
        }


class Say(blocks.StructBlock):
    say = blocks.ListBlock(Phrase(max_length=200), label=_("Dire"), min_num=1)
    avoid = blocks.ListBlock(Phrase(max_length=200), label=_("Ne pas dire"), min_num=1)

    class Meta:
        template = "cms/blocks/say.html"
        icon = "openquote"
        label = _("Dire, ne pas dire")
        description = _("Des phrases toutes prêtes, et celles qui ferment la parole.")
        preview_value = {
            "say": ["« Je te crois. »", "« Tu n’es pas responsable. »"],
            "avoid": ["« Je te promets le secret. »", "« Tu étais d’accord. »"],
        }


class Question(blocks.StructBlock):
    question = Phrase(label=_("Question"), max_length=240)
    why = Phrase(label=_("Pourquoi la poser"), max_length=240, required=False)


class Questions(blocks.StructBlock):
    intro = Paragraph(label=_("Introduction"), required=False)
    questions = blocks.ListBlock(Question(), label=_("Questions"), min_num=1)

    class Meta:
        template = "cms/blocks/questions.html"
        icon = "help"
        label = _("Questions à poser")
        description = _("Des questions ouvertes, chacune avec sa raison.")
        preview_value = {
            "intro": "",
            "questions": [
                {
                    "question": "« Où dors-tu ce soir ? »",
                    "why": "Pour savoir s’il faut protéger tout de suite.",
                }
            ],
        }


class Step(blocks.StructBlock):
    title = Phrase(label=_("Étape"), max_length=120)
    when = Phrase(
        label=_("Quand"),
        max_length=60,
        required=False,
        help_text=_("« Tout de suite », « dans la journée »…"),
    )
    text = Prose(label=pgettext_lazy("étape", "Comment"))


class Steps(blocks.StructBlock):
    title = Phrase(label=_("Titre"), max_length=120, required=False)
    steps = blocks.ListBlock(Step(), label=_("Étapes"), min_num=1)

    class Meta:
        template = "cms/blocks/steps.html"
        icon = "order"
        label = _("Étapes")
        description = _("Ce que l’on fait, dans l’ordre.")
        preview_value = {
            "title": "",
            "steps": [
                {
                    "title": "Écouter",
                    "when": "Tout de suite",
                    "text": "<p>Dans un lieu calme, sans témoin.</p>",
                },
                {
                    "title": "Écrire",
                    "when": "Dans la journée",
                    "text": "<p>Les mots entendus, tels quels.</p>",
                },
            ],
        }


class Case(blocks.StructBlock):
    title = Phrase(label=_("Titre"), max_length=120)
    story = Prose(
        label=_("Situation"),
        help_text=_("Toujours inventée : aucun détail qui ferait reconnaître quelqu’un."),
    )
    reactions = blocks.ListBlock(Phrase(max_length=300), label=_("Ce que l’on fait"), min_num=1)

    class Meta:
        template = "cms/blocks/case.html"
        icon = "user"
        label = _("Situation")
        description = _("Un cas fictif, et ce que l’on fait.")
        preview_value = {
            "title": "Lina, 15 ans",
            "story": "<p>Elle s’endort en cours depuis un mois.</p>",
            "reactions": ["L’infirmière la reçoit seule.", "Elle transmet à la CRIP."],
        }
