"""« J’avais 9 ans, c’était le prêtre de la colo. J’en ai 52 »: what is told years later, without its word."""

from collections.abc import Iterable, Sequence

from search.ages import ADULT
from search.mentions import Mention

_TRUSTED = """
    animateur beau cousin cure educateur entraineur instit instituteur maitre moniteur oncle parrain pretre
    prof professeur tonton voisin"""
_BY_WHOM = frozenset(_TRUSTED.split())
_WHERE = frozenset({"dortoir", "douche", "douches", "vestiaire", "vestiaires"})
_FAR = 14  # tokens


def told_long_ago(mentions: Iterable[Mention], tokens: Sequence[str]) -> list[tuple[str, str, str]]:
    """Sexual violence, when a child's age is told by somebody grown, with one who was trusted, and nothing
    else that was suffered: kind, slug, words."""
    if any(kind == "violence" for one in mentions if one.entry for kind, _slug in one.entry.concepts):
        return []
    for place, token in enumerate(tokens[:-2]):
        if token != "avais" or not _is_of_a_child(tokens[place + 1 : place + 3]):
            continue
        near = tokens[place + 3 : place + 3 + _FAR]
        if _is_by_somebody_trusted(near) and _is_told_by_somebody_grown(tokens):
            return [("violence", "sexuelles", " ".join(tokens[place : place + 3]))]
    return []


def _is_of_a_child(said: Sequence[str]) -> bool:
    years, unit = said
    return unit == "ans" and years.isdigit() and int(years) < ADULT


def _is_by_somebody_trusted(said: Sequence[str]) -> bool:
    """« c’était le prêtre de la colo », « l’entraîneur de judo, les vestiaires »; not « un prof génial »."""
    if not _WHERE.isdisjoint(said):
        return not _BY_WHOM.isdisjoint(said)
    return any(
        list(said[place : place + 2]) == ["c", "etait"]
        and said[place + 2 : place + 3] in (["l"], ["le"], ["mon"])
        and not _BY_WHOM.isdisjoint(said[place + 3 : place + 5])
        for place in range(len(said))
    )


def _is_told_by_somebody_grown(tokens: Sequence[str]) -> bool:
    """« j’en ai 52 », « j’ai 41 ans »."""
    return any(
        token == "ai" and after.isdigit() and int(after) >= ADULT and (before == "en" or unit == "ans")
        for before, token, after, unit in zip(tokens, tokens[1:], tokens[2:], [*tokens[3:], ""], strict=False)
    )
