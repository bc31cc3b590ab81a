"""Errors of the JSON interface: RFC 9457 problem details, with a message in French."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _


class Problem(Exception):
    """Ends the request with `status` and a message that says what to do."""

    def __init__(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.headers = status, title, detail, headers or {}


def no_such_address() -> Problem:
    return Problem(404, _("Introuvable"), _("Cette adresse n’existe pas."))


def problem_response(request: HttpRequest, problem: Problem) -> JsonResponse:
    body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}
    response = JsonResponse(body, status=problem.status, headers=problem.headers)
    response["Content-Type"] = "application/problem+json"
    return response
