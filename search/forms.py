"""The only reader of a search: the form that posts, the links, the integrations and the API."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import taxonomy
from directory.folding import fold
from directory.gazetteer import Resolution, resolve
from directory.models import ActorType
from search.glued import with_codes_apart
from search.knowledge import Knowledge
from search.mentions import known_to
from search.place_or_word import spans_apart
from search.places_said import PlaceSaid, place_said
from search.question import (
    ANOTHER_DEPARTMENT,
    DEFAULT_LIMIT,
    MAX_LIMIT,
    MAX_WORDS,
    SORTS,
    WHENS,
    Away,
    Question,
)

Params = Mapping[str, Sequence[str]]

MULTIPLE = ("type", "public", "violence", "besoin", "langue", "sans")
SINGLE = ("q", "lieu", "rayon", "loin", "ouvert", "tri", "page", "limit")
RADII = (5, 10, 20, 50, 100)
AWAYS = (30, 50, 100, 200)
MAX_RADIUS = 500
# What a person may send: an address that holds it stays under the limits of browsers and servers.
MAX_VALUES, MAX_TEXT, MAX_PLACE, MAX_WITHOUT = 100, 20_000, 120, 20
MAX_MESSAGES = 10
_CONCEPT = re.compile(r"[a-z]{1,12}:[a-z0-9-]{1,60}")
PUBLICS = taxonomy.PUBLICS
_CUT = gettext_lazy(
    "Votre texte a été coupé à %(count)d caractères : gardez l’âge, ce qui se passe, la commune."
)


@dataclass(frozen=True)
class Asked:
    """A question with what the page must say of it. `params` are those read, ready to be sealed again."""

    question: Question
    params: dict[str, list[str]]
    place: Resolution = field(default_factory=Resolution)
    messages: tuple[str, ...] = ()
    # The place was read in the words, not in its own field.
    is_place_said: bool = False
    # What was read of the types and the lexicon to find it: the answer needs them too.
    knowledge: Knowledge = field(default_factory=Knowledge)

    @property
    def words(self) -> str:
        return self.question.words

    @property
    def has_place(self) -> bool:
        return bool(self.place.commune or self.place.department)

    @property
    def place_text(self) -> str:
        """What the place field shows: "La Garde (38)", which reads back as itself; else what was typed."""
        if self.place.commune:
            return str(self.place.commune)
        return "".join(self.params.get("lieu", []))

    def params_with(self, **values: Any) -> dict[str, list[str]]:
        """The parameters with others in their place (None removes one), from the first page on."""
        changed = {name: list(value) for name, value in self.params.items() if name != "page"}
        for name, value in values.items():
            if value is None:
                changed.pop(name, None)
            else:
                changed[name] = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
        return changed

    def params_without(self, name: str, value: str) -> dict[str, list[str]]:
        """The parameters less one value of one filter."""
        left = [one for one in self.params.get(name, []) if one != value]
        return self.params_with(**{name: left or None})


def code_of(place: Resolution) -> str:
    """What `sans` names a place by: an INSEE code or a department, in small letters."""
    return (place.commune.pk if place.commune else place.department or "").lower()


class SearchForm:
    """Reads parameters (contract.md) into a *Question*. What is unknown is ignored, and said."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self.messages: list[str] = []
        self.knowledge = Knowledge()

    def asked(self) -> Asked:
        words = self._words()
        place = resolve(self._one("lieu"))
        if place.message:
            self.messages.append(place.message)
        is_given = bool(self._one("lieu")) and not place.message
        said = self._place_said(words, is_given)
        if said and is_given and list(said.words) == fold(words).split():
            said = None  # « VIF », at Gap: with a place given, the only words are no other place
        if said and is_given:
            self._offer(said.place, place)
        elif said:
            place = said.place
        self.knowledge.commune = place.commune
        away = self._away()
        question = Question(
            words=words,
            place_words=said.words if said else (),
            commune=place.commune.insee if place.commune else None,
            department=place.commune.department if place.commune else place.department,
            radius=self._radius(away),
            away=away,
            types=self._types(),
            publics=self._slugs("public", PUBLICS),
            violences=self._slugs("violence", taxonomy.VIOLENCES),
            provisions=self._slugs("besoin", taxonomy.PROVISIONS),
            languages=self._slugs("langue", taxonomy.LANGUAGES),
            when=self._choice("ouvert", WHENS, ""),
            sort=self._choice("tri", SORTS, "pertinence"),
            without=self._without(),
            page=self._whole("page", 1, 10_000) or 1,
            limit=self._whole("limit", 1, MAX_LIMIT) or DEFAULT_LIMIT,
        )
        self._need_commune(question)
        is_said = said is not None and not is_given
        return Asked(question, self._understood(question), place, self._said(), is_said, self.knowledge)

    def _place_said(self, words: str, is_given: bool) -> PlaceSaid | None:
        """The place that the words name, unless the reader took it back."""
        if not fold(words):
            return None
        is_known = known_to(self.knowledge.named, self.knowledge.lexicon)

        def tokens_of(text: str) -> list[str]:
            return with_codes_apart(fold(text).split(), is_known)

        apart = frozenset(spans_apart(words, tokens_of))
        said = place_said(tokens_of(words), is_known, is_offer=is_given, apart=apart)
        return said if said and f"lieu:{code_of(said.place)}" not in self._many("sans") else None

    def _offer(self, said: Resolution, taken: Resolution) -> None:
        """An explicit place wins; the other one is not passed over in silence."""
        if said.commune and said.commune != taken.commune:
            text = _("Votre question nomme aussi %(commune)s : écrivez-la dans le lieu pour y chercher.")
            self.messages.append(text % {"commune": said.commune})

    def _said(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.messages))[:MAX_MESSAGES]

    def _need_commune(self, question: Question) -> None:
        if question.commune:
            return
        if question.radius:
            self.messages.append(_("Indiquez une commune pour chercher dans un rayon."))
        if isinstance(question.away, int):
            text = _("Indiquez la commune à quitter pour chercher à plus de %(km)d km.")
            self.messages.append(text % {"km": question.away})
            if question.department:
                self.messages.append(_("De ce département, on peut chercher dans un autre département."))
        elif question.away and not question.department:
            self.messages.append(
                _("Indiquez la commune ou le département à quitter pour chercher dans un autre département.")
            )
        if question.sort == "distance":
            self.messages.append(_("Indiquez une commune pour trier par distance."))

    def _understood(self, question: Question) -> dict[str, list[str]]:
        kept = {
            "q": question.words,
            "lieu": self._one("lieu")[:MAX_PLACE],
            "rayon": question.radius,
            "loin": question.away,
            "type": list(question.types),
            "public": list(question.publics),
            "violence": list(question.violences),
            "besoin": list(question.provisions),
            "langue": list(question.languages),
            "ouvert": question.when,
            "tri": question.sort if question.sort != "pertinence" else "",
            "sans": list(question.without),
            "page": question.page if question.page > 1 else "",
            "limit": question.limit if question.limit != DEFAULT_LIMIT else "",
        }
        return {
            name: value if isinstance(value, list) else [str(value)] for name, value in kept.items() if value
        }

    # --- One parameter at a time ---------------------------------------------------------------

    def _many(self, name: str) -> list[str]:
        """Without doubles, `MAX_VALUES` at most: more is no question of a person."""
        given = list(self.params.get(name, []))
        if len(given) > MAX_VALUES:
            self._cut(name, MAX_VALUES)
            given = given[-MAX_VALUES:]
        values = [_written(value)[:MAX_TEXT].strip() for value in given]
        return list(dict.fromkeys(value for value in values if value))

    def _one(self, name: str) -> str:
        values = self._many(name)
        return values[-1] if values else ""

    def _words(self) -> str:
        words = " ".join(self._one("q").split())
        if len(words) > MAX_WORDS:
            self.messages.append(str(_CUT) % {"count": MAX_WORDS})
        return words[:MAX_WORDS]

    def _whole(self, name: str, least: int, most: int, besides: str = "") -> int | None:
        """`besides`: what else may be given, in words."""
        text = self._one(name)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 7 and least <= int(text) <= most:
            return int(text)
        expected = _("un nombre entier de %(least)d à %(most)d") % {"least": least, "most": most}
        self._ignored(name, text, f"{expected} {besides}".strip())
        return None

    def _away(self) -> Away | None:
        if self._one("loin") == ANOTHER_DEPARTMENT:
            return ANOTHER_DEPARTMENT
        return self._whole("loin", 1, MAX_RADIUS, _("ou « departement »"))

    def _radius(self, away: Away | None) -> int | None:
        radius = self._whole("rayon", 1, MAX_RADIUS)
        if radius and away:
            text = _("Vous cherchez loin d’ici : le rayon de %(km)d km n’est pas appliqué.")
            self.messages.append(text % {"km": radius})
            return None
        return radius

    def _choice(self, name: str, known: Sequence[Any], default: Any) -> Any:
        text = self._one(name)
        if text and text not in known:
            self._ignored(name, text, ", ".join(one for one in known if one))
        return text if text in known else default

    def _slugs(self, name: str, vocabulary: Any) -> tuple[str, ...]:
        values = self._many(name)
        for value in values:
            if value not in vocabulary:
                self._ignored(name, value, "")
        return tuple(value for value in values if value in vocabulary)

    def _without(self) -> tuple[str, ...]:
        values = self._many("sans")
        for value in values:
            if not _CONCEPT.fullmatch(value):
                self._ignored("sans", value, "")
        if len(values) > MAX_WITHOUT:
            self._cut("sans", MAX_WITHOUT)
        return tuple(value for value in values if _CONCEPT.fullmatch(value))[-MAX_WITHOUT:]

    def _cut(self, name: str, most: int) -> None:
        text = _("« %(name)s » : seules les %(most)d dernières valeurs sont prises.")
        self.messages.append(text % {"name": name, "most": most})

    def _types(self) -> tuple[str, ...]:
        values = self._many("type")
        if not values:
            return ()
        known = set(ActorType.objects.filter(slug__in=values).values_list("slug", flat=True))
        known |= set(values) & set(taxonomy.VIRTUAL_TYPES.slugs)
        for value in values:
            if value not in known:
                self._ignored("type", value, "")
        return tuple(value for value in values if value in known)

    def _ignored(self, name: str, value: str, expected: str) -> None:
        text = _("« %(value)s » n’est pas une valeur de « %(name)s » : il n’en est pas tenu compte.")
        said = text % {"value": value[:40], "name": name}
        if expected:
            said += " " + _("Valeurs possibles : %(expected)s.") % {"expected": expected}
        self.messages.append(said)


def params_of(querydict: Any) -> dict[str, list[str]]:
    """Of a request's GET or POST, the parameters of a search and nothing else."""
    return {name: querydict.getlist(name) for name in (*SINGLE, *MULTIPLE) if name in querydict}


def _written(value: object) -> str:
    """What can be stored and sent: some encodings make halves of characters."""
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode()
