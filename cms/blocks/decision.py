"""A decision tree: questions, answers as buttons that open without a script, and the same as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.blocks.words import Paragraph, Phrase

DEEPEST = 6


class AnswerBlock(blocks.StructBlock):
    label = Phrase(label=gettext_lazy("Réponse"), max_length=80)
    advice = Paragraph(label=gettext_lazy("Alors"), required=False, rows=2)
    next = blocks.IntegerBlock(
        label=gettext_lazy("Puis la question n°"),
        default=0,
        min_value=0,
        max_value=40,
        required=False,
        help_text=gettext_lazy("0 : on s’arrête là."),
    )


class QuestionBlock(blocks.StructBlock):
    question = Phrase(label=gettext_lazy("Question"), max_length=200)
    answers = blocks.ListBlock(AnswerBlock(), label=gettext_lazy("Réponses"), min_num=2, max_num=5)


class Tree(blocks.StructBlock):
    title = Phrase(label=gettext_lazy("Titre"), max_length=120)
    questions = blocks.ListBlock(
        QuestionBlock(), label=gettext_lazy("Questions, la première d’abord"), min_num=1, max_num=40
    )

    class Meta:
        template = "cms/blocks/tree.html"
        icon = "tasks"
        label = gettext_lazy("Arbre de décision")
        description = gettext_lazy(
            "Des questions numérotées ; chaque réponse conseille, ou mène à une autre question."
        )
        preview_value = {
            "title": "Que faire maintenant ?",
            "questions": [
                {
                    "question": "La personne est-elle en danger grave ou immédiat ?",
                    "answers": [
                        {"label": "Oui", "advice": "Appelez le {17}.", "next": 0},
                        {"label": "Non, ou je ne sais pas", "advice": "", "next": 2},
                    ],
                },
                {
                    "question": "Avez-vous une inquiétude, même sans preuve ?",
                    "answers": [
                        {"label": "Oui", "advice": "Transmettez à la CRIP.", "next": 0},
                        {"label": "J’hésite", "advice": "Le {119} conseille.", "next": 0},
                    ],
                },
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        refuse_broken_tree(value["questions"])
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        return context | {
            "start": node_of(value["questions"], 1),
            "lines": list(lines_of(value["questions"])),
        }


@dataclass(frozen=True)
class Node:
    question: str
    answers: tuple["Branch", ...]


@dataclass(frozen=True)
class Branch:
    label: str
    advice: str
    then: Node | None


@dataclass(frozen=True)
class Line:
    """One question of the text version; each answer with its advice and the number of the next question."""

    question: str
    answers: tuple[tuple[str, str, int], ...]


def node_of(questions: Any, number: int, depth: int = 1) -> Node | None:
    """The question of that number (from 1) with all that follows; None past the end or too deep."""
    if not 1 <= number <= len(questions) or depth > DEEPEST:
        return None
    asked = questions[number - 1]
    branches = (
        Branch(one["label"], one["advice"], node_of(questions, one["next"] or 0, depth + 1))
        for one in asked["answers"]
    )
    return Node(asked["question"], tuple(branches))


def lines_of(questions: Any) -> Iterator[Line]:
    for asked in questions:
        answers = ((one["label"], one["advice"], one["next"] or 0) for one in asked["answers"])
        yield Line(asked["question"], tuple(answers))


def refuse_broken_tree(questions: Any) -> None:
    """Every question is reached, none leads back, every answer says or asks something."""
    for number, asked in enumerate(questions, start=1):
        for one in asked["answers"]:
            _check_answer(number, one["label"], one["advice"], one["next"] or 0, len(questions))
    reached = _reached(questions)
    missing = [str(number) for number in range(1, len(questions) + 1) if number not in reached]
    if missing:
        text = _("Aucune réponse ne mène à la question n° %(numbers)s.")
        raise ValidationError(text % {"numbers": ", ".join(missing)})
    if max(reached.values()) > DEEPEST:
        raise ValidationError(_("Plus de %(most)d questions à la suite : raccourcissez.") % {"most": DEEPEST})


def _check_answer(number: int, label: str, advice: str, following: int, count: int) -> None:
    place = {"number": number, "label": label}
    if not advice and not following:
        text = _(
            "Question %(number)d, réponse « %(label)s » : dites quoi faire, ou menez à une autre question."
        )
        raise ValidationError(text % place)
    if following > count:
        text = _("Question %(number)d, réponse « %(label)s » : il n’y a pas de question n° %(next)d.")
        raise ValidationError(text % (place | {"next": following}))
    if following and following <= number:
        text = _("Question %(number)d, réponse « %(label)s » : elle doit mener plus loin, non en arrière.")
        raise ValidationError(text % place)


def _reached(questions: Any) -> dict[int, int]:
    """Number of each question that the first leads to → how deep it is asked. Answers only lead forward."""
    depths = {1: 1}
    for number, asked in enumerate(questions, start=1):
        for one in asked["answers"]:
            following = one["next"] or 0
            if following and number in depths:
                depths[following] = max(depths.get(following, 0), depths[number] + 1)
    return depths
