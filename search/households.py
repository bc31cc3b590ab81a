"""Somebody hit in the couple who tells the age of a child: who the question is about.

« mon mari me frappe, mon fils de 8 ans a tout vu »: no child asks, and the child has a number (domain.md N7).
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from search.ages import ADULT, CHILDREN, GROWN, ME, TEENAGERS, Age
from search.concepts import AT_SCHOOL, COUPLE, MINORS_SAID, is_of_whoever_hits
from search.mentions import Mention

_SUFFERED = frozenset({"violence", "danger", "content"})
_SEEN = ("violence", "covictimes")
# What is done to a child, and not to whoever is hit beside it.
_DONE_TO_CHILDREN = frozenset(
    {
        ("violence", "enfants"),
        ("violence", "inceste"),
        ("violence", "exploitation-sexuelle-mineurs"),
        AT_SCHOOL,
        ("number", "116000"),
    }
)
_OUR = frozenset({"mon", "ma", "mes", "notre", "nos"})
_SEVERAL = frozenset({"deux", "trois", "quatre", "cinq", "2", "3", "4", "5"})
_SOME = _SEVERAL | {"un", "une"}
_THEIRS = frozenset({"son", "sa", "ses", "leur", "leurs"})
_HERS = frozenset({"son", "sa"})
_WHOSE = _OUR | _SOME | _THEIRS
_THE = frozenset({"la", "le", "les"})
_PARENTS = frozenset(
    ["elle", "fille", "soeur", "mere", "amie", "voisine", "femme", "dame", "cousine", "qui", "fils", "frere"]
)
_BOYS = frozenset({"bebe", "fils", "garcon", "gamin", "petit"})
_WOMEN_TOLD = frozenset({"femme", "dame", "patiente", "maman"})
_MOTHERS = frozenset(
    ["elle", "soeur", "amie", "voisine", "collegue", "cousine", "copine", "dame", "femme", "patiente"]
)
_SHELTER = (("besoin", "mise-a-l-abri"), ("besoin", "hebergement"))
_PARENTS_SAID = frozenset({"maman", "mere", "papa", "pere"})
_PARTNERS = frozenset({"mari", "conjoint", "compagnon", "epoux", "monsieur"})
# Of whom the next thing is told, when it is no longer of the child.
_NEXT = _PARTNERS | frozenset({"copain", "mec", "il", "elle", "on", "je", "j", "me", "m", "quand", "ex", "."})
_FAR = 7  # tokens


def with_children(
    ages: Sequence[Age], mentions: Sequence[Mention], tokens: Sequence[str]
) -> tuple[list[Age], list[tuple[str, str, str]]]:
    """The ages, those of the person's own children set aside; and what is said besides: kind, slug, words.

    Where something is done to the child too, its age decides, and the parent keeps a number.
    """
    is_oneself = _is_told_by_oneself(mentions, tokens)
    is_couple = is_oneself or _is_told_of_somebody(mentions, tokens)
    is_parent = _is_told_by_a_parent(tokens)
    is_sheltered = any(_says(one, _SHELTER) for one in mentions) and not GROWN.isdisjoint(tokens)
    parent = next((age for age in ages if _is_of_a_parent(age, tokens)), None)
    found: list[Age] = []
    besides: list[tuple[str, str, str]] = []
    for age in ages:
        if (is_couple or parent) and _is_of_who_hits(age, tokens):
            found.append(replace(age, is_company=True))
            continue
        kin = _child_of_the_age(age, tokens, _WHOSE | _THE if is_oneself else _WHOSE)
        is_along = is_sheltered and kin is not None and _is_along(age, kin, mentions, tokens)
        if kin is not None and tokens[kin] in TEENAGERS and not (is_oneself or is_along):
            kin = None
        is_counted = is_parent and kin is not None and tokens[kin - 1] in _SEVERAL
        is_hers = kin is not None and _is_hers(kin, mentions, tokens)
        is_beside = is_couple or is_along or is_counted or is_hers or age.is_company
        if kin is None or not (is_beside or _is_child_of(parent, age, kin, mentions, tokens)):
            found.append(age)
            continue
        words = " ".join(tokens[kin - 1 : age.end])
        is_hurt = _is_hurt(age, kin, mentions, tokens)
        found.append(replace(age, is_company=not is_hurt))
        if is_hurt and (is_couple or is_hers):
            besides.append(("number", _number_of_couples(mentions), words))
        elif not is_hurt and (is_couple or not age.is_company):
            besides.append(("public", "avec-enfants", words))
            besides += [("number", "119", words)] if tokens[kin - 1] not in _SOME else []
    return found, besides


def without_company(mentions: Iterable[Mention], ages: Iterable[Age]) -> list[Mention]:
    """« une dame, avec un ado de 14 ans »: nothing is said of whoever asks by « un ado » either."""
    places = {place for age in ages if age.is_company for place in (age.start, age.start - 1)}
    return [one for one in mentions if one.end not in places or not _says(one, MINORS_SAID)]


def _is_of_a_parent(age: Age, tokens: Sequence[str]) -> bool:
    """« une dame de 34 ans », « elle a 29 ans », « j’ai 40 ans », « mon fils a 24 ans, un bébé »."""
    *_far, subject, verb = "", "", *tokens[: age.start]
    verb_after, count, kin, after = (*tokens[age.end : age.end + 4], "", "", "", "")[:4]
    is_friend = after in ("ami", "amie", "copain", "copine")  # « a un petit copain »
    if verb_after == "a" and count in _SOME and kin in CHILDREN and not is_friend:
        return True  # « ma fille de 22 ans a un fils »
    return age.years >= ADULT and (age.is_own or age.is_of_a_woman or (verb == "a" and subject in _PARENTS))


def _is_child_of(
    parent: Age | None, age: Age, kin: int, mentions: Iterable[Mention], tokens: Sequence[str]
) -> bool:
    """« une dame de 34 ans, deux garçons de 6 et 9 ans »: something is said of her, nothing of the child."""
    if parent is None or parent.start > age.start:
        return False
    around = set(tokens[kin - 2 : kin])
    is_theirs = not around & _OUR if not parent.is_own else bool(around & (_OUR | _SOME))
    said = [one for one in mentions if not one.is_denied and _kinds(one) & _SUFFERED]
    return is_theirs and bool(said) and not _is_hurt(age, kin, mentions, tokens)


def _is_hers(kin: int, mentions: Iterable[Mention], tokens: Sequence[str]) -> bool:
    """« ma voisine est frappée, elle a deux enfants de 4 et 7 ans », of a mother who suffers it."""
    subject, verb, count = ("", "", "", *tokens[:kin])[-3:]
    if verb != "a" or subject not in _MOTHERS or count not in _SOME:
        return False
    told = [one for one in mentions if not one.is_denied and "violence" in _kinds(one)]
    if any(_says(one, {COUPLE}) and not is_of_whoever_hits(one) for one in told):
        return True
    is_boy = tokens[kin] in _BOYS  # « il la tape », « elle est battue » are of his mother
    return any(
        _is_suffered(one, tokens) if one.end < kin else is_boy and _is_of_her(one, tokens) for one in told
    )


def _is_of_her(mention: Mention, tokens: Sequence[str]) -> bool:
    """« il la tape », « elle a été violée »."""
    return _is_feminine(mention, tokens) or _is_suffered(mention, tokens)


def _is_suffered(mention: Mention, tokens: Sequence[str]) -> bool:
    """« est battue », « se fait cogner »."""
    said = tokens[max(0, mention.start - 2) : mention.end]
    is_told_of_child = not CHILDREN.isdisjoint(tokens[max(0, mention.start - 3) : mention.end])
    return not is_told_of_child and any(one == "fait" or one.endswith(("ee", "ue")) for one in said)


def _is_along(age: Age, kin: int, mentions: Iterable[Mention], tokens: Sequence[str]) -> bool:
    """« trouver une place à une dame, avec un ado de 14 ans », of whom nothing else is told."""
    told_next = (one for one in mentions if one.start >= age.end and "violence" in _kinds(one))
    is_pregnant = "enceinte" in tokens[age.end : age.end + _FAR]
    return list(tokens[kin - 2 : kin - 1]) == ["avec"] and not (any(told_next) or is_pregnant)


def _is_told_by_a_parent(tokens: Sequence[str]) -> bool:
    """« je suis un père, deux enfants de 4 et 7 ans »."""
    return any(
        list(tokens[place : place + 2]) == ["je", "suis"]
        and not _PARENTS_SAID.isdisjoint(tokens[place + 2 : place + 4])
        for place in range(len(tokens))
    )


def _is_told_by_oneself(mentions: Iterable[Mention], tokens: Sequence[str]) -> bool:
    """« mon mari me frappe », « je suis frappée par lui »; not « mon fils me frappe, mon mari se tait »."""
    said = (one for one in mentions if _says(one, {COUPLE}) and not is_of_whoever_hits(one))
    partners = [one for one in said if tokens[one.start] not in _HERS]
    return any(
        _is_by_a_partner(one, partners, tokens)
        for one in mentions
        if not one.is_denied and one.entry and any(kind in _SUFFERED for kind, _slug in one.entry.concepts)
    )


def _is_by_a_partner(mention: Mention, partners: Iterable[Mention], tokens: Sequence[str]) -> bool:
    is_suffered = _is_mine(mention, tokens) or "suis" in tokens[max(0, mention.start - 3) : mention.start]
    if not is_suffered:
        return False
    around = range(max(0, mention.start - 1), mention.end)
    spoken = next((place for place in around if tokens[place] in ME), mention.end)
    persons = [place for place in range(spoken) if tokens[place] in CHILDREN]
    told = [one.start for one in partners if one.start < spoken]
    if persons or told:
        return max(told, default=-1) > max(persons, default=-1)
    return any(one.start - mention.end < _FAR for one in partners)


def _is_told_of_somebody(mentions: Sequence[Mention], tokens: Sequence[str]) -> bool:
    """« une mère frappée par son conjoint », « une patiente, violences conjugales »."""
    if not any(
        (_says(one, {COUPLE}) and not is_of_whoever_hits(one)) or _is_of_a_woman_hit(one, tokens)
        for one in mentions
    ):
        return False
    grown = next((place for place, token in enumerate(tokens) if token in GROWN), None)
    if grown is None or (grown and tokens[grown - 1] in ("ma", "mon")):
        return False
    said = (one for one in mentions if one.start > grown and not (one.is_denied or one.is_clue))
    done = [one for one in said if "violence" in _kinds(one)]
    # « une mère frappe sa fille »: no child stands between, nor is the one who is hit.
    return bool(done) and CHILDREN.isdisjoint(tokens[grown : done[0].end + 2])


def _is_feminine(mention: Mention, tokens: Sequence[str]) -> bool:
    """« il la tape », « frappée hier », beside a boy."""
    return tokens[mention.start].endswith("ee") or tokens[mention.start - 1 : mention.start] == ["la"]


def _is_of_a_woman_hit(mention: Mention, tokens: Sequence[str]) -> bool:
    """« une femme frappée, son fils a 4 ans »."""
    return (
        "violence" in _kinds(mention)
        and tokens[mention.start].endswith("ee")
        and not _WOMEN_TOLD.isdisjoint(tokens[max(0, mention.start - 2) : mention.start])
    )


def _child_of_the_age(age: Age, tokens: Sequence[str], whose: Set[str]) -> int | None:
    """Where « fils » is in « mon fils de 8 ans », « nos enfants de 3 et 5 ans »; None of a child who hits."""
    if age.years >= ADULT:
        return None
    for place in range(age.start - 1, max(0, age.start - _FAR), -1):
        if tokens[place] in CHILDREN | TEENAGERS:
            is_ones = tokens[place - 1] in whose | {"petit", "petite"}
            return place if is_ones and not _is_violent(age, place, tokens) else None
    return None


def _is_of_who_hits(age: Age, tokens: Sequence[str]) -> bool:
    """« une dame de 80 ans frappée par son petit-fils de 17 ans »: somebody else's age is told."""
    near = range(max(1, age.start - _FAR), age.start)
    return any(tokens[place] in CHILDREN and _is_violent(age, place, tokens) for place in near)


def _is_violent(age: Age, kin: int, tokens: Sequence[str]) -> bool:
    """« mon fils de 15 ans me frappe », « frappée par mon fils de 15 ans »."""
    after = tokens[age.end : age.end + 2]
    return not ME.isdisjoint(after) or "par" in tokens[max(0, kin - 3) : kin]


def _is_hurt(age: Age, kin: int, mentions: Iterable[Mention], tokens: Sequence[str]) -> bool:
    """Something is done to the child: said before it, after it, or of children alone."""
    if tokens[kin - 3 : kin - 1] in (["pere", "de"], ["mere", "de"]):  # « battue par le père de ma fille »
        return False
    for one in mentions:
        if one.is_denied or _is_mine(one, tokens) or (one.is_clue and _says(one, {COUPLE})):
            continue
        if tokens[kin] in _BOYS and _is_feminine(one, tokens):
            continue
        if _is_done_to(kin, one, tokens) or _is_told_next(age, one, tokens):
            return True
        if not one.is_clue and _says(one, _DONE_TO_CHILDREN):
            return True
    return False


def _is_told_next(age: Age, mention: Mention, tokens: Sequence[str]) -> bool:
    """« mon fils de 15 ans a des bleus », « ma fille de 14 ans est frappée par son copain »."""
    is_near = age.end <= mention.start <= age.end + _FAR
    between, after = tokens[age.end : mention.start + 1], tokens[mention.end : mention.end + 3]
    if not is_near or "violence" not in _kinds(mention) or _says(mention, {_SEEN}):
        return False
    if mention.is_clue and _says(mention, {AT_SCHOOL}):  # « à la cantine » says where it is
        return False
    # « un fils de 6 ans, frappée par son mari », « un fils, violences conjugales » are of his mother.
    is_of_a_couple = _says(mention, {COUPLE}) and not is_of_whoever_hits(mention)
    return not is_of_a_couple and _PARTNERS.isdisjoint(after) and _NEXT.isdisjoint(between)


def _is_done_to(kin: int, mention: Mention, tokens: Sequence[str]) -> bool:
    """« il frappe aussi ma fille »; in « il me frappe, mon fils a vu », « me » says who is hit."""
    return "violence" in _kinds(mention) and mention.start < kin - 1 <= mention.end + 1


def _is_mine(mention: Mention, tokens: Sequence[str]) -> bool:
    return not ME.isdisjoint(tokens[max(0, mention.start - 1) : mention.end])


def _number_of_couples(mentions: Iterable[Mention]) -> str:
    return "116006" if any(_says(one, {("public", "hommes")}) for one in mentions) else "3919"


def _says(mention: Mention, concepts: Iterable[tuple[str, str]]) -> bool:
    return bool(
        not mention.is_denied and mention.entry and set(concepts).intersection(mention.entry.concepts)
    )


def _kinds(mention: Mention) -> set[str]:
    return {kind for kind, _slug in mention.entry.concepts} if mention.entry else set()
