"""Addresses of the screens. They are Dutch: people read them out to each other."""

from allauth.account import views as account
from django.urls import URLPattern, path
from django.views.i18n import set_language

from voordeur.web.views import imports, payments, portfolio, problems, session, staff, tenancy, today

urlpatterns: list[URLPattern] = [
    path("", session.home, name="home"),
    path("account/inloggen/", account.login, name="account_login"),
    path("account/uitloggen/", account.logout, name="account_logout"),
    path("account/gesloten/", account.account_inactive, name="account_inactive"),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("taal/", set_language, name="set_language"),
    path("licht/", session.light, name="light"),
    path("ik/", session.me, name="me"),
    path("zoek/", session.search, name="search"),
    path("vandaag/", today.today, name="today"),
    path("portefeuille/", portfolio.portfolio, name="portfolio"),
    path("wijk/<int:neighbourhood_id>/", portfolio.neighbourhood, name="neighbourhood"),
    path("huurcontract/<int:tenancy_id>/", tenancy.tenancy, name="tenancy"),
    path("betalingen/", payments.payments, name="payments"),
    path("betalingen/<int:line_id>/koppel/", payments.match, name="match"),
    path("betalingen/<int:line_id>/nee/", payments.decline, name="decline"),
    path("betalingen/<int:line_id>/geen-huur/", payments.not_rent, name="not_rent"),
    path("betalingen/<int:line_id>/zoek/", payments.search, name="payment_search"),
    path("gegevens/", problems.problems, name="problems"),
    path("gegevens/<int:problem_id>/opgelost/", problems.solve, name="solve"),
    path("inlezen/", imports.imports, name="imports"),
    path("inlezen/<uuid:run_id>/", imports.run, name="import_run"),
    path("inlezen/<uuid:run_id>/kolommen/", imports.columns, name="import_columns"),
    path("inlezen/<uuid:run_id>/kop/", imports.header, name="import_header"),
    path("inlezen/<uuid:run_id>/boek/", imports.book, name="import_book"),
    path("inlezen/<uuid:run_id>/nieuwe-contracten/", imports.new_tenancies, name="import_new"),
    path("inlezen/<uuid:run_id>/stop/", imports.stop, name="import_stop"),
    path("inlezen/<uuid:run_id>/bewaar/", imports.keep, name="import_keep"),
    path("inlezen/<uuid:run_id>/regels.<str:form>", problems.rows_file, name="rows_file"),
    path("beheer/", staff.staff, name="staff"),
    path("beheer/nieuw/", staff.add, name="staff_add"),
    path("beheer/<int:member_id>/", staff.change, name="staff_change"),
    path("beheer/<int:member_id>/wachtwoord/", staff.password, name="staff_password"),
    path("beheer/beleid/", staff.policy, name="policy"),
]

handler404 = "voordeur.web.views.session.not_found"
