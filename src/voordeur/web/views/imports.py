"""Reading files in: upload, look, decide, book. May be left at any moment; nothing counts until it is booked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import import_file
from voordeur.core.access import Deed
from voordeur.store import queries
from voordeur.web import figures, import_pages
from voordeur.web.columns_form import ColumnsForm, kind_of, kinds
from voordeur.web.forms import HeaderForm, ProfileForm, UploadForm
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.IMPORT)
@require_http_methods(["GET", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    """Upload files, and see what was read before."""
    form = UploadForm(figures.posted(request), request.FILES or None)
    if form.is_valid():
        files = form.cleaned_data["chosen"]
        got = [import_file.receive(request.user, file.name, file.chunks()) for file in files]
        return redirect("import_run", got[0].pk) if len(got) == 1 else redirect("imports")
    runs = queries.all_runs()
    waiting = next((run for run in runs if run.waits), None)
    return render(request, "imports.html", {"form": form, "runs": runs, "waiting": waiting})


@allowed(Deed.IMPORT)
@require_GET
def run(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """One file, at the stage where it is. Asked by the page itself while the worker is busy."""
    found = figures.found_or_404(queries.one_run(run_id))
    context = import_pages.context(found, queries.problem_groups(run_id))
    if request.htmx and found.busy:
        return render(request, "parts/import_stage.html", context)
    answer = render(request, "import_run.html", context)
    if request.htmx:
        answer["HX-Refresh"] = "true"
    return answer


@allowed(Deed.IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Say what the columns mean."""
    found = figures.found_or_404(queries.one_run(run_id))
    form = ColumnsForm(found, kind_of(found, request.GET.get("soort", "")), figures.posted(request))
    if form.is_valid():
        import_file.choose_mapping(request.user, run_id, form.profile())
        return redirect("import_run", run_id)
    doubts = import_pages.context(found, ())["doubts"]
    return render(
        request, "import_columns.html", {"run": found, "form": form, "kinds": kinds(), "doubts": doubts}
    )


@allowed(Deed.IMPORT)
@require_POST
def header(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Say on which row the column names stand."""
    figures.found_or_404(queries.one_run(run_id))
    form = HeaderForm(request.POST)
    if form.is_valid():
        import_file.choose_header(request.user, run_id, form.cleaned_data["row"])
    return redirect("import_run", run_id)


@allowed(Deed.IMPORT)
@require_POST
def book(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Book the good rows, or everything; a file that does not add up only when told to."""
    import_file.book(
        request.user, run_id, good_rows_only="goede" in request.POST, force="toch" in request.POST
    )
    return redirect("import_run", run_id)


@allowed(Deed.IMPORT)
@require_POST
def new_tenancies(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Agree that the tenancies that we do not know are new; the file is read again with that."""
    import_file.accept_new_tenancies(request.user, run_id)
    return redirect("import_run", run_id)


@allowed(Deed.IMPORT)
@require_POST
def stop(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Throw the file away before anything was booked."""
    import_file.cancel(request.user, run_id)
    messages.success(request, _("Gestopt. Er is niets geboekt."))
    return redirect("imports")


@allowed(Deed.IMPORT)
@require_POST
def keep(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Keep the way this file was read."""
    figures.found_or_404(queries.one_run(run_id))
    form = ProfileForm(request.POST)
    if form.is_valid():
        import_file.save_profile(request.user, run_id, form.cleaned_data["name"])
        messages.success(request, _("De indeling is bewaard. Het volgende bestand lezen we net zo."))
    return redirect("import_run", run_id)
