"""National numbers as they may be shown today (domain.md §5, N1–N8)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.dates import long_date
from directory.models import Helpline

# Numbers that one writes to by SMS: who cannot speak must not be led to call.
_BY_SMS = frozenset({"114", "33700"})


@dataclass(frozen=True)
class HelplineCard:
    """`hours` already reads "à confirmer" when the check is overdue (N3) or sources disagree (N4)."""

    key: str
    number: str
    display: str
    label: str
    for_whom: str
    hours: str
    is_always_open: bool
    is_emergency: bool
    is_written: bool
    is_by_sms: bool
    cost: str
    trace: str
    url: str
    href: str
    source: str
    source_date: str
    checked_on: date | None
    to_check: bool
    reason: str = ""


def helpline_card(helpline: Helpline, today: date, reason: str = "") -> HelplineCard:
    overdue = helpline.is_overdue(today)
    return HelplineCard(
        key=helpline.key,
        number=helpline.number,
        display=helpline.display,
        label=helpline.label,
        for_whom=helpline.for_whom,
        hours=_hours(helpline, overdue),
        is_always_open=helpline.emergency or (helpline.always_open and not (overdue or helpline.conflict)),
        is_emergency=helpline.emergency,
        is_written=helpline.written,
        is_by_sms=helpline.key in _BY_SMS,
        cost=helpline.cost,
        trace=helpline.trace,
        url=helpline.url,
        href=helpline_address(helpline.key, helpline.number, helpline.url),
        source=helpline.source,
        source_date=helpline.source_date,
        checked_on=helpline.checked_on,
        to_check=overdue or bool(helpline.conflict),
        reason=reason,
    )


def helpline_address(key: str, number: str, url: str) -> str:
    """Where a tap leads: `sms:`, `tel:`, or the address of a number that has none."""
    if not number:
        return url
    return f"sms:{number}" if key in _BY_SMS else f"tel:{number}"


def _hours(helpline: Helpline, overdue: bool) -> str:
    if helpline.emergency:
        return _("Jour et nuit")
    if helpline.conflict or overdue:
        return _("Horaires à confirmer")
    return _("Jour et nuit") if helpline.always_open else helpline.hours


def displayed_helplines() -> list[HelplineCard]:
    """All the numbers that may be shown, in their order: one query."""
    today = timezone.localdate()
    return [helpline_card(helpline, today) for helpline in Helpline.objects.filter(displayed=True)]


def helplines_by_key(keys: Iterable[str]) -> dict[str, HelplineCard]:
    """The displayed ones among `keys`, in the order of `keys`: one query, none for no key."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    found = {line.key: line for line in Helpline.objects.filter(displayed=True, key__in=wanted)}
    today = timezone.localdate()
    return {key: helpline_card(found[key], today) for key in wanted if key in found}


def with_reason(card: HelplineCard, reason: str) -> HelplineCard:
    return replace(card, reason=reason)


def source_line(card: HelplineCard) -> str:
    """« Source : … » with its date, and when it was checked, if it was."""
    checked = long_date(card.checked_on) if card.checked_on else _("à vérifier")
    return _("Source : %(source)s. Vérifié : %(checked)s.") % {"source": card.source, "checked": checked}
