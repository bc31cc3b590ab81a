"""Lists of slugs as bits of a number: a condition is one operation, and three values are counted by one sum.

The database makes the numbers, in generated columns, by functions of the migrations that hold the same lists.
A slug keeps its place for ever: a new one goes to the end, here and in a migration that replaces the function
and writes the rows again (`UPDATE search_searchentry SET publics = publics`). Until then it is looked for and
counted by the lists of slugs, as the values of other columns are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from directory import taxonomy

_PUBLICS = (
    "enfant adolescent jeune-majeur adulte senior tous femmes hommes victime proche-temoin auteur"
    " professionnel avec-enfants enceinte avec-animal handicap sourd-malentendant lgbt sans-titre-sejour"
    " sans-domicile sous-protection confie-ase situation-prostitution"
)
_VIOLENCES = (
    "conjugales intrafamiliales enfants covictimes inceste sexuelles vss-travail psychologiques harcelement"
    " harcelement-scolaire cyberviolences exploitation-sexuelle-mineurs prostitution-adultes"
    " proxenetisme-traite maltraitance-majeurs escroquerie mariage-force mutilations discrimination"
    " derives-sectaires autre-infraction"
)
_PROVISIONS = (
    "ecoute accueil information-juridique accompagnement-social ecoute-psy suivi-psy accompagnement-plainte"
    " recueil-plainte examen-medico-legal soins evaluation-danger evaluation-ip audition-mineur mise-a-l-abri"
    " hebergement hygiene-repos groupe-parole parentalite prise-en-charge-auteur sortie-prostitution"
    " aller-vers interpretariat etayage-pros formation-pros"
)

# At most 63 of each.
NUMBERED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "publics": tuple(_PUBLICS.split()),
        "focus": tuple(_PUBLICS.split()),
        "violences": tuple(_VIOLENCES.split()),
        "provisions": tuple(_PROVISIONS.split()),
    }
)
_VALUES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "publics": taxonomy.PUBLICS.slugs,
        "violences": taxonomy.VIOLENCES.slugs,
        "provisions": taxonomy.PROVISIONS.slugs,
    }
)

# Of three bits, one after the other, three counters: each holds two million.
_TOGETHER, _COUNTER = 3, 21
_SPREAD = sum(1 << (_COUNTER - 1) * place for place in range(_TOGETHER))
_COUNTED = sum(1 << _COUNTER * place for place in range(_TOGETHER))


def name_of(column: str) -> str:
    return f"{column}_mask"


def mask_of(column: str, slugs: Iterable[str]) -> int | None:
    """The bits of these values; None when one of them has none."""
    if column not in NUMBERED:
        return None
    numbered, asked = NUMBERED[column], set(slugs)
    return sum(1 << numbered.index(slug) for slug in asked) if asked.issubset(numbered) else None


@cache
def without_bit(column: str) -> list[str]:
    """The values of the taxonomy that have none: to be counted by the lists."""
    return [slug for slug in _VALUES[column] if slug not in NUMBERED[column]]


def counting(columns: Iterable[str]) -> Iterator[str]:
    """What these are counted by."""
    for column in sorted(set(columns)):
        if column in NUMBERED:
            yield name_of(column)
        if column not in NUMBERED or without_bit(column):
            yield column


@cache
def counters(column: str, slugs: tuple[str, ...] | None) -> str:
    """SQL: how many rows hold each of these values (None: of all), packed (`counts`)."""
    held = range(0, len(NUMBERED[column]), _TOGETHER)
    only = sum(1 << place for place, slug in enumerate(NUMBERED[column]) if slugs is None or slug in slugs)
    bits = (1 << _TOGETHER) - 1
    sums = (
        f"sum(({name_of(column)} >> {first} & {only >> first & bits}) * {_SPREAD} & {_COUNTED})"
        for first in held
    )
    return f"array_to_string(ARRAY[{', '.join(sums)}], ' ', '0')"


def counts(column: str, packed: str) -> Iterator[tuple[str, int]]:
    """What `counters` told of each value."""
    for group, told in enumerate(map(int, packed.split())):
        for place, slug in enumerate(NUMBERED[column][group * _TOGETHER : (group + 1) * _TOGETHER]):
            yield slug, told >> _COUNTER * place & (1 << _COUNTER) - 1
