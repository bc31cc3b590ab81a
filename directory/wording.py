"""A card in words: the sentences and lists that the pages show. Pure functions of a card; no query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from directory import taxonomy
from directory.cards import ContactCard, CoverageRef, PlaceCard, ServiceCard
from directory.discretion import telling_words
from directory.hours.wording import day_of
from directory.vocabulary import Vocabulary

_ADULT = 18
_SHOWN_NAMES = 12


@dataclass(frozen=True)
class Fact:
    """One line of a list of facts; `language` of a text that is written in one, whoever reads."""

    label: str
    text: str
    language: str = ""


# --- Titles -----------------------------------------------------------------------------------------


def discreet_title(card: ServiceCard) -> str:
    """What the tab and the history say: the type's discreet title and the commune, never the name (D1)."""
    title = card.type.discreet if not telling_words(card.type.discreet) else _("Fiche")
    return f"{title}, {card.places[0].commune.name}" if card.places else f"{title} ({card.department})"


def communes_of(card: ServiceCard) -> str:
    """ "Embrun, Guillestre"; empty when nothing of its places is shown."""
    return ", ".join(dict.fromkeys(place.commune.name for place in card.places))


# --- For whom -----------------------------------------------------------------------------------------


def public_of(card: ServiceCard) -> str:
    """ "Femmes dès 18 ans, avec ou sans enfants", "Enfants et adolescents jusqu’à 17 ans"."""
    who = " ".join(part for part in (_people(card), ages_of(card.age_min, card.age_max)) if part)
    if "avec-enfants" in card.situations and not _is_minor(card):
        who += _(", avec ou sans enfants")
    return who


def _people(card: ServiceCard) -> str:
    roles = set(card.roles)
    if roles == {"auteur"}:
        return _("Personnes qui ont commis des violences, ou craignent d’en commettre")
    if roles == {"professionnel"}:
        return _("Professionnels")
    if roles == {"proche-temoin"}:
        return _("Proches et témoins")
    if _is_minor(card):
        return {"femmes": _("Filles"), "hommes": _("Garçons")}.get(card.gender, _("Enfants et adolescents"))
    return {"femmes": _("Femmes"), "hommes": _("Hommes")}.get(card.gender, _("Toute personne"))


def _is_minor(card: ServiceCard) -> bool:
    return card.age_max is not None and card.age_max < _ADULT


def ages_of(age_min: int | None, age_max: int | None) -> str:
    """ "dès 18 ans", "jusqu’à 17 ans", "de 12 à 25 ans"; empty without limit."""
    if age_min and age_max is not None:
        return _("de %(first)d à %(last)d ans") % {"first": age_min, "last": age_max}
    if age_min:
        return _("dès %(first)d ans") % {"first": age_min}
    return _("jusqu’à %(last)d ans") % {"last": age_max} if age_max is not None else ""


def referrers_of(card: ServiceCard) -> str:
    """Who may contact: "La victime, un proche ou un témoin, un professionnel"."""
    return listed(taxonomy.REFERRERS, card.referrers)


def conditions_of(card: ServiceCard) -> str:
    """ "Aucune plainte demandée" or the conditions in words; empty when nothing was declared."""
    if "aucune" in card.conditions:
        return _("Sans condition, sans plainte")
    return listed(taxonomy.CONDITIONS, card.conditions)


def ways_of(card: ServiceCard) -> str:
    """How to reach it, then on what condition: "Téléphoner, se présenter. Sans condition, sans plainte"."""
    modes = listed(taxonomy.CONTACT_MODES, card.contact_modes)
    return ". ".join(part for part in (modes, conditions_of(card)) if part)


def provisions_of(card: ServiceCard) -> str:
    return listed(taxonomy.PROVISIONS, card.provisions)


def key_facts(card: ServiceCard) -> tuple[Fact, ...]:
    """What decides at first sight whether this is the right door."""
    others = [slug for slug in card.situations if slug != "avec-enfants"]
    return _facts(
        (_("Pour qui"), public_of(card)),
        (_("Qui peut contacter"), referrers_of(card)),
        (_("Comment faire"), ways_of(card)),
        (_("Ce que l’on y trouve"), provisions_of(card)),
        (_("Accueille aussi"), listed(taxonomy.SITUATIONS, others)),
        (_("Pour quoi"), listed(taxonomy.VIOLENCES, card.violences)),
    )


def practical_facts(card: ServiceCard) -> tuple[Fact, ...]:
    return _facts(
        (_("Coût"), taxonomy.COSTS.label(card.cost)),
        (_("Langues"), languages_of(card)),
        (_("Accessibilité"), card.accessibility, "fr"),
        (pgettext("façon de recevoir", "Accueil"), listed(taxonomy.RECEPTION_MODES, card.reception_modes)),
        *((label, text, "fr") for label, text in card.details),
    )


def languages_of(card: ServiceCard) -> str:
    # English keeps the capital of a language.
    says = listed if get_language() == "fr" else _as_written
    spoken = says(taxonomy.LANGUAGES, card.languages)
    interpreter = taxonomy.INTERPRETERS.label(card.interpreter) if card.interpreter else ""
    return ". ".join(part for part in (spoken, interpreter) if part)


def _facts(*rows: tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(*row) for row in rows if row[1])


def listed(vocabulary: Vocabulary, slugs: Iterable[str]) -> str:
    """The labels as one phrase, only the first with its capital: "Écoute, information juridique"."""
    labels = vocabulary.labels(slugs)
    return ", ".join([*labels[:1], *(lowered(label) for label in labels[1:])])


def _as_written(vocabulary: Vocabulary, slugs: Iterable[str]) -> str:
    return ", ".join(vocabulary.labels(slugs))


def lowered(label: str) -> str:
    """Without its first capital, unless it begins with an acronym."""
    is_acronym = label[1:2].isupper()
    return label if is_acronym else label[:1].lower() + label[1:]


# --- How to reach it ------------------------------------------------------------------------------------


def trace_of(contact: ContactCard) -> str:
    """What using this contact leaves behind (D6)."""
    return {
        "telephone": _("L’appel peut apparaître sur la facture et dans le journal du téléphone."),
        "sms": _("Le message reste dans le téléphone tant qu’on ne l’efface pas."),
        "courriel": _("Un courriel laisse une trace dans la boîte d’envoi."),
        "formulaire": _("La page du formulaire reste dans l’historique du navigateur."),
        "chat": _("La discussion peut rester dans l’historique du navigateur."),
        "site": _("La page reste dans l’historique du navigateur."),
    }.get(contact.kind, "")


def address_of(place: PlaceCard) -> str:
    """One line: the street and town, or the town alone."""
    town = " ".join(part for part in (place.postal_code, place.commune.name) if part)
    return ", ".join(part for part in (place.street, town) if part)


def address_note(place: PlaceCard) -> str:
    """Why no street is written, when none is."""
    if place.address_is_told_by_phone:
        return _("L’adresse est donnée au téléphone.")
    return "" if place.street else _("Seule la commune est indiquée.")


# --- Territory, verification ------------------------------------------------------------------------------


def coverage_of(card: ServiceCard) -> str:
    """The zone in one sentence. No declared zone is not the whole of France: it says so."""
    if card.is_national:
        return _("Répond partout en France.")
    areas = [ref.name for ref in card.coverage if ref.kind not in ("commune", "national")]
    communes = [ref.name for ref in card.coverage if ref.kind == "commune"]
    parts = areas + ([_communes_phrase(communes)] if communes else [])
    if not parts:
        return _("Zone d’intervention à confirmer auprès du service.")
    return _("Répond pour : %(zone)s.") % {"zone": _(" ; ").join(parts)}


def _communes_phrase(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN_NAMES])
    more = len(names) - _SHOWN_NAMES
    if more > 0:
        shown += " " + ngettext("et %(count)d autre commune", "et %(count)d autres communes", more) % {
            "count": more
        }
    return shown


def coverage_note(card: ServiceCard) -> str:
    """Shown when the communes of a territory come from no official source."""
    if any(ref.is_example for ref in card.coverage):
        return _("Ce territoire est donné en exemple : ses communes ne viennent d’aucune source officielle.")
    return ""


def zone_codes(coverage: Iterable[CoverageRef]) -> tuple[int, ...]:
    """The primary keys of the areas covered, for the map."""
    return tuple(int(ref.code.removeprefix("area:")) for ref in coverage if ref.code.startswith("area:"))


def verified_of(card: ServiceCard) -> str:
    """ "Vérifié le 2 octobre 2026 par Coordination. À revoir en avril 2027."."""
    if card.verified_on is None:
        return _("Jamais vérifié : à confirmer.")
    said = _("Vérifié le %(day)s") % {"day": _dated(card.verified_on)}
    if card.verified_by:
        said = _("%(verified)s par %(name)s") % {"verified": said, "name": card.verified_by}
    if card.freshness.is_stale:
        return _("%(verified)s. Non revu depuis plus d’un an : à confirmer.") % {"verified": said}
    month = date_format(card.recheck_on, "F Y") if card.recheck_on else ""
    return (
        _("%(verified)s. À revoir en %(month)s.") % {"verified": said, "month": month}
        if month
        else said + "."
    )


def _dated(day: date) -> str:
    return f"{day_of(day)} {day.year}"


def state_notice(card: ServiceCard) -> str:
    """The banner of a service that is closed, or will be; empty for one that simply answers."""
    if card.state == "ferme":
        text = _("Ce service est fermé définitivement.")
    elif card.closed_from and card.closed_until:
        days = {
            "first": day_of(card.closed_from),
            "last": _dated(card.closed_until),
        }
        text = _("Fermé du %(first)s au %(last)s.") % days
    elif card.closed_until:
        text = _("Fermé jusqu’au %(last)s.") % {"last": _dated(card.closed_until)}
    elif card.closed_from:
        text = _("Fermé à partir du %(first)s.") % {"first": _dated(card.closed_from)}
    elif card.state == "suspendu":
        text = _("Ce service est fermé temporairement.")
    else:
        return ""
    return f"{text} {card.state_message}".strip()
