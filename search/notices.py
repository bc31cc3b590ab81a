"""What is said of the answer itself: what was not done, whose services lead, that nobody is there."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from directory.competence import Ground
from directory.gazetteer import department_names
from directory.visibility import Viewer, visible_services
from search.backends.base import Territory
from search.question import Question


def not_done(question: Question, ground: Ground | None) -> list[str]:
    """What was asked and not done: never in silence."""
    said = []
    if question.commune and ground is None:
        said.append(_("Aucune commune n’a le code INSEE %(code)s.") % {"code": question.commune})
    if question.radius and ground and not ground.commune.point:
        said.append(_("La position de cette commune n’est pas connue : le rayon n’est pas appliqué."))
    if isinstance(question.away, int) and ground and not ground.commune.point:
        said.append(_("La position de cette commune n’est pas connue : l’éloignement n’est pas appliqué."))
    return said


def home_first(code: str) -> Iterable[str]:
    """One query, for a professional who says no place."""
    if code:
        name = department_names().get(code, code)
        yield _(
            "Aucun lieu n’est dit : les services de votre département (%(name)s) sont les premiers. "
            "Précisez la commune pour savoir qui est compétent."
        ) % {"name": name}


def nobody_there(territory: Territory | None, viewer: Viewer, found: Collection[str]) -> Iterable[str]:
    """One query when none of what was `found` is of that department: where this directory holds nothing, a
    few services nearby are not all there is. Of no concern to those who leave it."""
    code = territory.department if territory and not territory.away else ""
    if code and code not in found and not visible_services(viewer).filter(department=code).exists():
        name = department_names().get(code, code)
        yield _(
            "Cet annuaire ne couvre pas ce département : %(name)s (%(code)s). "
            "Les numéros nationaux y répondent."
        ) % {"name": name, "code": code}
