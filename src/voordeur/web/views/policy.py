"""The policy: to read for everybody who works with it, to write and to try for the administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import edit_policy
from voordeur.actions.dry_run_policy import dry_run
from voordeur.actions.policy_now import policy_now, policy_of
from voordeur.actions.today import today
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.access import Deed, may
from voordeur.store import queries
from voordeur.web import case_forms, figures, policy_forms, policy_in_words, policy_trial
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.SEE_POLICY)
@require_GET
def policy(request: StaffRequest) -> HttpResponse:
    """The policy that counts today, and the versions beside it."""
    context = {
        "policies": policy_in_words.tables(policy_now(today())),
        "versions": queries.policy_versions(),
        "shipped": [(name, load_policy(name).title) for name in shipped_policies()],
        "may_edit": may(role(request), Deed.EDIT_POLICY),
        "today": today(),
    }
    return render(request, "policy.html", context)


@allowed(Deed.EDIT_POLICY)
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """A new draft: a copy of a version or of a policy that comes with Voordeur."""
    version = figures.number_in(request, "version")
    row = edit_policy.begin_draft(
        request.user, version=version or None, shipped=request.POST.get("shipped", "")
    )
    return redirect("policy_draft", row.pk)


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest, version: int) -> HttpResponse:
    """One version: its numbers and rules; a draft can be changed."""
    found = figures.found_or_404(queries.policy_version(version))
    policy = policy_of(found.text)
    form = policy_forms.NumbersForm(figures.posted(request), policy=policy)
    if case_forms.done(form, lambda: edit_policy.change_limits(request.user, version, form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("policy_draft", version)
    rules = policy_in_words.rule_lines(policy)
    return render(request, "policy_draft.html", {"version": found, "form": form, "rules": rules})


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest, version: int, at: int) -> HttpResponse:
    """Change one rule."""
    found = figures.found_or_404(queries.policy_version(version))
    now = figures.found_or_404(dict(enumerate(policy_of(found.text).rules)).get(at))
    form, lines = policy_forms.rule_forms(figures.posted(request), now)

    def change() -> None:
        edit_policy.change_rule(request.user, version, at, policy_forms.rule_data(form, lines.forms))

    if lines.is_bound and lines.is_valid() and case_forms.done(form, change):
        messages.success(request, _("Bewaard."))
        return redirect("policy_draft", version)
    context = {"version": found, "form": form, "lines": lines, "name": now.name}
    return render(request, "policy_rule.html", context)


@allowed(Deed.EDIT_POLICY)
@require_POST
def arrange(request: StaffRequest, version: int, at: int, how: str) -> HttpResponse:
    """A rule one place up or down, or out."""
    if how == "weg":
        edit_policy.remove_rule(request.user, version, at)
    else:
        places = figures.found_or_404({"omhoog": -1, "omlaag": 1}.get(how))
        edit_policy.move_rule(request.user, version, at, places)
    return redirect("policy_draft", version)


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def trial(request: StaffRequest, version: int) -> HttpResponse:
    """Try a draft on today: nothing changes until it is put live."""
    found = figures.found_or_404(queries.policy_version(version))
    form = policy_forms.LiveForm(figures.posted(request), initial={"start": today()})
    if case_forms.done(
        form, lambda: edit_policy.put_live(request.user, version, **form.cleaned_data, today=today())
    ):
        messages.success(request, _("Dit beleid gaat in. De volgende nacht maakt de lijsten ermee."))
        return redirect("policy")
    tried = dry_run(request.user, policy_of(found.text), today(), against=policy_now(today()))
    places = {place.id: place.name for place in queries.neighbourhoods()}
    context = {"version": found, "form": form, "trial": policy_trial.trial(tried, places), "tried": tried}
    return render(request, "policy_trial.html", context)


@allowed(Deed.EDIT_POLICY)
@require_POST
def drop(request: StaffRequest, version: int) -> HttpResponse:
    """Throw a draft away."""
    edit_policy.drop_draft(request.user, version)
    return redirect("policy")
