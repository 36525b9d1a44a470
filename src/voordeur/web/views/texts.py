"""The letter studio: the texts of letters with preview and remarks, and what stands at their head."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import edit_text
from voordeur.actions.text_now import text_now
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.store.queries import letters as queries
from voordeur.web import case_forms, figures, letter_forms, letter_pages
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.EDIT_TEXT)
@require_GET
def texts(request: StaffRequest) -> HttpResponse:
    """Every kind of letter with its text and its versions."""
    kinds = letter_pages.kind_lines(queries.text_versions(), today())
    return render(
        request, "texts.html", {"kinds": kinds, "head": queries.letter_head_now(), "today": today()}
    )


@allowed(Deed.EDIT_TEXT)
@require_POST
def begin(request: StaffRequest, kind: str) -> HttpResponse:
    """A new draft: a copy of the text that counts."""
    return redirect("text_draft", edit_text.begin_text(request.user, letter_pages.kind_of(kind), today()).pk)


@allowed(Deed.EDIT_TEXT)
@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest, version: int) -> HttpResponse:
    """One version, with what it must say and what reads badly; a draft can be changed."""
    found = figures.found_or_404(queries.text_version(version))
    form = letter_forms.TextForm(figures.posted(request), initial={"nl": found.nl, "en": found.en})
    if case_forms.done(form, lambda: edit_text.change_text(request.user, version, **form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("text_draft", version)
    remarks = edit_text.remarks_on(found.kind, found.words)
    context = letter_pages.studio(found, remarks)
    start = letter_forms.StartForm(initial={"start": today()})
    return render(request, "text_draft.html", {**context, "form": form, "start": start})


@allowed(Deed.EDIT_TEXT)
@require_POST
def live(request: StaffRequest, version: int) -> HttpResponse:
    """From a day on this text counts."""
    form = letter_forms.StartForm(request.POST)
    if form.is_valid():
        edit_text.put_text_live(request.user, version, form.cleaned_data["start"], today())
        messages.success(request, _("Deze tekst gaat in."))
    else:
        messages.warning(request, _("Kies een dag waarop de tekst ingaat."))
    return redirect("text_draft", version)


@allowed(Deed.EDIT_TEXT)
@require_POST
def drop(request: StaffRequest, version: int) -> HttpResponse:
    """Throw a draft away."""
    edit_text.drop_text(request.user, version)
    return redirect("texts")


@allowed(Deed.EDIT_TEXT)
@require_GET
def preview(request: StaffRequest, version: int, language: str) -> HttpResponse:
    """A version as a letter, with made-up people."""
    found = figures.found_or_404(queries.text_version(version))
    made = edit_text.preview_text(request.user, found.kind, found.words, language)
    return letter_pages.file_answer(made, letter_pages.PDF, f"voorbeeld-{found.kind.value}.pdf")


@allowed(Deed.EDIT_TEXT)
@require_GET
def preview_now(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """The text that counts today as a letter, with made-up people."""
    chosen = letter_pages.kind_of(kind)
    made = edit_text.preview_text(request.user, chosen, text_now(chosen, today())[1], language)
    return letter_pages.file_answer(made, letter_pages.PDF, f"voorbeeld-{kind}.pdf")


@allowed(Deed.EDIT_TEXT)
@require_http_methods(["GET", "POST"])
def head(request: StaffRequest) -> HttpResponse:
    """What every letter says about the landlord."""
    form = letter_forms.HeadForm(figures.posted(request), initial=queries.letter_head_now())
    if case_forms.done(form, lambda: edit_text.keep_head(request.user, **form.cleaned_data)):
        messages.success(request, _("Bewaard. Vanaf nu staat dit op elke brief."))
        return redirect("texts")
    return render(request, "letter_head.html", {"form": form})
