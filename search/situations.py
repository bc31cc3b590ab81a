"""The tiles of the home page: situations in plain words, and the filters they stand for (domain.md §9)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directory.vocabulary import Label


@dataclass(frozen=True)
class Situation:
    """`params` are (name, value) of the search form: they are posted, so that no address tells them."""

    title: Label
    hint: Label
    icon: str
    params: tuple[tuple[str, str], ...]


def _params(name: str, *values: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for value in values)


SITUATIONS: tuple[Situation, ...] = (
    Situation(
        _("Partir de chez soi"),
        _("se mettre à l’abri"),
        "home",
        _params("besoin", "mise-a-l-abri", "hebergement"),
    ),
    Situation(
        _("Un enfant en danger"),
        _("ou une inquiétude"),
        "child",
        _params("violence", "enfants", "covictimes", "inceste"),
    ),
    Situation(
        _("Après une agression"),
        _("soins, preuves, plainte"),
        "heart",
        _params("besoin", "soins", "examen-medico-legal", "recueil-plainte", "accompagnement-plainte"),
    ),
    Situation(
        _("Fugue et retour"),
        _("signaler, chercher, accueillir"),
        "turn",
        _params("q", "fugue d’un mineur"),
    ),
    Situation(
        _("En ligne"),
        _("chantage, images, harcèlement"),
        "screen",
        _params("violence", "cyberviolences"),
    ),
    Situation(
        _("Un aîné en difficulté"),
        _("maltraitance, arnaque"),
        "two",
        _params("violence", "maltraitance-majeurs", "escroquerie"),
    ),
    Situation(
        _("Je suis témoin"),
        _("je m’inquiète pour quelqu’un"),
        "eye",
        _params("public", "proche-temoin"),
    ),
    Situation(
        _("Changer ma conduite"),
        _("je me sens dépassé"),
        "path",
        _params("besoin", "prise-en-charge-auteur"),
    ),
)
