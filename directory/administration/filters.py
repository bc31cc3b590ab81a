"""Filters of the lists of the administration."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from directory import taxonomy
from directory.administration.choices import department_choices
from directory.freshness import MONTHS_UP_TO_DATE, add_months, stale_before
from directory.models import ActorType, Area, Organisation, Service


class _Departments(WagtailFilterSet):
    department = django_filters.ChoiceFilter(label=_("Département"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["department"].extra["choices"] = department_choices(self.request.viewer)


class ServiceFilter(_Departments):
    type = django_filters.ModelChoiceFilter(
        label=_("Type"), queryset=ActorType.objects.filter(kind="structure")
    )
    state = django_filters.ChoiceFilter(label=_("État"), choices=Service.State.choices)
    live = django_filters.ChoiceFilter(
        label=_("Publication"),
        choices=[
            ("en-ligne", _("Publiée")),
            ("brouillon", _("Jamais publiée ou retirée")),
            ("attente", _("Modification en attente")),
        ],
        method="filter_live",
    )
    freshness = django_filters.ChoiceFilter(
        label=_("Vérification"), choices=taxonomy.FRESHNESS.choices, method="filter_freshness"
    )
    audience = django_filters.ChoiceFilter(label=_("Visibilité"), choices=taxonomy.AUDIENCES.choices)

    def filter_live(self, queryset: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        wanted = {
            "en-ligne": Q(live=True),
            "brouillon": Q(live=False),
            "attente": Q(live=True, has_unpublished_changes=True),
        }
        return queryset.filter(wanted[value])

    def filter_freshness(self, queryset: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        return queryset.filter(freshness_filter(value))

    class Meta:
        model = Service
        fields: list[str] = []


def freshness_filter(slug: str) -> Q:
    """`freshness_of` as a filter, today."""
    today = timezone.localdate()
    fresh, stale = add_months(today, -MONTHS_UP_TO_DATE), stale_before(today)
    return {
        "a-jour": Q(verified_on__gte=fresh),
        "a-confirmer": Q(verified_on__lt=fresh, verified_on__gte=stale),
        "perime": Q(verified_on__lt=stale),
        "jamais-verifie": Q(verified_on__isnull=True),
    }[slug]


class OrganisationFilter(_Departments):
    is_open = django_filters.BooleanFilter(label=_("En activité"))

    class Meta:
        model = Organisation
        fields: list[str] = []


class AreaFilter(_Departments):
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=taxonomy.AREA_KINDS.choices)

    class Meta:
        model = Area
        fields: list[str] = []


class ActorTypeFilter(WagtailFilterSet):
    family = django_filters.ChoiceFilter(label=_("Famille"), choices=taxonomy.FAMILIES.choices)
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=taxonomy.KINDS.choices)

    class Meta:
        model = ActorType
        fields: list[str] = []
