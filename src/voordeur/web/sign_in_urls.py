"""Addresses around signing in. The names are those that allauth looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from voordeur.web.views import sign_in

urlpatterns: list[URLPattern] = [
    path("account/inloggen/", account.login, name="account_login"),
    path("account/uitloggen/", account.logout, name="account_logout"),
    path("account/gesloten/", account.account_inactive, name="account_inactive"),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("account/nog-eens/", account.reauthenticate, name="account_reauthenticate"),
    path("account/inloggen/stap-twee/", second.authenticate, name="mfa_authenticate"),
    path("account/inloggen/sleutel/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("account/inloggen/organisatie/", sign_in.provider, name="oidc_login"),
    path("account/inloggen/organisatie/terug/", sign_in.provider_callback, name="oidc_callback"),
    path("account/beveiliging/", login_required(second.index), name="mfa_index"),
    path("account/beveiliging/nog-eens/", second.reauthenticate, name="mfa_reauthenticate"),
    path("account/beveiliging/app/", login_required(totp.activate_totp), name="mfa_activate_totp"),
    path("account/beveiliging/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/beveiliging/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/beveiliging/herstelcodes/nieuw/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/beveiliging/sleutels/",
        login_required(RedirectView.as_view(pattern_name="mfa_index")),
        name="mfa_list_webauthn",
    ),
    path("account/beveiliging/sleutels/nieuw/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/beveiliging/sleutels/nog-eens/",
        passkey.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/beveiliging/sleutels/<int:pk>/naam/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "account/beveiliging/sleutels/<int:pk>/weg/",
        sign_in.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("account/plekken/", sessions.list_usersessions, name="usersessions_list"),
    path("beheer/<int:member_id>/inloggen/open/", sign_in.member_unlock, name="member_unlock"),
    path(
        "beheer/<int:member_id>/inloggen/stap-twee/",
        sign_in.member_second_factors,
        name="member_second_factors",
    ),
    path("beheer/<int:member_id>/inloggen/uit/", sign_in.member_sign_out, name="member_sign_out"),
    path("beheer/<int:member_id>/inloggen/nummer/", sign_in.member_identity, name="member_identity"),
]
