"""The national numbers pinned above the results (domain.md N7), as a table: situation → keys of helplines.

They add up, four at most, in this order: danger, age, violence, general. A minor's 119 and a man's 116006
take the place of others; a perpetrator asking for help gets no victims' number: police in danger, 115 without
a roof, what their own words call for (15 when somebody may be dying).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from directory import taxonomy
from directory.vocabulary import Label
from search.question import Question
from search.told import is_told

MOST = 4
_UNKNOWN = 2  # words that nothing knows, in a story that is not understood
MINORS = frozenset({"enfant", "adolescent"})
ADULTS = frozenset(taxonomy.AGE_BANDS.slugs) - MINORS
VULNERABLE = frozenset({"senior", "handicap", "sous-protection"})
SHELTER_PROVISIONS = frozenset({"mise-a-l-abri", "hebergement"})
SHELTER_TYPES = frozenset({"siao-115", "association-point-entree", "hebergement-fvv", "chrs"})
SHELTER_CONTENT = frozenset({"schema-mise-a-l-abri"})
# Those that have their own numbers; any other offence against an adult has the general one.
_OWN_NUMBERS = frozenset(
    {
        "conjugales",
        "sexuelles",
        "vss-travail",
        "enfants",
        "covictimes",
        "inceste",
        "exploitation-sexuelle-mineurs",
        "escroquerie",
        "maltraitance-majeurs",
        "harcelement-scolaire",
        "mariage-force",
        "mutilations",
        "discrimination",
    }
)
# When nothing was found and nothing is known of the situation: never a dead end.
GENERAL = ("17", "119", "3919", "116006")
# What is told of somebody old, disabled or protected is not understood (R5).
OF_THE_VULNERABLE = ("17", "3977", "3919", "116006")
# Beside an empty form, on the home page and on the search page.
BESIDE_THE_FORM = ("17", "119", "115", "3919")


@dataclass(frozen=True)
class Situation:
    """What the filters and the concepts of a question say of the person, as slugs."""

    publics: frozenset[str]
    violences: frozenset[str]
    provisions: frozenset[str]
    types: frozenset[str]
    dangers: frozenset[str]
    contents: frozenset[str]
    languages: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    is_told: bool = False

    @classmethod
    def of(cls, question: Question) -> "Situation":
        def slugs(kind: str, chosen: Iterable[str] = ()) -> frozenset[str]:
            return frozenset(chosen) | {one.slug for one in question.concepts if one.kind == kind}

        return cls(
            publics=slugs("public", question.publics),
            violences=slugs("violence", question.violences),
            provisions=slugs("besoin", question.provisions),
            types=slugs("type", question.types),
            dangers=slugs("danger"),
            contents=slugs("content"),
            languages=frozenset(question.other_languages),
            numbers=tuple(one.slug for one in question.concepts if one.kind == "number"),
            is_told=len(question.terms) >= _UNKNOWN and is_told(question.words),
        )

    @cached_property
    def is_not_understood(self) -> bool:
        """A situation is told, and nothing is known of it but, perhaps, of whom."""
        said = (
            self.violences or self.provisions or self.types or self.dangers or self.contents or self.numbers
        )
        return self.is_told and not (said or self.is_minor or self.is_perpetrator)

    @cached_property
    def is_minor(self) -> bool:
        return bool(self.publics & MINORS) and not self.publics & ADULTS

    @cached_property
    def is_adult(self) -> bool:
        return bool(self.publics & ADULTS) and not self.publics & MINORS

    @cached_property
    def is_man(self) -> bool:
        return "hommes" in self.publics and "femmes" not in self.publics

    @cached_property
    def is_vulnerable(self) -> bool:
        """An adult whom age or a handicap exposes (domain.md §5, 3977)."""
        return bool(self.publics & VULNERABLE) and not self.is_minor

    @cached_property
    def is_perpetrator(self) -> bool:
        return "auteur" in self.publics and "victime" not in self.publics

    @cached_property
    def is_about_perpetrators(self) -> bool:
        """Their care was asked for, by whomever: victims' services and numbers are out of the answer."""
        return "prise-en-charge-auteur" in self.provisions and "victime" not in self.publics

    @cached_property
    def seeks_shelter(self) -> bool:
        return bool(
            self.provisions & SHELTER_PROVISIONS
            or self.types & SHELTER_TYPES
            or self.contents & SHELTER_CONTENT
            or "sans-domicile" in self.publics
        )


@dataclass(frozen=True)
class Rule:
    """`keys` are pinned, with `reason`, when `applies`."""

    keys: tuple[str, ...]
    reason: Label
    applies: Callable[[Situation], bool]


def _violence(*slugs: str) -> Callable[[Situation], bool]:
    return lambda situation: not situation.violences.isdisjoint(slugs)


# In the order of N7; the first OF_ANYBODY are not for victims alone.
OF_ANYBODY = 4
# Not for victims alone either: 119 listens to parents.
SAVING = frozenset({"15", "17", "18", "112", "114", "115", "119", "116000"})
RULES: tuple[Rule, ...] = (
    Rule(
        ("17",),
        _("danger immédiat"),
        lambda s: "danger-immediat" in s.dangers or "schema-danger-imminent" in s.contents,
    ),
    Rule(("17",), _("disparition d’une personne mineure"), lambda s: s.is_minor and "116000" in s.numbers),
    Rule(("114",), _("par écrit, sans parler"), lambda s: "sourd-malentendant" in s.publics),
    Rule(("115",), _("un endroit où dormir"), lambda s: s.seeks_shelter and not s.is_minor),
    Rule(("119",), _("une personne mineure"), lambda s: s.is_minor),
    Rule(
        ("119",),
        _("enfant en danger"),
        _violence("enfants", "covictimes", "inceste", "exploitation-sexuelle-mineurs"),
    ),
    Rule(("3018",), _("en ligne"), lambda s: "cyberviolences" in s.violences and s.is_minor),
    Rule(("3018",), _("harcèlement scolaire"), _violence("harcelement-scolaire")),
    Rule(("3919",), _("violences dans le couple"), _violence("conjugales")),
    Rule(("3919", "0800059595"), _("violences sexuelles"), _violence("sexuelles")),
    Rule(("0800059595",), _("inceste, à l’âge adulte"), lambda s: "inceste" in s.violences and s.is_adult),
    Rule(("3919",), _("violences au travail"), _violence("vss-travail")),
    Rule(("3919",), _("mariage forcé, mutilations"), _violence("mariage-force", "mutilations")),
    Rule(
        ("3977",),
        _("adulte vulnérable"),
        lambda s: "maltraitance-majeurs" in s.violences or bool(s.is_vulnerable and s.violences),
    ),
    Rule(("17cyber", "0805805817"), _("escroquerie"), _violence("escroquerie")),
    Rule(("defenseur-droits",), _("haine et discriminations"), _violence("discrimination")),
    Rule(("116006",), _("toute victime"), lambda s: bool(s.violences - _OWN_NUMBERS)),
)


def pinned(question: Question, is_crip_shut: bool = False) -> dict[str, Label]:
    """The keys to pin, in order, with the reason of each. `is_crip_shut`: the door of a child is closed then,
    119 takes over, then 17 (domain.md R4)."""
    return _pinned(Situation.of(question), is_crip_shut)


def _pinned(situation: Situation, is_crip_shut: bool) -> dict[str, Label]:
    if situation.is_perpetrator or situation.is_about_perpetrators:
        return _of_perpetrator(situation)
    keys: dict[str, Label] = {}
    if is_crip_shut:
        keys = {"17": _("la cellule est fermée : s’il y a danger"), "119": _("la cellule est fermée")}
    for key in situation.numbers:
        keys.setdefault(key, _("numéro demandé"))
    for rule in RULES:
        if rule.applies(situation):
            for key in rule.keys:
                keys.setdefault(instead(key, situation), rule.reason)
    return dict(list(keys.items())[:MOST])


def _of_perpetrator(situation: Situation) -> dict[str, Label]:
    asked = (key for key in situation.numbers if key in SAVING)
    keys: dict[str, Label] = dict.fromkeys(asked, _("numéro demandé"))
    for rule in RULES[:OF_ANYBODY]:
        if rule.applies(situation):
            keys |= dict.fromkeys(rule.keys, rule.reason)
    return dict(list(keys.items())[:MOST])


def instead(key: str, situation: Situation) -> str:
    """The number of this person where that one is not theirs: a minor's, a man's."""
    if situation.is_minor and key in ("3919", "0800059595", "116006"):
        return "119"
    return "116006" if situation.is_man and key == "3919" else key


def standing_in(keys: Iterable[str], situation: Situation) -> tuple[str, ...]:
    """The national numbers where nobody answers, as this person has them."""
    return tuple(dict.fromkeys(instead(key, situation) for key in keys))


def pinned_or_general(question: Question, is_dead_end: bool, is_crip_shut: bool = False) -> dict[str, Label]:
    """The same; on a dead end, or when what is told is not understood, at least the general ones."""
    situation = Situation.of(question)
    keys = _pinned(situation, is_crip_shut)
    if not keys and (is_dead_end or situation.is_not_understood) and not situation.is_perpetrator:
        numbers = OF_THE_VULNERABLE if situation.is_vulnerable else GENERAL
        general = (instead(key, situation) for key in numbers if key != "119" or not situation.is_adult)
        keys = dict.fromkeys(general, _("numéro national"))
    return keys
