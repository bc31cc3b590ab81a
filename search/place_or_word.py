"""Whether a word is the name of a commune there, or what everybody writes: Sens, Vienne, Mens, Die."""

import re
from collections.abc import Callable, Iterator, Sequence

from directory.folding import with_sigles_joined
from directory.models import Commune
from directory.place_names import without_article
from search.elisions import is_elided
from search.ordinary import ordinary_words
from search.words import EVERYDAY_WORDS, INTENT_WORDS, STOP_WORDS

# « il me frappe, Les Mées »; in the middle, only a sentence of its own: « mon mari, Florent, » is no place.
_PLACE = r"\s*((?:l[ae]s? +|l[’'])?[^\W\d_]+)"
_APART = re.compile(rf"(?<=[,;:.!?(]){_PLACE}(?=\W*$)|(?<=[.!?]){_PLACE}(?=\s*[,;:.!?])", re.I)
Known = Callable[[str], bool]
TOWN = 2000
_CITY = 40_000
LEADS = frozenset({"a", "au", "aux", "sur", "vers", "habite", "habitant", "commune", "ville", "mairie"})
LEADS_BEGUN = LEADS | {"de", "d"}  # « au collège de Bourgoin »
# Communes that are also words of every day: only after « à ».
_COMMON = """
    aime allons bar bonne chatte contes corps die dole engins epine four garde grasse grave jardin lens
    mens montagne morte nice noyer ongles orange pantin passage pers pierre plan pont riviere rives roche
    rue salles terrasse tour tours vannes"""
_WORDS = frozenset(_COMMON.split())
# What stands before a verb or a noun, never before the name of a place.
_BEFORE = """
    il elle on ils elles qu je j tu nous vous me m te t se s ne n y un une des ce cet cette ces mon ma mes
    ton ta tes son sa ses notre nos votre vos leur leurs pas plus tres trop bien si"""
_BEFORE_A_WORD = frozenset(_BEFORE.split())
_LIVES = frozenset({"habite", "habitons", "habitent", "vis", "vit", "vivons", "suis", "sommes", "loge"})
# What is sought near a place.
_NEAR_A_PLACE = """
    association avocat brigade ccas cidff commissariat crip ecoute foyer gendarmerie gendarmes
    hebergement hopital iscg leao logement maire mairie medecin plainte pmi police psy siao tribunal
    urgences"""
_SOUGHT = frozenset(_NEAR_A_PLACE.split())
# « tj Bourgoin », « maternité Bourgoin »: what a town gives its name to.
_NAMED = "ch chu college hopitaux lycee maternite ml msd parquet tj"
BEARS_A_NAME = _SOUGHT | frozenset(_NAMED.split())
_TITLES = "docteur dr madame maitre me melle mlle mme monsieur mr prof"
_BEFORE_A_NAME = frozenset(_TITLES.split())
_WITHIN_A_NAME = frozenset({"d", "en", "l", "les", "sous", "sur"})
_LEAST_PLAIN = 6  # letters
_HOURS = """
    aujourd aujourdhui avant ce cet cette demain depuis des deux dimanche end heures hier hui jeudi jours la
    lundi maintenant mardi matin mercredi merci midi minutes mois nuit plait prochain samedi semaine si soir
    soiree stp svp tard te tout trois un une urgence urgent vendredi vous week weekend"""
_AFTER_A_PLACE = frozenset(_HOURS.split())
_HAVE = frozenset({"il", "elle", "on", "qui", "y", "n", "m", "l", "t", "s", "lui", "nous", "ca"})


def without_its_hour(tokens: Sequence[str]) -> Sequence[str]:
    """« … fugue Digne depuis hier », « La Mure ce soir, merci »: the place ends the text all the same."""
    last = len(tokens)
    while last and tokens[last - 1] in _AFTER_A_PLACE:
        last -= 1
    return tokens[:last] or tokens


def spans_apart(words: str, tokens_of: Callable[[str], Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Where a word stands alone between two signs, as places do: its first token and what follows it, as
    `tokens_of` counts them."""
    words = with_sigles_joined(words)
    for found in _APART.finditer(words):
        start = len(tokens_of(words[: found.start()]))
        yield start, start + len(tokens_of(found.group()))


def is_had(tokens: Sequence[str], index: int) -> bool:
    """« il a changé »: once folded, « à » and « a » are one."""
    return tokens[index] == "a" and index > 0 and tokens[index - 1] in _HAVE


def is_meant(
    tokens: Sequence[str], start: int, end: int, led: bool, is_apart: bool, commune: Commune, is_known: Known
) -> bool:
    """`is_apart`: alone after a comma, where « Corps » is a commune whatever else it means."""
    words = without_article(" ".join(tokens[start:end])).split()
    if all(word in EVERYDAY_WORDS or word in STOP_WORDS or word in INTENT_WORDS for word in words):
        return False
    if len(words) > 1:
        return True
    is_town = commune.population >= TOWN
    if not (commune.is_held or is_town):  # type: ignore[attr-defined]
        return False
    if commune.is_held and _is_said_as_a_place(tokens, start, end):  # type: ignore[attr-defined]
        return True
    if words[0] in _WORDS:
        return led and (is_apart or not is_known(words[0]))
    if words[0] in ordinary_words():
        return _is_rather_a_place(tokens, start, end, led, commune, is_known)
    # « cidf seyne les alpes »: beside a word that means something, wherever it stands.
    is_beside = commune.is_held and start > 0 and is_known(tokens[start - 1])  # type: ignore[attr-defined]
    is_held_last = commune.is_held and end == len(tokens)  # type: ignore[attr-defined]
    return led or is_held_last or (not is_known(words[0]) and (is_town or end == len(tokens) or is_beside))


def is_plain(tokens: Sequence[str], start: int, commune: Commune) -> bool:
    """« ils habitent Turriers »: a village of the directory whose name nobody writes for anything else; not
    who bears it, nor what a longer name begins with (« Montfort-sur-Argens »)."""
    word, before = tokens[start], tokens[start - 1] if start else ""
    after = tokens[start + 1] if start + 1 < len(tokens) else ""
    is_rare = len(word) >= _LEAST_PLAIN and word not in ordinary_words() and word not in _WORDS
    is_held = commune.is_held  # type: ignore[attr-defined]
    return is_held and is_rare and before not in _BEFORE_A_NAME and after not in _WITHIN_A_NAME


def _is_said_as_a_place(tokens: Sequence[str], start: int, end: int) -> bool:
    """« Mens » alone, « j’habite à Corps », « gendarmerie de Vif », « Les Mées »."""
    if start == 0 and end == len(tokens):
        return True
    if end - start > 1:
        return tokens[end - 1] not in _WORDS and tokens[end - 1] not in ordinary_words()
    *_far, who, earlier, before = "", "", "", *tokens[:start]
    if before == "a":
        return earlier in _LIVES or (who, earlier) == ("on", "est")
    if before in ("habite", "habitons", "habitent"):  # « j’habite Corps »
        return True
    return before in _SOUGHT or (before in ("de", "d") and earlier in _SOUGHT)


def _is_rather_a_place(
    tokens: Sequence[str], start: int, end: int, led: bool, commune: Commune, is_known: Known
) -> bool:
    """Sens, Vienne, L’Hôpital: « je me sens », « qu’il vienne », « à l’hôpital » are what people write.

    Far from the directory, only a city, or a town after « à ».
    """
    before = tokens[start - 1] if start else ""
    name = tokens[end - 1]
    if before in _BEFORE_A_WORD and end - start == 1 and not led:
        return False
    if commune.is_held:  # type: ignore[attr-defined]
        is_beside = before in LEADS_BEGUN or (bool(before) and is_known(before))
        return led or (not is_known(name) and (is_beside or start == 0 or end == len(tokens)))
    if commune.population >= _CITY:
        return led or not is_known(name)
    return led and end - start == 1 and not is_known(name)


def are_names(words: Sequence[str], is_known: Known) -> bool:
    """Long enough, or « saint »; none of them a word of every day, nor one without its apostrophe."""
    plain = EVERYDAY_WORDS | INTENT_WORDS | STOP_WORDS | _WORDS
    return any(len(word) > 4 and word != "saint" for word in words) and not any(
        word in plain or is_known(word) or is_elided(word) or not word.isalpha() for word in words
    )
