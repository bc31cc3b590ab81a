from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("s/<str:public_id>/", views.service, name="service"),
    path("o/<str:public_id>/", views.organisation, name="organisation"),
    path("f/<str:public_id>/", views.actor_type, name="type"),
    path("types/", views.actor_types, name="types"),
    path("types/<slug:slug>/", views.actor_type_by_slug, name="type_by_slug"),
    path("numeros/", views.helplines, name="helplines"),
]
