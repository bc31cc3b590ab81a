"""Querysets that speak the domain. Who may see is not here: it is in `visibility.py`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch

if TYPE_CHECKING:
    from directory.models import Service


class ServiceQuerySet(models.QuerySet["Service"]):
    def published(self) -> Self:
        """What is live; a definitively closed service still answers at its address."""
        return self.filter(live=True, type__is_open=True)

    def searchable(self) -> Self:
        """Published, and not closed for good."""
        return self.published().exclude(state="ferme").filter(organisation__is_open=True)

    def for_cards(self) -> Self:
        """With all that a card reads: five queries whatever the number of services."""
        from directory.models import Contact, Place

        return self.select_related("organisation", "type").prefetch_related(
            Prefetch("places", Place.objects.select_related("commune").order_by("sort_order", "pk")),
            Prefetch("contacts", Contact.objects.order_by("sort_order", "pk")),
            "coverage_areas",
            "coverage_communes",
        )

    def in_order_of(self, ids: Iterable[int]) -> list["Service"]:
        """The services among `ids`, in that order; those that the queryset excludes are dropped."""
        by_id = {service.pk: service for service in self.filter(pk__in=list(ids))}
        return [by_id[pk] for pk in ids if pk in by_id]
