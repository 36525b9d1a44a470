"""A rule, a block or a place in the order as a form: conditions and exceptions chosen from the list of facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from voordeur.actions.edit_policy import Part
from voordeur.core.conditions import Condition, FactKind, Op
from voordeur.core.fact_catalogue import comparisons, fact_catalogue
from voordeur.core.ladders import DelayMode
from voordeur.core.money import decimal_string
from voordeur.core.policy import Action, Block, Policy, Rule, Tier
from voordeur.core.words import Words
from voordeur.web.case_forms import EurosField, choices
from voordeur.web.templatetags.voordeur import said

SPARE = 2
"""Empty lines for conditions under those that are there."""
MOST_CONDITIONS = 40
MOST_GROUPS = 6
"""Exceptions of one rule."""

MODES = {
    DelayMode.AFTER_DUE: Words("dagen na de vervaldag", "days after due"),
    DelayMode.END_OF_MONTH: Words("dagen na de vervaldag, en dan het einde van die maand",
                                  "days after due, and then the end of that month"),
    DelayMode.AFTER_PREVIOUS: Words("dagen na de vorige trede", "days after the level before"),
}  # fmt: skip
_TRUST = {
    "choice": Words("eigen keuze", "own choice"),
    "verified": Words("nagelezen in de bron", "read in the source"),
    "secondary": Words("uit een tweede bron", "from a second source"),
    "unverified": Words("niet nagekeken", "not checked"),
}


class PartForm(forms.Form):
    """What every part of a policy has: a name, its sentence in both languages, and where it comes from."""

    name = forms.SlugField(
        label=_("Korte naam"), max_length=60,
        help_text=_("Kleine letters, cijfers en streepjes. Iedere regel heeft een eigen naam."),
        error_messages={"invalid": _("Gebruik alleen letters, cijfers en streepjes.")},
    )  # fmt: skip
    nl = forms.CharField(
        label=_("Waarom, in het Nederlands"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    en = forms.CharField(
        label=_("Waarom, in het Engels"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=_("Waar komt dat vandaan?"), max_length=400)
    trust = forms.ChoiceField(label=_("Hoe zeker is dat?"), initial="choice")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("trust", choices(_TRUST.items()))

    def offer(self, name: str, found: Sequence[tuple[str, Any]]) -> None:
        """Fill the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(found)

    def data_of(self) -> dict[str, Any]:
        """The part as data, without its conditions. Only when valid."""
        return {name: self.cleaned_data[name] for name in ("name", "nl", "en", "source", "trust")}

    @staticmethod
    def first(found: Rule | Block | Tier | None) -> dict[str, Any]:
        """What stands there now."""
        if found is None:
            return {"trust": "choice"}
        words = found.words if isinstance(found, Tier) else found.reason
        return {
            "name": found.name, "nl": words.nl, "en": words.en, "source": found.source, "trust": found.trust,
        }  # fmt: skip


class RuleForm(PartForm):
    """What a rule advises; as a level of a ladder it also waits for its day."""

    action = forms.ChoiceField(label=_("Wat is het advies?"))
    explains = forms.BooleanField(
        label=_("Deze regel legt uit waarom deze stap er nu niet is"), required=False
    )
    priority = forms.IntegerField(
        label=_("Voorrang (mag leeg)"), required=False, min_value=0, max_value=999,
        help_text=_("Regels met dezelfde voorrang zijn gelijken. Botsen ze, dan laat Voordeur dat zien."),
    )  # fmt: skip
    ladder = forms.SlugField(
        label=_("Trede van een ladder (mag leeg): welke ladder?"), required=False, max_length=60,
        help_text=_("Treden met dezelfde naam volgen elkaar op, een voor een. Bijvoorbeeld: brieven."),
    )  # fmt: skip
    number = forms.IntegerField(label=_("De hoeveelste trede?"), required=False, min_value=1, max_value=20)
    days = forms.IntegerField(label=_("Na hoeveel dagen?"), required=False, min_value=0, max_value=999)
    mode = forms.ChoiceField(label=_("Geteld vanaf wanneer?"), required=False)
    from_amount = EurosField(label=_("Vanaf welk bedrag? (mag leeg)"), required=False)

    LADDER = ("number", "days", "mode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("action", choices((one.value, one.words) for one in Action))
        self.offer("mode", [("", "–"), *choices((one.value, words) for one, words in MODES.items())])

    def clean(self) -> dict[str, Any]:
        """A level is whole or not there."""
        given = super().clean() or {}
        whole = [name for name in self.LADDER if given.get(name) not in (None, "")]
        if given.get("ladder"):
            for name in self.LADDER:
                if name not in whole and name not in self.errors:
                    self.add_error(name, _("Vul dit in, of laat de ladder leeg."))
        elif whole:
            self.add_error("ladder", _("Welke ladder? Of maak de trede leeg."))
        return given

    def data_of(self) -> dict[str, Any]:
        """Keys that the rule no longer has are None."""
        given = self.cleaned_data
        level = None
        if given["ladder"]:
            level = {"ladder": given["ladder"], **{name: given[name] for name in self.LADDER}}
            if given["from_amount"]:
                level["from_amount"] = decimal_string(given["from_amount"]).replace(".", ",")
        more = {"explains": given["explains"] or None, "priority": given["priority"], "level": level}
        return super().data_of() | {"action": given["action"]} | more

    @staticmethod
    def first(found: Rule | Block | Tier | None) -> dict[str, Any]:
        """What stands there now."""
        given = PartForm.first(found)
        if not isinstance(found, Rule):
            return given
        given |= {"action": found.action.value, "explains": found.explains, "priority": found.priority}
        if found.level is not None:
            level = found.level
            amount = decimal_string(level.from_amount).replace(".", ",") if level.from_amount else ""
            given |= {
                "ladder": found.ladder, "number": level.number, "days": level.days, "mode": level.mode.value,
                "from_amount": amount,
            }  # fmt: skip
        return given


class BlockForm(PartForm):
    """Which steps are closed while the conditions hold."""

    actions = forms.MultipleChoiceField(
        label=_("Welke stappen kunnen dan niet?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies er minstens een.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("actions", choices((one.value, one.words) for one in Action if one.acts))

    def data_of(self) -> dict[str, Any]:
        """With the actions it closes."""
        return super().data_of() | {"actions": self.cleaned_data["actions"]}

    @staticmethod
    def first(found: Rule | Block | Tier | None) -> dict[str, Any]:
        """What stands there now."""
        actions = [one.value for one in found.actions] if isinstance(found, Block) else []
        return PartForm.first(found) | {"actions": actions}


class ConditionForm(forms.Form):
    """One condition: a fact, how it is compared, and with what. A line without a fact is left out."""

    fact = forms.ChoiceField(label=_("Feit"), required=False)
    op = forms.ChoiceField(label=_("Vergelijking"), required=False)
    value = forms.DecimalField(label=_("Getal"), required=False, min_value=0, max_value=9_999_999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("fact", _facts()), ("op", _ops())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found

    def clean(self) -> dict[str, Any]:
        """A number needs a number, yes and no need none."""
        given = super().clean() or {}
        entry = next((one for one in fact_catalogue() if one.name == given.get("fact")), None)
        if entry is None:
            return given
        if given.get("op") not in {op.value for op, _words in comparisons(entry)}:
            self.add_error("op", _("Deze vergelijking past niet bij dit feit."))
        if entry.kind is FactKind.NUMBER and given.get("value") is None:
            self.add_error("value", _("Vul een getal in."))
        return given

    def text(self) -> str:
        """The condition as the policy writes it; empty for a line without a fact."""
        given = self.cleaned_data
        if not given.get("fact"):
            return ""
        value = given["value"]
        return str(Condition(given["fact"], Op(given["op"]), 1.0 if value is None else float(value)))

    @staticmethod
    def of(condition: Condition) -> dict[str, Any]:
        """What stands there now."""
        plain = condition.op not in (Op.IS, Op.IS_NOT)
        value = f"{condition.value:g}" if plain and isinstance(condition.value, int | float) else None
        return {"fact": condition.fact, "op": condition.op.value, "value": value}


class ExceptionForm(ConditionForm):
    """One condition of an exception: those with the same number hold together, one whole exception is enough."""

    group = forms.ChoiceField(label=_("Uitzondering"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(nr), str(nr)) for nr in range(1, MOST_GROUPS + 1)]


def _facts() -> list[tuple[str, Any]]:
    """The facts under their headings."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in fact_catalogue():
        unit = f" ({said(entry.unit)})" if said(entry.unit) else ""
        groups.setdefault(said(entry.group), []).append((entry.name, said(entry.words) + unit))
    return [("", "–"), *groups.items()]


def _ops() -> list[tuple[str, str]]:
    seen: dict[str, str] = {"": "–"}
    for entry in fact_catalogue():
        seen |= {op.value: said(words) for op, words in comparisons(entry)}
    return list(seen.items())


_LINES: dict[str, Any] = {"extra": SPARE, "max_num": MOST_CONDITIONS, "absolute_max": MOST_CONDITIONS}
ConditionFormSet = forms.formset_factory(ConditionForm, **_LINES)
ExceptionFormSet = forms.formset_factory(ExceptionForm, **_LINES)
FORMS = {Part.RULE: RuleForm, Part.BLOCK: BlockForm, Part.ORDER: PartForm}
IN_ADDRESS = {"regel": Part.RULE, "blokkade": Part.BLOCK, "volgorde": Part.ORDER}
"""The parts as the addresses of the screens call them."""


@dataclass(frozen=True, slots=True)
class PartForms:
    """The form of one part, the lines of its conditions and, for a rule, those of its exceptions."""

    form: PartForm
    when: Any
    unless: Any
    """None for what has no exceptions."""

    @property
    def valid(self) -> bool:
        """True when every line can be read."""
        lines = [self.when, *([self.unless] if self.unless is not None else [])]
        return all([self.form.is_valid(), *(one.is_valid() for one in lines)])

    @property
    def ladder_fields(self) -> list[Any]:
        """The fields that most rules leave empty."""
        names = ("explains", "priority", "ladder", *RuleForm.LADDER, "from_amount")
        return [self.form[name] for name in names if name in self.form.fields]

    def data(self) -> dict[str, Any]:
        """The part as the policy file writes it; keys that it does not have are None. Only when valid."""
        made = self.form.data_of() | {"when": [text for line in self.when.forms if (text := line.text())]}
        if self.unless is not None:
            made["unless"] = list(_groups(self.unless.forms)) or None
        return made


def _groups(lines: Sequence[ExceptionForm]) -> Iterator[str]:
    """Each exception as its conditions joined by `and`."""
    groups: dict[str, list[str]] = {}
    for line in lines:
        if text := line.text():
            groups.setdefault(line.cleaned_data["group"] or "1", []).append(text)
    for _number, texts in sorted(groups.items()):
        yield " and ".join(texts)


def parts_of(policy: Policy, part: Part) -> tuple[Any, ...]:
    """The rules, the blocks, or the places in the order."""
    return {Part.RULE: policy.rules, Part.BLOCK: policy.blocks, Part.ORDER: policy.order}[part]


def part_forms(part: Part, posted: QueryDict | None, found: Any | None = None) -> PartForms:
    """The form of a part as it stands, or as it was sent; with more empty lines when the button asks for them."""
    form = FORMS[part](posted, initial=FORMS[part].first(found))
    if posted is not None:
        data = _with_more(posted)
        unless = ExceptionFormSet(data, prefix="unless") if part is Part.RULE else None
        return PartForms(form, ConditionFormSet(data, prefix="when"), unless)
    when = [ConditionForm.of(one) for one in (found.when if found is not None else ())]
    return PartForms(form, ConditionFormSet(initial=when, prefix="when"), _unless(part, found))


def _unless(part: Part, found: Any | None) -> Any:
    if part is not Part.RULE:
        return None
    groups = found.unless if found is not None else ()
    lines = [
        ConditionForm.of(one) | {"group": str(nr)} for nr, group in enumerate(groups, 1) for one in group
    ]
    return ExceptionFormSet(initial=lines, prefix="unless")


def asks_for_more(posted: QueryDict | None) -> str:
    """The list to which the button "more lines" adds; empty for the button that saves."""
    asked = posted.get("more", "") if posted is not None else ""
    return asked if asked in ("when", "unless") else ""


def _with_more(posted: QueryDict) -> QueryDict:
    asked = asks_for_more(posted)
    total = posted.get(f"{asked}-TOTAL_FORMS", "")
    if not asked or not total.isdecimal() or len(total) > 3:
        return posted
    more = posted.copy()
    more[f"{asked}-TOTAL_FORMS"] = str(min(int(total) + SPARE, MOST_CONDITIONS))
    return more
