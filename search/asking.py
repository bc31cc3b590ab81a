"""What engines are asked, once a question is understood and its doors are sought: by the list and the map."""

from dataclasses import dataclass, replace
from datetime import datetime

from directory.competence import Ground, ground_at, ground_of
from directory.models import Commune
from directory.visibility import Viewer, home_of
from search.backends.base import Doors, Leading, Territory
from search.doors import Guidance, guidance_for
from search.knowledge import Knowledge
from search.leaving import BOUND_TO_RESIDENCE, leaving, receiving
from search.moments import Moment, moment_of
from search.numbers_said import is_number_alone
from search.question import Question
from search.steps import Sought, led_by, named_doors
from search.understanding import Understanding, understand


@dataclass(frozen=True)
class Asking:
    """Before an engine answers. `judged`: when opening is judged, `moment`'s start or `seen_from`; `told`:
    what the words alone say."""

    territory: Territory | None
    ground: Ground | None
    understood: Understanding
    sought: Sought
    guidance: Guidance
    told: Guidance
    moment: Moment | None
    judged: datetime
    receiving_types: tuple[str, ...] = ()

    @property
    def is_number_alone(self) -> bool:
        """A national number was asked for: no list of services, and no map, answers it."""
        return is_number_alone(self.understood.question)

    @property
    def doors(self) -> Doors:
        return Doors(self.sought.questions, self.sought.near, self.judged, self.led)

    def led(self, leading: Leading) -> Question:
        """The question behind who was found at its doors."""
        doors, named = self.sought.steps(leading)
        led = led_by(doors, named, self.guidance, self.told, self.understood.question)
        if not (self.territory and self.territory.away):
            return led
        # Of those who must leave: who receives them leads, who answers for residents only is left out.
        never = sorted(BOUND_TO_RESIDENCE.union(led.never_types))
        return replace(led, never_types=tuple(never), receiving_types=self.receiving_types)


def asking_of(question: Question, viewer: Viewer, seen_from: datetime, knowledge: Knowledge) -> Asking:
    """Three queries: what is known, words, commune."""
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
    named = named_doors(understood.question, types, guidance.doors)
    home = "" if territory else home_of(viewer)
    unfiltered = understood.question.unfiltered()
    return Asking(
        territory=territory,
        ground=ground,
        understood=understood,
        sought=Sought(guidance.doors, named, understood.question, territory, judged, home),
        guidance=guidance,
        told=guidance if unfiltered == understood.question else guidance_of(unfiltered),
        moment=moment,
        judged=judged,
        receiving_types=receiving(types) if territory and territory.away else (),
    )


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
