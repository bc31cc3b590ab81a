"""The search pages. What is typed is posted, then travels in an address that tells nothing and expires."""

from math import ceil

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.folding import fold
from directory.helplines import helplines_by_key
from directory.throttle import seconds_to_wait
from search import links
from search.answer import answer
from search.forms import Params, SearchForm, params_of
from search.page import results_page
from search.pinned import BESIDE_THE_FORM
from search.situations import SITUATIONS
from search.tokens import Expired, unseal

_LONGEST_VALUE, _MOST_VALUES = 600, 100
_LONGEST_ADDRESS = 4000  # characters: what proxies take


# It changes nothing and sets no cookie: a token against forgery would only leave a trace.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form; posted, 303 to the address of the question; with parameters in the address, the answer."""
    if request.method == "POST":
        address = links.address_of(_bounded(_of_these_words(request.POST)))
        if len(address) > _LONGEST_ADDRESS:
            message = _("Cette recherche est trop longue. Gardez l’essentiel, et moins de filtres.")
            return empty_form(request, message, status=400)
        return _see_other(address)
    params = params_of(request.GET)
    return _answered(request, params) if _asks(params) else empty_form(request)


@csrf_exempt
@require_safe
def results(request: HttpRequest, token: str) -> HttpResponse:
    try:
        params = unseal(token)
    except Expired:
        message = _("Cette recherche a expiré : rien n’en a été gardé. Vous pouvez la refaire ci-dessous.")
        return empty_form(request, message, status=410)
    return _answered(request, params)


def empty_form(request: HttpRequest, message: str = "", status: int = 200) -> HttpResponse:
    lines = helplines_by_key(BESIDE_THE_FORM)
    context = {"message": message, "helplines": list(lines.values()), "situations": SITUATIONS}
    return _unkept(render(request, "search/search.html", context, status=status))


def _answered(request: HttpRequest, params: Params) -> HttpResponse:
    wait = seconds_to_wait(request)
    if wait:
        return _too_many(request, wait)
    asked = SearchForm(params).asked()
    found = answer(asked.question, request.viewer, knowledge=asked.knowledge)
    if found.total and not found.results:
        last = ceil(found.total / asked.question.limit)
        return _unkept(_see_other(links.address_of(asked.params_with(page=last))))
    return _unkept(render(request, "search/results.html", {"page": results_page(asked, found)}))


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    text = _("Trop de recherches en une minute. Attendez %(seconds)d secondes, puis recommencez.")
    response = empty_form(request, text % {"seconds": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response


def _asks(params: Params) -> bool:
    return any(value.strip() for values in params.values() for value in values)


def _bounded(params: Params) -> dict[str, list[str]]:
    """What an address can hold; the form reads it again, and says what it did not take."""
    kept = {
        name: [value.strip()[:_LONGEST_VALUE] for value in values[:_MOST_VALUES]]
        for name, values in params.items()
    }
    filled = {name: [value for value in values if value] for name, values in kept.items()}
    return {name: values for name, values in filled.items() if values}


def _of_these_words(posted: QueryDict) -> Params:
    """What was taken back of other words (`sans_de`) is not taken back of these."""
    params = params_of(posted)
    before = posted.get("sans_de")
    if before is not None and fold(before) != fold(posted.get("q", "")):
        params.pop("sans", None)
    return params
