"""What engines are asked, once a question is understood and its doors are known: by the list and the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from directory.competence import Ground, ground_at, ground_of
from directory.models import Commune
from directory.visibility import Viewer, home_of
from search.backends.base import Backend, Territory
from search.doors import Guidance, guidance_for
from search.knowledge import Knowledge
from search.leaving import BOUND_TO_RESIDENCE, leaving, receiving
from search.moments import Moment, moment_of
from search.numbers_said import is_number_alone
from search.question import Question
from search.steps import Step, doors_at, led_by, named_doors
from search.understanding import Understanding, understand


@dataclass(frozen=True)
class Asking:
    """`question` is led by its `doors`; `judged`: when opening is judged, `moment`'s start or `seen_from`;
    `home`: the department whose doors lead because no place was said, "" otherwise."""

    question: Question
    territory: Territory | None
    ground: Ground | None
    understood: Understanding
    doors: Sequence[Step]
    moment: Moment | None
    judged: datetime
    home: str = ""

    @property
    def is_number_alone(self) -> bool:
        """A national number was asked for: no list of services, and no map, answers it."""
        return is_number_alone(self.understood.question)


def asking_of(
    question: Question, viewer: Viewer, seen_from: datetime, knowledge: Knowledge, backend: Backend
) -> Asking:
    """Three queries: what is known, words, commune; two for the doors of the situation."""
    types = knowledge.types
    understood = understand(question, types, seen_from, knowledge.lexicon if question.words else None)
    ground = _ground(question, knowledge.commune)
    territory = _territory(question, ground, knowledge)
    moment = moment_of(question.when, seen_from, territory.department if territory else "")
    moment = moment or (understood.moment.moment if understood.moment else None)
    judged = moment.start if moment else seen_from

    def guidance_of(asked: Question) -> Guidance:
        return guidance_for(asked, viewer, types, knowledge.rules)

    guidance = guidance_of(understood.question)
    named_first = named_doors(understood.question, types, guidance.doors)
    home = "" if territory else home_of(viewer)
    near = territory or (Territory.of_department(home) if home else None)
    doors, named = doors_at(guidance.doors, named_first, understood.question, near, backend, viewer, judged)
    unfiltered = understood.question.unfiltered()
    told = guidance if unfiltered == understood.question else guidance_of(unfiltered)
    led = led_by(doors, named, guidance, told, understood.question)
    if territory and territory.away:
        led = _left(led, knowledge)
    return Asking(led, territory, ground, understood, doors, moment, judged, home if led.first else "")


def _ground(question: Question, read: Commune | None) -> Ground | None:
    """Of the commune asked for, which may have been `read` already."""
    if read and read.pk == question.commune:
        return ground_of(read)
    return ground_at(question.commune) if question.commune else None


def _territory(question: Question, ground: Ground | None, knowledge: Knowledge) -> Territory | None:
    if ground:
        territory = Territory.around(ground)
    elif question.department:
        territory = Territory.of_department(question.department)
    else:
        return None
    return leaving(territory, question.away, knowledge.departments) if question.away else territory


def _left(question: Question, knowledge: Knowledge) -> Question:
    """Of those who must leave: who receives them leads, who answers for residents only is left out."""
    never = sorted(BOUND_TO_RESIDENCE.union(question.never_types))
    return replace(question, never_types=tuple(never), receiving_types=receiving(knowledge.types))
