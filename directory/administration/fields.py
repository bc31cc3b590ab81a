"""Form fields of the administration: vocabularies, hours in French, communes and areas as text, points."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import validation
from directory.administration import widgets
from directory.commune_lists import commune_in, communes_in, communes_to_text
from directory.folding import fold
from directory.models import Area, Commune
from directory.models.service import make_point
from directory.vocabulary import Vocabulary

HOURS_HELP = gettext_lazy(
    "En clair : « lun-ven 9h-12h, 14h-17h » ou « 1er jeudi du mois 14h-16h ». "
    "Sans autre mention, c’est fermé les jours fériés ; sinon écrivez « y compris jours fériés »."
)


class VocabularyField(forms.MultipleChoiceField):
    """Several slugs of one vocabulary, as checkboxes."""

    def __init__(self, vocabulary: Vocabulary | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", widgets.Checkboxes())
        super().__init__(choices=vocabulary.choices if vocabulary else (), **kwargs)


class HoursField(forms.CharField):
    """OSM in, OSM out; typed and shown in French."""

    widget = widgets.HoursInput

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "required": False,
            "max_length": 255,
            "label": gettext_lazy("Horaires"),
            "help_text": HOURS_HELP,
        }
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> str:
        osm = validation.clean_hours(super().clean(value))
        if len(osm) > 255:
            raise ValidationError(
                _("Ces horaires sont trop longs : gardez la semaine ordinaire, précisez le reste dessous.")
            )
        return osm

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(widgets.hours_in_french(initial or ""), data)


class CommuneField(forms.CharField):
    """One commune, by its name or INSEE code, with suggestions."""

    widget = widgets.CommuneInput

    def __init__(self, departments: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        self.departments = departments
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        found = (
            value
            if isinstance(value, Commune)
            else Commune.objects.filter(pk=value).first()
            if value
            else None
        )
        return communes_to_text([found]) if found else value

    def clean(self, value: Any) -> Commune | None:
        return commune_in(super().clean(value), self.departments)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class CommuneListField(forms.CharField):
    """Communes, one a line; homonyms of `departments` win."""

    widget = widgets.Lines

    def __init__(self, departments: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        self.departments = departments
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return communes_to_text(
            one if isinstance(one, Commune) else Commune.objects.get(pk=one) for one in value
        )

    def clean(self, value: Any) -> list[Commune]:
        return communes_in(super().clean(value), self.departments)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").replace("\r\n", "\n")


class AreasField(forms.Field):
    """Areas: those of the departments kept as checkboxes, any other by its name."""

    widget = widgets.AreaPicker

    def prepare_value(self, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        return {"chosen": [str(getattr(one, "pk", one)) for one in value or ()], "more": ""}

    def clean(self, value: dict[str, Any] | None) -> list[Area]:
        value = value or {"chosen": [], "more": ""}
        pks = [int(pk) for pk in value["chosen"] if pk.isdigit()]
        found = list(Area.objects.filter(pk__in=pks).order_by("pk"))
        if len(found) != len(set(value["chosen"])):
            raise ValidationError(_("Un territoire coché n’existe plus : rechargez la page."))
        more = [area_named(name) for name in value["more"].replace(";", "\n").splitlines() if name.strip()]
        return list(dict.fromkeys([*found, *more]))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {str(getattr(one, "pk", one)) for one in initial or ()}
        return bool(data) and (before != set(data["chosen"]) or bool(data["more"].strip()))


def area_named(text: str) -> Area:
    """The area called so, « CC du Briançonnais (05) » or « Isère ». Raises ValidationError."""
    name = fold(text.rsplit("(", 1)[0] if text.strip().endswith(")") else text)
    near = [
        area
        for area in areas_like(text, limit=200)
        if fold(area.name.split("(")[0]) == name or fold(area.name) == fold(text)
    ]
    if len(near) == 1:
        return near[0]
    close = near or list(areas_like(text, limit=4))
    if not close:
        raise ValidationError(
            _("« %(name)s » n’est pas un territoire connu. Choisissez-le dans la liste.")
            % {"name": text[:80]}
        )
    choices = ", ".join(f"{area.name} — {area.get_kind_display()}" for area in close[:4])
    raise ValidationError(_("« %(name)s » : écrivez exactement l’un de ces territoires : %(choices)s.") % {
        "name": text[:80], "choices": choices,
    })  # fmt: skip


def areas_like(text: str, limit: int = 12) -> Iterable[Area]:
    """Areas whose name holds the words of `text`, accents ignored; departments first."""
    words = fold(text.rsplit("(", 1)[0] if text.strip().endswith(")") else text).split()
    if not words:
        return []
    areas = Area.objects.all()
    for word in words:
        areas = areas.filter(name__unaccent__icontains=word)
    return areas.order_by("department", "kind", "name", "pk")[:limit]


class PointField(forms.Field):
    """A point as « latitude, longitude », set on a map or typed; empty: the commune's."""

    widget = widgets.PointInput

    def to_python(self, value: Any) -> Point | None:
        if value in self.empty_values or isinstance(value, Point):
            return value or None
        latitude, longitude = _coordinates(str(value))
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValidationError(
                _("La latitude va de −90 à 90, la longitude de −180 à 180 : vérifiez leur ordre.")
            )
        return make_point(longitude, latitude)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return widgets.point_text(initial) != (data or "").strip()


def _coordinates(text: str) -> tuple[float, float]:
    """« 45.1885, 5.7245 », « 45,1885 ; 5,7245 » or with a space."""
    parts = text.split(";") if ";" in text else text.split(", ") if ", " in text else text.split()
    if len(parts) == 1:
        parts = text.split(",")
    try:
        latitude, longitude = (float(part.strip().replace(",", ".")) for part in parts)
    except ValueError as error:
        raise ValidationError(
            _("Écrivez la latitude puis la longitude, par exemple 45.1885, 5.7245, ou laissez vide.")
        ) from error
    return latitude, longitude
