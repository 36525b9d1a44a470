"""The policy: to read for everybody who works with it, to write and to try for the administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import edit_policy
from voordeur.actions.dry_run_policy import dry_run
from voordeur.actions.policy_now import policy_now, policy_of
from voordeur.actions.today import today
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.access import Deed, may
from voordeur.core.policy import PLACEHOLDERS
from voordeur.core.policy_changes import policy_changes
from voordeur.store import queries
from voordeur.web import case_forms, figures, policy_forms, policy_in_words, policy_trial
from voordeur.web import policy_part_forms as parts
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
    """One version, whole: a draft can be changed, part by part; here its numbers."""
    found = figures.found_or_404(queries.policy_version(version))
    policy = policy_of(found.text)
    form = policy_forms.NumbersForm(figures.posted(request), policy=policy)
    if case_forms.done(form, lambda: edit_policy.change_numbers(request.user, version, form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("policy_draft", version)
    return render(
        request, "policy_draft.html", {"version": found, "form": form, **policy_in_words.whole(policy)}
    )


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def title(request: StaffRequest, version: int) -> HttpResponse:
    """Call a draft something else."""
    found = figures.found_or_404(queries.policy_version(version))
    form = policy_forms.TitleForm(
        figures.posted(request), initial=policy_forms.TitleForm.of(policy_of(found.text))
    )
    if case_forms.done(form, lambda: edit_policy.change_title(request.user, version, **form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("policy_draft", version)
    return render(request, "policy_title.html", {"version": found, "form": form})


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def part(request: StaffRequest, version: int, part: str, at: int) -> HttpResponse:
    """Change one rule, block or place in the order."""
    kind = figures.found_or_404(parts.IN_ADDRESS.get(part))
    found = figures.found_or_404(queries.policy_version(version))
    now = figures.found_or_404(dict(enumerate(parts.parts_of(policy_of(found.text), kind))).get(at))
    given = parts.part_forms(kind, figures.posted(request), now)
    return _keep(
        request, version, given, part, lambda: edit_policy.change_part(request.user, version, kind, at, given.data())
    )  # fmt: skip


@allowed(Deed.EDIT_POLICY)
@require_http_methods(["GET", "POST"])
def add_part(request: StaffRequest, version: int, part: str) -> HttpResponse:
    """A new rule, block or place in the order, above the others; from there it can be moved."""
    kind = figures.found_or_404(parts.IN_ADDRESS.get(part))
    figures.found_or_404(queries.policy_version(version))
    given = parts.part_forms(kind, figures.posted(request))
    return _keep(
        request, version, given, part, lambda: edit_policy.add_part(request.user, version, kind, given.data())
    )  # fmt: skip


def _keep(
    request: StaffRequest, version: int, given: parts.PartForms, part: str, deed: Callable[[], object]
) -> HttpResponse:
    """Keep what was filled in and go back; or show the form, with what is wrong or with more lines."""
    saves = request.method == "POST" and not parts.asks_for_more(request.POST)
    if saves and given.valid and case_forms.done(given.form, deed):
        messages.success(request, _("Bewaard."))
        return redirect("policy_draft", version)
    context = {"version": queries.policy_version(version), "given": given, "form": given.form, "part": part}
    context["placeholders"] = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return render(request, "policy_part.html", context)


@allowed(Deed.EDIT_POLICY)
@require_POST
def arrange(request: StaffRequest, version: int, part: str, at: int, how: str) -> HttpResponse:
    """One place up or down, or out."""
    kind = figures.found_or_404(parts.IN_ADDRESS.get(part))
    if how == "weg":
        edit_policy.remove_part(request.user, version, kind, at)
    else:
        places = figures.found_or_404({"omhoog": -1, "omlaag": 1}.get(how))
        edit_policy.move_part(request.user, version, kind, at, places)
    return redirect(reverse("policy_draft", args=[version]) + f"#{part}")


@allowed(Deed.EDIT_POLICY)
@require_GET
def file(request: StaffRequest, version: int) -> HttpResponse:
    """The policy as a file, for who would rather read it so, or keep it elsewhere."""
    found = figures.found_or_404(queries.policy_version(version))
    name = f'attachment; filename="{found.name}-{found.number}.toml"'
    return HttpResponse(
        found.text, content_type="application/toml; charset=utf-8", headers={"Content-Disposition": name}
    )


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
    now, then = policy_now(today()), policy_of(found.text)
    tried = dry_run(request.user, then, today(), against=now)
    places = {place.id: place.name for place in queries.neighbourhoods()}
    context = {"version": found, "form": form, "trial": policy_trial.trial(tried, places), "tried": tried}
    context["changes"] = policy_changes(now, then)
    return render(request, "policy_trial.html", context)


@allowed(Deed.EDIT_POLICY)
@require_POST
def drop(request: StaffRequest, version: int) -> HttpResponse:
    """Throw a draft away."""
    edit_policy.drop_draft(request.user, version)
    return redirect("policy")
