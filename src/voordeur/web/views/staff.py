"""Accounts and policy, for the administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions.staff import add_member, change_member, new_password
from voordeur.core.access import Deed, Role
from voordeur.core.problems import Refused
from voordeur.store import queries
from voordeur.web import figures
from voordeur.web.forms import MemberForm, NewMemberForm
from voordeur.web.guard import StaffRequest, allowed
from voordeur.web.templatetags.voordeur import said


@allowed(Deed.MANAGE_STAFF)
@require_GET
def staff(request: StaffRequest) -> HttpResponse:
    """Everybody with an account."""
    return render(request, "staff.html", {"members": queries.members()})


@allowed(Deed.MANAGE_STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Make an account; its password is shown once."""
    form = NewMemberForm(figures.posted(request), places=queries.neighbourhoods())
    if not form.is_valid():
        return render(request, "staff_form.html", {"form": form})
    given = form.cleaned_data
    given["neighbourhoods"] = [int(place) for place in given["neighbourhoods"]]
    try:
        member, secret = add_member(request.user, **{**given, "role": Role(given["role"])})
    except Refused as refusal:
        form.add_error("username", f"{said(refusal.problems[0].message)} {said(refusal.problems[0].cure)}")
        return render(request, "staff_form.html", {"form": form})
    return render(
        request, "staff_password.html", {"name": str(member), "username": member.username, "secret": secret}
    )


@allowed(Deed.MANAGE_STAFF)
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, member_id: int) -> HttpResponse:
    """Change what somebody does and where, or close the account."""
    member = figures.found_or_404(queries.member(member_id))
    places = queries.neighbourhoods()
    form = MemberForm(figures.posted(request), initial=MemberForm.of(member), places=places)
    if not form.is_valid():
        return render(request, "staff_form.html", {"form": form, "member": member})
    given = form.cleaned_data
    given["neighbourhoods"] = [int(place) for place in given["neighbourhoods"]]
    change_member(request.user, member_id, **{**given, "role": Role(given["role"])})
    messages.success(request, _("Bewaard."))
    return redirect("staff")


@allowed(Deed.MANAGE_STAFF)
@never_cache
@require_POST
def password(request: StaffRequest, member_id: int) -> HttpResponse:
    """A new password, shown once."""
    member = figures.found_or_404(queries.member(member_id))
    secret = new_password(request.user, member_id)
    return render(
        request, "staff_password.html", {"name": member.name, "username": member.username, "secret": secret}
    )
