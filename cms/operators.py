"""Who runs this site: what the law wants to be said of them, filled in by them (Wagtail's settings)."""

from django.conf import settings
from django.utils.translation import gettext as _

from cms.models.operator import Operator


def operator() -> Operator:
    """The one of this deployment; empty until somebody fills it in: one query."""
    return Operator.objects.order_by("pk").first() or Operator()


def contact_of() -> str:
    """The mailbox that readers may write to; the deployment's own when the operator gave none."""
    return operator().contact_email or settings.CONTACT_EMAIL


def details_of(part: str) -> list[tuple[str, str]]:
    """What the operator filled in, as (label, text), and what is still missing, as (label, "")."""
    found = operator()
    parts = {
        "editor": [
            (_("Exploitant"), found.name),
            (_("Adresse"), found.address),
            (_("Responsable de la publication"), found.director),
            (_("Contact"), found.contact_email or settings.CONTACT_EMAIL),
        ],
        "host": [(_("Hébergeur"), found.host_name), (_("Adresse"), found.host_address)],
        "data": [
            (_("Responsable du traitement"), found.name),
            (_("Délégué à la protection des données"), found.data_officer),
            (_("Base légale"), found.legal_basis),
            (_("Durées de conservation"), found.retention),
        ],
    }
    return parts.get(part, [])
