"""What is said in years or months and is no age: « depuis 15 ans », « ça fait 6 ans qu’il me frappe »,
« 8 ans de vie commune », « condamné à 2 ans »."""

from collections.abc import Sequence

from search.words import is_typo_of, word_set

_HOW_LONG = word_set("""
    depuis dps pendant durant apres avant dans en sur ces voila voici ya dure durait prend pris risque encourt
    marie mariee maries mariees ensemble prescription""")
_ABOUT = word_set("moins plus environ bientot presque deja quasi quasiment pres bien")
_THIS = frozenset({"ca", "cela", "ce", "sa", "c"})
# « 8 ans de mariage »; « une peine de 3 ans »; « 3 mois de préavis ».
_LASTING = word_set("""
    anciennete arret arrets attente bail bar boite bonheur calvaire carriere cohabitation concubinage conge
    conges contrat cotisations couple coups difference ecart emprise enfer experience ferme galere grossesse
    harcelement horreur hospitalisation humiliations insultes interdiction itt location loyer loyers malheur
    mariage menage metier ordonnance pacs peine preavis prison probation procedure quittance quittances
    passes prostitution relation retard salaire sejour separation service silence souffrance souffrances suivi
    sursis tgd therapie titre torture trottoir union vie violence violences""")
# « victime de violences de 14 ans » is her age.
_SUFFERED = frozenset({"violence", "violences", "coups", "harcelement", "insultes", "humiliations"})
_ANIMALS = word_set("animal berger chat chatte cheval chien chienne lapin")
_AFTERWARDS = frozenset({"tard", "avant", "auparavant", "ensemble", "durant", "ferme"})
_CONDEMNED = word_set("condamne condamnee condamnes ecope jusqu incarcere parti partie pris remonte")
_QUESTIONS = frozenset({"est", "faire", "dois", "doit", "puis", "peut", "peux"})
# « Léa, 15 ans, que son copain frappe ».
_SOMEBODY = frozenset({"son", "sa", "un", "une", "le", "la", "les", "des"})
_BABIES = word_set("""
    age agee aine ainee bb bebe bebes cadet chou enfant enfants fille filles fillette fils garcon garcons
    gosse jumeaux jumelles loulou neveu niece nourrisson nouveau petit petite petits poupon puce""")
# « un jeune de 16 ans que j’accompagne », « élève 14 ans qu’un homme attend ».
_AGED = _BABIES | word_set("""
    a ado ai amie collegien collegienne copain copine de eleve femme frere gamin gamine homme jeune lyceen
    lyceenne mineur mineure patiente soeur victime""")
_FAR = 6  # tokens


def is_how_long(tokens: Sequence[str], start: int, end: int) -> bool:
    """`start` is the number, `end` what follows « ans » or « mois »."""
    if tokens[end - 1] == "mois" and not _is_of_a_baby(tokens, start):
        return True
    return _follows_a_span(tokens, start) or _is_measured(tokens, start) or _leads_on(tokens, start, end)


def _is_of_a_baby(tokens: Sequence[str], start: int) -> bool:
    """« mon bébé de 3 mois », « elle a 8 mois »; « 3 mois » alone is how long."""
    before = tokens[start - 1] if start else ""
    if before == "a":
        return True
    is_said = before in ("de", "et") or before in _BABIES or before.isdigit()
    return is_said and not _BABIES.isdisjoint(tokens[max(0, start - _FAR) : start])


def _follows_a_span(tokens: Sequence[str], start: int) -> bool:
    place = start - 1
    while place > 0 and (tokens[place] in _ABOUT or _is_small(tokens, place)):
        place -= 1
    before, earlier = (tokens[place] if place >= 0 else ""), (tokens[place - 1] if place > 0 else "")
    if earlier in ("futur", "future"):  # « la future mariée, 19 ans »
        return False
    if before == "a":  # « il y a 3 ans », but « elle a 15 ans »
        return earlier == "y"
    if before == "fait":  # « ça fait 6 ans », but « elle fait 15 ans »
        return earlier in _THIS
    if before == "les":
        return earlier in ("tous", "toutes")
    if before == "de" and earlier in ("bout", "date", "datent"):
        return True
    if before == "avais":
        return True  # « j'avais 10 ans »: long ago
    if before == "avait" and "quand" in tokens[max(0, start - 4) : start]:
        return True
    return before in _HOW_LONG or is_typo_of(before, "depuis")


def _is_small(tokens: Sequence[str], place: int) -> bool:
    """« depuis au moins 8 ans », « plus de 8 ans »."""
    after = tokens[place + 1]
    return (tokens[place] == "au" and after == "moins") or (
        tokens[place] == "de" and tokens[place - 1] in ("plus", "moins", "pres")
    )


def _is_measured(tokens: Sequence[str], start: int) -> bool:
    """« une peine de 3 ans », « condamné à 2 ans », « un berger allemand de 9 ans »."""
    *_far, third, second, before = "", "", "", *tokens[:start]
    if before == "de":
        is_hers = second in _SUFFERED and not _AGED.isdisjoint(tokens[max(0, start - 6) : start - 2])
        return (second in _LASTING and not is_hers) or second in _ANIMALS or third in _ANIMALS
    if before in ("a", "pour"):
        return second in _CONDEMNED
    return before in _CONDEMNED or before in _ANIMALS


def _leads_on(tokens: Sequence[str], start: int, end: int) -> bool:
    """« 15 ans que mon mari… », « 15 ans de mariage », « 2 ans plus tard »."""
    following, then = (*tokens[end : end + 2], "", "")[:2]
    before = tokens[start - 1] if start else ""
    if following in ("que", "qu"):
        return then not in _QUESTIONS and not (before and (before in _AGED or then in _SOMEBODY))
    if following in ("de", "d"):
        return then in _LASTING or then in ("plus", "moins")
    if (
        following == "apres"
    ):  # « 10 ans après le viol », « un an après », but « une ado de 15 ans, après le collège »
        return (then in ("le", "les") or tokens[end - 1] == "an") and before not in _AGED
    if following == "pour":  # « il a eu 10 ans pour viol »
        return before == "eu"
    if following == "a":
        return then == "subir"
    return (following in _AFTERWARDS and before not in _AGED) or (following == "plus" and then == "tard")
