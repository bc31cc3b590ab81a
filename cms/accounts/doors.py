"""Wagtail's own ways in, closed: they ask for no second factor. To be placed before Wagtail's addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path


def _to_sign_in(request: HttpRequest, **address: Any) -> HttpResponse:
    return redirect("/connexion/?next=/gestion/")


def _to_new_password(request: HttpRequest, **address: Any) -> HttpResponse:
    return redirect("account_reset_password")


closed_doors = [
    path("gestion/login/", _to_sign_in),
    re_path(r"^gestion/password_reset/(?P<rest>.*)$", _to_new_password),
    re_path(r"^_util/(login|authenticate_with_password)/(?P<rest>.*)$", _to_sign_in),
]
