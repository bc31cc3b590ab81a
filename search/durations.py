"""What is said in years or months and is no age: « depuis 15 ans », « ça fait 6 ans qu’il me frappe »,
« 8 ans de vie commune », « condamné à 2 ans »."""

from collections.abc import Sequence

from search.words import is_typo_of

_HOW_LONG = frozenset(
    [
        "depuis",
        "dps",
        "pendant",
        "durant",
        "apres",
        "avant",
        "dans",
        "en",
        "sur",
        "ces",
        "voila",
        "voici",
        "ya",
    ]
    + ["dure", "durait", "pour", "prend", "pris", "risque", "encourt"]
)
_ABOUT = frozenset(
    ["moins", "plus", "environ", "bientot", "presque", "deja", "quasi", "quasiment", "pres", "bien"]
)
_THIS = frozenset({"ca", "cela", "ce", "sa", "c"})
# « 8 ans de mariage »; « une peine de 3 ans »; « sa chienne de 9 ans ».
_LASTING = frozenset(
    [
        "anciennete",
        "attente",
        "bail",
        "bonheur",
        "calvaire",
        "carriere",
        "concubinage",
        "contrat",
        "couple",
        "coups",
    ]
    + [
        "cohabitation",
        "difference",
        "ecart",
        "emprise",
        "enfer",
        "experience",
        "ferme",
        "galere",
        "harcelement",
    ]
    + [
        "humiliations",
        "insultes",
        "interdiction",
        "loyer",
        "loyers",
        "mariage",
        "menage",
        "metier",
        "pacs",
        "peine",
    ]
    + ["prison", "probation", "procedure", "relation", "retard", "salaire", "sejour", "separation", "service"]
    + ["silence", "suivi", "sursis", "therapie", "torture", "union", "vie", "violence", "violences"]
    + [
        "arret",
        "arrets",
        "conge",
        "conges",
        "hospitalisation",
        "itt",
        "ordonnance",
        "preavis",
        "titre",
        "tgd",
        "bar",
    ]
)
_ANIMALS = frozenset(["animal", "berger", "chat", "chatte", "chien", "chienne", "lapin", "cheval"])
_AFTERWARDS = frozenset({"tard", "avant", "auparavant", "ensemble", "durant", "ferme"})
_CONDEMNED = frozenset(["condamne", "condamnee", "condamnes", "jusqu", "ecope"])
_QUESTIONS = frozenset({"est", "faire", "dois", "doit", "puis", "peut", "peux"})
_BABIES = frozenset(
    [
        "aine",
        "ainee",
        "bebe",
        "bebes",
        "cadet",
        "enfant",
        "enfants",
        "fille",
        "filles",
        "fils",
        "fillette",
        "garcon",
    ]
    + [
        "garcons",
        "gosse",
        "jumeaux",
        "jumelles",
        "nourrisson",
        "petit",
        "petite",
        "petits",
        "puce",
        "age",
        "agee",
    ]
)
# « un jeune de 16 ans que j’accompagne », « élève 14 ans qu’un homme attend ».
_AGED = _BABIES | frozenset(
    [
        "a",
        "ai",
        "de",
        "ado",
        "amie",
        "collegienne",
        "collegien",
        "copain",
        "copine",
        "eleve",
        "femme",
        "frere",
    ]
    + [
        "gamin",
        "gamine",
        "homme",
        "jeune",
        "lyceen",
        "lyceenne",
        "mineur",
        "mineure",
        "niece",
        "patiente",
        "soeur",
    ]
)
_FAR = 6  # tokens


def is_how_long(tokens: Sequence[str], start: int, end: int) -> bool:
    """`start` is the number, `end` what follows « ans » or « mois »."""
    if tokens[end - 1] == "mois" and not _is_of_a_baby(tokens, start):
        return True
    return _follows_a_span(tokens, start) or _is_measured(tokens, start) or _leads_on(tokens, start, end)


def _is_of_a_baby(tokens: Sequence[str], start: int) -> bool:
    """« mon bébé de 3 mois », « elle a 8 mois »; « 3 mois » alone is how long."""
    if start and tokens[start - 1] == "a":
        return True
    return not _BABIES.isdisjoint(tokens[max(0, start - _FAR) : start])


def _follows_a_span(tokens: Sequence[str], start: int) -> bool:
    place = start - 1
    while place > 0 and (tokens[place] in _ABOUT or _is_small(tokens, place)):
        place -= 1
    before, earlier = (tokens[place] if place >= 0 else ""), (tokens[place - 1] if place > 0 else "")
    if before == "a":  # « il y a 3 ans », but « elle a 15 ans »
        return earlier == "y"
    if before == "fait":  # « ça fait 6 ans », but « elle fait 15 ans »
        return earlier in _THIS
    if before == "les":
        return earlier in ("tous", "toutes")
    if before == "de" and earlier == "bout":
        return True
    if before in ("avais", "avait") and "quand" in tokens[max(0, start - 4) : start]:
        return True  # « quand j'avais 10 ans »: long ago
    return before in _HOW_LONG or is_typo_of(before, "depuis")


def _is_small(tokens: Sequence[str], place: int) -> bool:
    """« depuis au moins 8 ans », « plus de 8 ans »."""
    after = tokens[place + 1]
    return (tokens[place] == "au" and after == "moins") or (
        tokens[place] == "de" and tokens[place - 1] in ("plus", "moins", "pres")
    )


def _is_measured(tokens: Sequence[str], start: int) -> bool:
    """« une peine de 3 ans », « condamné à 2 ans », « un berger de 9 ans »."""
    near = tokens[max(0, start - 3) : start]
    if "de" in near[-1:] and len(near) > 1:
        return near[-2] in _LASTING or near[-2] in _ANIMALS
    return not _CONDEMNED.isdisjoint(near) or not _ANIMALS.isdisjoint(near)


def _leads_on(tokens: Sequence[str], start: int, end: int) -> bool:
    """« 15 ans que mon mari… », « 15 ans de mariage », « 2 ans plus tard »."""
    following, then = (*tokens[end : end + 2], "", "")[:2]
    if following in ("que", "qu"):
        return then not in _QUESTIONS and (start == 0 or tokens[start - 1] not in _AGED)
    if following in ("de", "d"):
        return then in _LASTING
    return following in _AFTERWARDS or (following == "plus" and then == "tard")
