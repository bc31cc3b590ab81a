"""Controlled vocabularies of the directory (domain.md §3): stable ASCII slugs, French labels; no database.

A slug is stored and travels in addresses and JSON; it is never shown. A label is shown, and translated
when it is shown. The order of a vocabulary is the order of its lists on screen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.vocabulary import Label, Vocabulary

PublicFacet = Literal["age", "gender", "role", "situation"]


def _vocabulary(*entries: tuple[str, Label]) -> Vocabulary:
    return Vocabulary(entries)


VIOLENCES = _vocabulary(
    ("conjugales", _("Violences conjugales")),
    ("intrafamiliales", _("Violences intrafamiliales")),
    ("enfants", _("Maltraitance d’enfants")),
    ("covictimes", _("Enfants co-victimes")),
    ("inceste", _("Inceste")),
    ("sexuelles", _("Viol et agressions sexuelles")),
    ("vss-travail", _("Violences sexuelles et sexistes au travail")),
    ("psychologiques", _("Violences psychologiques")),
    ("harcelement", _("Harcèlement")),
    ("harcelement-scolaire", _("Harcèlement scolaire")),
    ("cyberviolences", _("Violences en ligne")),
    ("exploitation-sexuelle-mineurs", _("Exploitation sexuelle des mineurs")),
    ("prostitution-adultes", _("Prostitution (majeurs)")),
    ("proxenetisme-traite", _("Proxénétisme et traite")),
    ("maltraitance-majeurs", _("Maltraitance d’adultes vulnérables")),
    ("escroquerie", _("Escroquerie, abus de faiblesse")),
    ("mariage-force", _("Mariage forcé")),
    ("mutilations", _("Mutilations sexuelles")),
    ("discrimination", _("Haine et discriminations")),
    ("derives-sectaires", _("Dérives sectaires")),
    ("autre-infraction", _("Autre infraction")),
)

AGE_BANDS = _vocabulary(
    ("enfant", _("Enfant (0-12)")),
    ("adolescent", _("Adolescent·e (13-17)")),
    ("jeune-majeur", _("Jeune majeur·e (18-25)")),
    ("adulte", _("Adulte (26-59)")),
    ("senior", _("Personne âgée (60 et plus)")),
)

# First and last age of each band, in completed years; None: no limit.
AGE_BOUNDS: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {
        "enfant": (0, 12),
        "adolescent": (13, 17),
        "jeune-majeur": (18, 25),
        "adulte": (26, 59),
        "senior": (60, None),
    }
)

GENDERS = _vocabulary(("tous", _("Tous")), ("femmes", _("Femmes")), ("hommes", _("Hommes")))

ROLES = _vocabulary(
    ("victime", _("Victime")),
    ("proche-temoin", _("Proche ou témoin")),
    ("auteur", _("Auteur de violences")),
    ("professionnel", _("Professionnel")),
)

SITUATIONS = _vocabulary(
    ("avec-enfants", _("Avec des enfants")),
    ("enceinte", _("Enceinte")),
    ("avec-animal", _("Avec un animal")),
    ("handicap", _("En situation de handicap")),
    ("sourd-malentendant", _("Sourd·e ou malentendant·e")),
    ("lgbt", _("LGBT+")),
    ("sans-titre-sejour", _("Sans titre de séjour")),
    ("sans-domicile", _("Sans domicile")),
    ("sous-protection", _("Sous tutelle ou curatelle")),
    ("confie-ase", _("Confié·e à l’aide sociale à l’enfance")),
    ("situation-prostitution", _("En situation de prostitution")),
)

# The values of the `public` parameter: one list on screen, four facets for the search.
PUBLICS = Vocabulary(AGE_BANDS.entries + GENDERS.entries + ROLES.entries + SITUATIONS.entries)

PROVISIONS = _vocabulary(
    ("ecoute", _("Écoute")),
    ("accueil", pgettext_lazy("prestation", "Accueil")),
    ("information-juridique", _("Information juridique")),
    ("accompagnement-social", _("Accompagnement social")),
    ("ecoute-psy", _("Écoute psychologique")),
    ("suivi-psy", _("Suivi psychologique")),
    ("accompagnement-plainte", _("Accompagnement au dépôt de plainte")),
    ("recueil-plainte", _("Dépôt de plainte")),
    ("examen-medico-legal", _("Examen médico-légal")),
    ("soins", _("Soins")),
    ("evaluation-danger", _("Évaluation du danger")),
    ("evaluation-ip", _("Évaluation des informations préoccupantes")),
    ("audition-mineur", _("Audition d’un mineur")),
    ("mise-a-l-abri", _("Mise à l’abri")),
    ("hebergement", _("Hébergement")),
    ("hygiene-repos", _("Douche, laverie, repas")),
    ("groupe-parole", _("Groupe de parole")),
    ("parentalite", _("Soutien à la parentalité")),
    ("prise-en-charge-auteur", _("Prise en charge des auteurs")),
    ("sortie-prostitution", _("Sortie de la prostitution")),
    ("aller-vers", _("Aller vers les personnes")),
    ("interpretariat", _("Interprétariat")),
    ("etayage-pros", _("Appui aux professionnels")),
    ("formation-pros", _("Formation des professionnels")),
)

RECEPTION_MODES = _vocabulary(
    ("en-presentiel", _("Sur place")),
    ("a-distance", _("À distance")),
    ("permanence", _("En permanence")),
    ("itinerant", _("Itinérant")),
    ("a-domicile", _("À domicile")),
    ("sans-rdv", _("Sans rendez-vous")),
    ("sur-rdv", _("Sur rendez-vous")),
    ("urgence", _("En urgence")),
)

CONTACT_MODES = _vocabulary(
    ("telephoner", _("Téléphoner")),
    ("se-presenter", _("Se présenter")),
    ("envoyer-un-courriel", _("Envoyer un courriel")),
    ("formulaire", _("Remplir un formulaire")),
    ("sms", _("Envoyer un SMS")),
    ("chat", _("Écrire en direct (chat)")),
    ("requisition", _("Réquisition")),
    ("fiche-siao", _("Fiche SIAO")),
)

# Who may refer or contact (« qui peut saisir »).
REFERRERS = _vocabulary(
    ("victime", _("La victime")),
    ("proche", _("Un proche ou un témoin")),
    ("professionnel", _("Un professionnel")),
    ("pro-sante", _("Un professionnel de santé")),
    ("fsi", _("La police ou la gendarmerie")),
    ("justice", _("La justice")),
    ("ase", _("L’aide sociale à l’enfance")),
)

CONDITIONS = _vocabulary(
    ("aucune", _("Aucune condition")),
    ("plainte", _("Plainte déposée")),
    ("requisition", _("Réquisition de la police, de la gendarmerie ou du parquet")),
    ("decision-ase-juge", _("Décision de l’aide sociale à l’enfance ou du juge")),
    ("orientation-pro", _("Orientation par un professionnel")),
    ("agrement", _("Agrément")),
)

# ISO 639-1 codes, and `lsf`, a code of this project.
LANGUAGES = _vocabulary(
    ("fr", _("Français")),
    ("en", _("Anglais")),
    ("ar", _("Arabe")),
    ("es", _("Espagnol")),
    ("pt", _("Portugais")),
    ("it", _("Italien")),
    ("ro", _("Roumain")),
    ("ru", _("Russe")),
    ("uk", _("Ukrainien")),
    ("tr", _("Turc")),
    ("sq", _("Albanais")),
    ("fa", _("Persan")),
    ("ps", _("Pachto")),
    ("ku", _("Kurde")),
    ("ka", _("Géorgien")),
    ("ti", _("Tigrigna")),
    ("zh", _("Chinois")),
    ("lsf", _("Langue des signes française (LSF)")),
)

INTERPRETERS = _vocabulary(
    ("sur-place", _("Interprète sur place")),
    ("telephone", _("Interprète par téléphone")),
    ("non", _("Pas d’interprète")),
)

COSTS = _vocabulary(
    ("gratuit", _("Gratuit")),
    ("participation", _("Selon ressources")),
    ("payant", _("Payant")),
    ("inconnu", _("Coût à confirmer")),
)

STATES = _vocabulary(
    ("brouillon", _("Brouillon")),
    ("a-valider", _("À valider")),
    ("actif", _("Actif")),
    ("suspendu", _("Fermé temporairement")),
    ("ferme", _("Fermé définitivement")),
)

# Computed from the date of verification, never stored.
FRESHNESS = _vocabulary(
    ("a-jour", _("À jour")),
    ("a-confirmer", _("À confirmer")),
    ("perime", _("Non vérifié depuis plus d’un an")),
    ("jamais-verifie", _("Jamais vérifié")),
)

AUDIENCES = _vocabulary(
    ("public", _("Tout le monde")),
    ("professionnels", _("Les professionnels habilités")),
    ("equipe", _("L’équipe de coordination")),
)

ADDRESS_VISIBILITIES = _vocabulary(
    ("publique", _("Publiée")),
    ("professionnels", _("Montrée aux professionnels habilités")),
    ("sur-appel", _("Donnée au téléphone : la commune seule est montrée")),
    ("commune", _("La commune seule est montrée")),
    ("jamais", _("Jamais montrée ni enregistrée")),
)

FAMILIES = _vocabulary(
    ("ecoute", _("Écoute et accueil")),
    ("fsi", _("Police et gendarmerie")),
    ("justice", _("Justice")),
    ("sante", _("Santé")),
    ("hebergement", _("Hébergement")),
    ("enfance", _("Protection de l’enfance")),
    ("majeurs", _("Majeurs vulnérables")),
    ("prostitution", _("Prostitution")),
    ("auteurs", _("Auteurs")),
    ("droit", _("Accès au droit")),
    ("institutions", _("Institutions")),
)

# Measures and instances are sheets: they are never a point on a map.
KINDS = _vocabulary(("structure", _("Structure")), ("mesure", _("Mesure")), ("instance", _("Instance")))

# Saved filters used as result slugs, never the type of a service; defined in data/actor_types.toml.
VIRTUAL_TYPES = _vocabulary(
    ("commissariat-brigade", _("Commissariat ou brigade de gendarmerie")),
    ("umj-sans-requisition", _("Unité médico-judiciaire, créneaux sans réquisition")),
    ("service-lsf", _("Service en langue des signes française")),
)
# Of what kind is the territory that says who is competent (domain.md §6); "" when nothing does.
TERRITORIES = _vocabulary(
    ("ressort", _("Ressort de tribunal")),
    ("zone", _("Zone de police ou de gendarmerie")),
    ("secteur", _("Secteur, par communes")),
    ("departement", _("Département")),
)

AREA_KINDS = _vocabulary(
    ("department", _("Département")),
    ("epci", _("Intercommunalité")),
    ("judicial", _("Ressort de tribunal judiciaire")),
    ("police", _("Zone de police")),
    ("gendarmerie", _("Zone de gendarmerie")),
    ("custom", _("Territoire défini par la coordination")),
)

_PUBLIC_FACETS: tuple[tuple[PublicFacet, Vocabulary], ...] = (
    ("age", AGE_BANDS),
    ("gender", GENDERS),
    ("role", ROLES),
    ("situation", SITUATIONS),
)


def public_facet(slug: str) -> PublicFacet:
    """The facet of a `public` value: values add up (OR) within a facet, facets narrow (AND).

    KeyError when the slug is not a public.
    """
    for facet, vocabulary in _PUBLIC_FACETS:
        if slug in vocabulary:
            return facet
    raise KeyError(slug)


def band_of(age: int) -> str:
    """The band of an age in completed years. ValueError when negative."""
    if age < 0:
        raise ValueError(f"an age is never negative: {age}")
    return next(band for band, (_first, last) in AGE_BOUNDS.items() if last is None or age <= last)


def bands_touched(age_min: int | None, age_max: int | None) -> tuple[str, ...]:
    """Every band that the range touches, bounds included; None means no limit on that side."""
    return tuple(
        band
        for band, (first, last) in AGE_BOUNDS.items()
        if (age_max is None or first <= age_max) and (last is None or age_min is None or age_min <= last)
    )
