"""Widgets of the administration: plain text without script, easier with static/directory/admin/entry.js."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory.hours import HoursError, describe_hours, parse_hours
from directory.models import Area

MEDIA = forms.Media(css={"all": ["directory/admin/entry.css"]}, js=["directory/admin/entry.js"])


class Lines(AdminAutoHeightTextInput):
    @property
    def media(self) -> forms.Media:
        return super().media + MEDIA


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in columns. Its own template: the design system's has no box around them, without which
    neither the columns nor Wagtail's blocks work."""

    template_name = "directory/admin/checkboxes.html"

    @property
    def media(self) -> forms.Media:
        return MEDIA


def describe(text: str) -> str:
    """« Compris : lundi au vendredi… », or "" when `text` is empty or is not understood."""
    try:
        osm = parse_hours(text or "")
        return _("Compris : %(hours)s") % {"hours": describe_hours(osm)} if osm else ""
    except HoursError:
        return ""


def hours_in_french(osm: str) -> str:
    """What is kept, in words, when these words read again say the same hours; else as kept."""
    try:
        words = describe_hours(osm)
        silent = words.replace(" " + _("Fermé les jours fériés."), "")
        return next((text for text in (silent, words) if describe_hours(parse_hours(text)) == words), osm)
    except HoursError:
        return osm


class HoursInput(forms.TextInput):
    template_name = "directory/admin/hours_input.html"

    @property
    def media(self) -> forms.Media:
        return MEDIA

    def format_value(self, value: Any) -> str:
        return hours_in_french(str(value)) if value else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["understood"] = describe(str(value or ""))
        context["address"] = _address("annuaire_outils:hours")
        return context


class CommuneInput(forms.TextInput):
    template_name = "directory/admin/suggested_input.html"
    source = "annuaire_outils:communes"

    @property
    def media(self) -> forms.Media:
        return MEDIA

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["address"] = _address(self.source)
        return context


class AreaPicker(forms.Widget):
    """`departments` are those whose areas are offered; what is chosen elsewhere is shown too."""

    template_name = "directory/admin/area_picker.html"
    departments: frozenset[str] = frozenset()
    use_fieldset = True

    @property
    def media(self) -> forms.Media:
        return MEDIA

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        chosen = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
        return {"chosen": chosen, "more": data.get(f"{name}_more", "")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no box ticked sends nothing

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        value = value or {"chosen": [], "more": ""}
        chosen = set(value["chosen"])
        offered = Q(department__in=sorted(self.departments)) | Q(pk__in=[pk for pk in chosen if pk.isdigit()])
        groups: dict[str, list[tuple[Area, bool]]] = {}
        for area in Area.objects.filter(offered).order_by("kind", "name", "pk"):
            groups.setdefault(area.get_kind_display(), []).append((area, str(area.pk) in chosen))
        return context | {
            "groups": [(label, areas, len(areas) > 8) for label, areas in groups.items()],
            "more": value["more"],
            "address": _address("annuaire_outils:areas"),
        }


def point_text(value: Any) -> str:
    """« 45.18850, 5.72450 » (latitude first, as people read it)."""
    if value in (None, ""):
        return ""
    return f"{value.y:.5f}, {value.x:.5f}" if hasattr(value, "y") else str(value)


class PointInput(forms.TextInput):
    template_name = "directory/admin/point_input.html"

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["leaflet/leaflet.js"], css={"all": ["leaflet/leaflet.css"]}) + MEDIA

    def format_value(self, value: Any) -> str:
        return point_text(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["outlines"] = _address("annuaire_outils:outlines")
        context["commune_point"] = _address("annuaire_outils:commune_point")
        return context


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # outside a site with an administration
        return ""
