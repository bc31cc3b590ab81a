"""What django-allauth and django-axes ask of the site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.accounts import strength
from cms.accounts.grants import enters_admin
from directory.visibility import viewer_of

_SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
_WRONG = _("L’identifiant ou le mot de passe ne correspondent pas. Vérifiez-les, puis recommencez.")
_WRONG_CODE = _("Ce code n’est pas le bon, ou il a expiré. Saisissez le code affiché maintenant.")
_PATIENCE = _("Trop d’essais. Attendez quelques minutes, puis recommencez.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; mail is neutral; a coordinator arrives in the administration."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("Ce mot de passe n’est pas le bon."),
        "enter_current_password": _("Saisissez votre mot de passe actuel."),
        "too_many_login_attempts": _PATIENCE,
        "rate_limited": _PATIENCE,
        "account_inactive": _("Ce compte est fermé. Écrivez à la coordination pour le rouvrir."),
        "invalid_password_reset": _("Ce lien n’est plus valable. Demandez-en un autre."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        enters = enters_admin(request.user, viewer_of(request.user))
        return "/gestion/" if enters else super().get_login_redirect_url(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        # Signing out must not leave a session behind to carry the news of it.
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME} | context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Code generators show the site's name and the login; who must have a second factor keeps one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Votre rôle exige la double authentification : ajoutez une autre clé avant de retirer celle-ci."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        must_keep = strength.needs_second_factor(viewer_of(authenticator.user))
        return not (must_keep and strength.is_last_one(authenticator))


def typed_login(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name under which failed sign-ins are counted: as typed, whatever its case."""
    given = credentials or {}
    typed = given.get("username") or given.get("email") or request.POST.get("login", "")
    return str(typed).strip().lower()
