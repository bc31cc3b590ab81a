"""Under /connexion/: django-allauth's views at French addresses, and ours. Nobody signs up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from cms.accounts import views

_to_account = login_required(RedirectView.as_view(pattern_name="account_home"))

urlpatterns = [
    path("", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path("code/saisie/", account.confirm_login_code, name="account_confirm_login_code"),
    path("cle/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mot-de-passe/oubli/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oubli/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("compte/", views.home, name="account_home"),
    path("compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("compte/mot-de-passe/premier/", account.password_set, name="account_set_password"),
    path("compte/cles-acces/", views.create_token, name="account_create_token"),
    path("compte/cles-acces/<int:pk>/revoquer/", views.revoke_token, name="account_revoke_token"),
    path("compte/second-facteur/", _to_account, name="mfa_index"),
    path("compte/generateur/", views.ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("compte/generateur/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("compte/secours/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("compte/secours/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("compte/secours/fichier/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("compte/cles/", _to_account, name="mfa_list_webauthn"),
    path("compte/cles/ajouter/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("compte/cles/<int:pk>/retirer/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("compte/cles/<int:pk>/nom/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
