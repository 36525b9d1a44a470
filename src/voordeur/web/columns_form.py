"""The form in which a person says what the columns of a file mean; its answer is a mapping profile."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from voordeur.adapters.field_words import DIRECTION_WORDS, FIELD_WORDS, MEANING_WORDS
from voordeur.adapters.profiles import FIELDS, Direction, Meaning, Profile
from voordeur.core.words import Words
from voordeur.store.queries import RunView
from voordeur.web import labels
from voordeur.web.templatetags.voordeur import said

_NOT_READ = ("", _("niet lezen"))
_NOT_SAID = ("", _("dat blijkt uit het bestand"))
_KINDS = tuple(FIELDS)


def kind_of(run: RunView, asked: str) -> str:
    """The kind of table that the form is about: what was asked for, else what we think, else a ledger."""
    return next((kind for kind in (asked, run.kind) if kind in _KINDS), _KINDS[0])


class ColumnsForm(forms.Form):
    """One choice per column of the file, and what a file cannot prove by itself."""

    decimal = forms.ChoiceField(
        label=_("Wat staat voor de centen?"),
        required=False,
        choices=[_NOT_SAID, (",", _("een komma: 1.234,56")), (".", _("een punt: 1,234.56"))],
    )
    dates = forms.ChoiceField(
        label=_("Hoe staan de dagen er?"),
        required=False,
        choices=[
            _NOT_SAID,
            ("dmy", _("dag, maand, jaar")),
            ("ymd", _("jaar, maand, dag")),
            ("mdy", _("maand, dag, jaar")),
        ],
    )

    def __init__(self, run: RunView, kind: str, data: Any = None) -> None:
        super().__init__(data)
        self.run, self.kind = run, kind
        self.theirs = [column for column in run.preview.get("columns", []) if column["theirs"]]
        self.kind_words = [word["theirs"] for word in run.preview.get("words", []) if word["theirs"]]
        self.fields["decimal"].initial = run.preview.get("decimal") or ""
        self.fields["dates"].initial = run.preview.get("dates") or ""
        if kind == "ledger":
            self._add_ledger_choices()
        ours = [_NOT_READ, *_choices((name, FIELD_WORDS[name]) for name in FIELDS[kind])]
        for at, column in enumerate(self.theirs):
            known = column["ours"] if column["ours"] in FIELDS[kind] else ""
            field = forms.ChoiceField(choices=ours, required=False, initial=known, label=column["theirs"])
            self.fields[f"column_{at}"] = field

    def _add_ledger_choices(self) -> None:
        meanings = _choices(MEANING_WORDS.items())
        self.fields["direction"] = forms.ChoiceField(
            label=_("Wat is te betalen, wat is betaald?"),
            required=False,
            initial=self.run.preview.get("direction") or "",
            choices=[_NOT_SAID, *_choices(DIRECTION_WORDS.items())],
        )
        self.fields["every_row"] = forms.ChoiceField(
            label=_("Geen kolom met de soort? Wat is dan elke regel?"),
            required=False,
            initial=self.run.mapping.get("every_row") or "",
            choices=[("", _("de soort staat in een kolom")), *meanings],
        )
        known = {word["theirs"]: word["ours"] or "" for word in self.run.preview.get("words", [])}
        for at, word in enumerate(self.kind_words):
            self.fields[f"word_{at}"] = forms.ChoiceField(
                choices=[("", _("kies")), *meanings], required=False, initial=known[word], label=word
            )

    def column_rows(self) -> Iterator[tuple[dict[str, str], BoundField]]:
        """Each column of the file with its choice."""
        for at, column in enumerate(self.theirs):
            yield column, self[f"column_{at}"]

    def word_rows(self) -> Iterator[tuple[str, BoundField]]:
        """Each kind word in the file with its choice."""
        if self.kind == "ledger":
            for at, word in enumerate(self.kind_words):
                yield word, self[f"word_{at}"]

    def choices(self) -> Iterator[BoundField]:
        """The questions about the file as a whole."""
        for name in ("direction", "every_row", "decimal", "dates"):
            if name in self.fields:
                yield self[name]

    def clean(self) -> dict[str, Any]:
        """One column of ours has one column of theirs, and something is chosen."""
        given = self.cleaned_data
        chosen = Counter(given.get(f"column_{at}") for at in range(len(self.theirs)))
        del chosen[""]
        twice = [name for name, count in chosen.items() if name and count > 1]
        if twice:
            names = ", ".join(said(FIELD_WORDS[name]) for name in twice)
            self.add_error(None, _("Twee kolommen zijn allebei: %(names)s. Kies er één.") % {"names": names})
        if not chosen:
            self.add_error(None, _("Kies voor minstens één kolom wat ze betekent."))
        return given

    def profile(self) -> Profile:
        """The choices as a profile that reads this file."""
        given = self.cleaned_data
        columns = {
            given[f"column_{at}"]: (column["theirs"],)
            for at, column in enumerate(self.theirs)
            if given.get(f"column_{at}")
        }
        words = {word: given.get(f"word_{at}") for at, word in enumerate(self.kind_words)}
        return Profile(
            name=self.run.file_name,
            kind=self.kind,
            columns=columns,
            words={word: Meaning(ours) for word, ours in words.items() if ours},
            decimal=given["decimal"] or None,
            dates=given["dates"] or None,
            direction=Direction(given["direction"]) if given.get("direction") else None,
            every_row=Meaning(given["every_row"]) if given.get("every_row") else None,
            header_row=self.run.preview.get("header_row") or None,
            exact=True,
        )


def kinds() -> list[tuple[str, str]]:
    """The kinds of tables to choose from."""
    return [(kind, labels.of("kind", kind)) for kind in _KINDS]


def _choices(pairs: Any) -> list[tuple[str, str]]:
    """Code and words in the reader's language."""
    found: list[tuple[str, str]] = []
    for code, words in pairs:
        assert isinstance(words, Words)
        found.append((str(code), said(words)))
    return found
