"""« Mon compte », the personal tokens, and where our steps differ from django-allauth's."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.accounts import strength
from cms.accounts.grants import enters_admin
from directory import tokens
from directory.models import ApiToken

MAX_LABEL = 80


@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "account/home.html", _account(request))


def _account(request: HttpRequest) -> dict[str, Any]:
    """What « Mon compte » shows: second factor, recovery codes left, tokens."""
    known = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    by_type = {one.type: one for one in known}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return {
        "totp": by_type.get(Authenticator.Type.TOTP),
        "passkeys": [one for one in known if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "tokens": request.user.access_keys.order_by("-created_at", "pk"),
        "must_activate": not strength.is_strong(request) and _must_be_strong(request),
        "max_label": MAX_LABEL,
    }


def _must_be_strong(request: HttpRequest) -> bool:
    return strength.needs_second_factor(request.viewer) or enters_admin(request.user, request.viewer)


@login_required
@require_POST
@reauthentication_required(app="allauth.mfa")
def create_token(request: HttpRequest) -> HttpResponse:
    """Answers with the page itself, not a redirect: the token is shown once and kept nowhere."""
    if strength.is_held_back(request):
        return redirect("account_home")
    label = " ".join(request.POST.get("label", "").split())[:MAX_LABEL]
    if not label:
        messages.error(request, _("Donnez un nom à la clé : à quoi servira-t-elle ?"))
        return redirect("account_home")
    token = ApiToken.issue(request.user, label)
    return render(request, "account/home.html", _account(request) | {"new_token": token, "new_label": label})


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    tokens.revoke(token)
    messages.success(request, _("La clé « %(label)s » est révoquée.") % {"label": token.label})
    return redirect("account_home")


def _note_strength(request: HttpRequest, kind: str) -> None:
    # Whoever has just proved the new factor need not prove it again at once.
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


class ActivateTotp(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _note_strength(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _note_strength(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)


def locked_out(request: HttpRequest, *details: Any) -> HttpResponse:
    """After too many wrong passwords. Says nothing of whether the account exists."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    response = render(request, "account/locked.html", {"minutes": seconds // 60}, status=429)
    response["Retry-After"] = str(seconds)
    return response
