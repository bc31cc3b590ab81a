from django.urls import path, register_converter
from django.urls.converters import StringConverter

from directory import views


class PublicId(StringConverter):
    """What `identifiers.py` may have made: anything else is no address, and the database is not asked."""

    regex = "[a-z0-9]{1,12}"


register_converter(PublicId, "id")

app_name = "directory"
urlpatterns = [
    path("s/<id:public_id>/", views.service, name="service"),
    path("o/<id:public_id>/", views.organisation, name="organisation"),
    path("f/<id:public_id>/", views.actor_type, name="type"),
    path("types/", views.actor_types, name="types"),
    path("types/<slug:slug>/", views.actor_type_by_slug, name="type_by_slug"),
    path("numeros/", views.helplines, name="helplines"),
]
