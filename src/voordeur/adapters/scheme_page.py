"""The screens of the check on schemes as HTML: one question, or the result. The same text for office and phone.

What is made here stands inside a form of whoever shows it. Nothing is trusted: every text is escaped.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from voordeur.adapters.scheme_form import CHILDREN, PERSONS, TICKS
from voordeur.core.problems import Problem
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.questions import AnswerKind, Question
from voordeur.core.schemes.result import Card, Result, Row, State, holds_until
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import FACTS, whole
from voordeur.core.schemes.talk import Talk, Turn, in_words
from voordeur.core.words import Words, day_in_words, month_in_words

SPRITE = "/static/voordeur/icons.svg"
OPEN_AT_FIRST = 1
"""So many cards are open."""


class _Say:
    """Texts in one language, escaped."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, words: Words) -> str:
        return escape(words.in_language(self.language))

    def two(self, nl: str, en: str) -> str:
        """The same from two texts."""
        return self(Words(nl, en))


def page(
    talk: Talk,
    question: Question | None,
    number: int,
    problems: Sequence[Problem],
    found: Result | None,
    language: str,
    rules: DayRules,
    *,
    enough: bool,
) -> str:
    """The screen: the question with its number (from 0), or the result when there is none."""
    say = _Say(language)
    if question is not None:
        given = talk.turns[number].said.answer if number < len(talk.turns) else None
        return _question(question, number, given, problems, say, rules, enough)
    assert found is not None
    return _result(talk, found, say, rules)


# --- one question ------------------------------------------------------------------------------------------------


def _question(
    question: Question,
    number: int,
    given: object,
    problems: Sequence[Problem],
    say: _Say,
    rules: DayRules,
    enough: bool,
) -> str:
    wrong = "".join(f"<p>{say(one.message)} {say(one.cure)}</p>" for one in problems)
    parts = [
        f'<input type="hidden" name="number" value="{number}">',
        f'<input type="hidden" name="about" value="{escape(question.facts[0].value)}">',
        f'<p class="vd-small vd-quiet">{say.two(f"Vraag {number + 1}", f"Question {number + 1}")}</p>',
        f'<div class="vd-note vd-note--wrong" role="alert"><div>{wrong}</div></div>' if wrong else "",
        f'<fieldset class="vd-ask" aria-describedby="waarom"><legend><h1>{say(question.words)}</h1></legend>',
        f'<p class="vd-small vd-quiet" id="waarom">{say(question.why)}</p>',
        _inputs(question, given, say, rules),
        "</fieldset>",
        _buttons(number, say, enough),
    ]
    return "".join(parts)


def _inputs(question: Question, given: object, say: _Say, rules: DayRules) -> str:
    match question.kind:
        case AnswerKind.YES_NO:
            chosen = {True: "ja", False: "nee"}.get(given, "") if isinstance(given, bool) else ""
            options = [("ja", say.two("Ja", "Yes")), ("nee", say.two("Nee", "No"))]
            return _choices("radio", "answer", options, [chosen])
        case AnswerKind.SEVERAL:
            none = say.two(
                "Past er niets? Kies niets en ga verder.", "Does nothing fit? Choose nothing and go on."
            )
            return (
                _choices("checkbox", "answer", _options(question, say), given)
                + f'<p class="vd-small">{none}</p>'
            )
        case AnswerKind.CHOICE:
            return _choices("radio", "answer", _options(question, say), [given])
        case AnswerKind.DATES:
            return _days(question, given, say)
        case AnswerKind.AMOUNT:
            return _amount(question, given, say)
        case AnswerKind.PERSONS:
            return _persons(given, say, rules)


def _options(question: Question, say: _Say) -> list[tuple[str, str]]:
    return [(one.value, say(one.words)) for one in question.options]


def _choices(kind: str, name: str, options: Iterable[tuple[str, str]], given: object) -> str:
    chosen = given if isinstance(given, list) else []
    box = "vd-choice__box vd-choice__box--one" if kind == "radio" else "vd-choice__box"
    mark = "" if kind == "radio" else icon("check")
    return "".join(
        f'<label class="vd-choice"><input type="{kind}" name="{name}" value="{escape(value)}"'
        f'{" checked" if value in chosen else ""}><span class="{box}" aria-hidden="true">{mark}</span>'
        f"<span>{label}</span></label>"
        for value, label in options
    )


def _days(question: Question, given: object, say: _Say) -> str:
    if question.facts[0] is not Fact.CHILDREN:
        known = given if isinstance(given, Mapping) else {}
        return "".join(
            _field(one.value, say(one.words), "date", str(known.get(one.value, "")))
            for one in question.options
        )
    days = [str(one) for one in given] if isinstance(given, list) else []
    fields = [
        _field(
            "day",
            say.two(f"Kind {at + 1}", f"Child {at + 1}"),
            "date",
            days[at] if at < len(days) else "",
            f"day-{at}",
        )
        for at in range(CHILDREN)
    ]
    shown = max(3, len(days))
    none = say.two(
        "Geen kinderen? Laat alles leeg en ga verder.", "No children? Leave everything empty and go on."
    )
    more = say.two("Meer kinderen", "More children")
    return (
        f'<p class="vd-small">{none}</p><div class="vd-pair">{"".join(fields[:shown])}</div>'
        f'{_more(more)}<div class="vd-pair">{"".join(fields[shown:])}</div></details>'
    )


def _amount(question: Question, given: object, say: _Say) -> str:
    known = given if isinstance(given, Mapping) else {}
    cents = known.get("amount")
    value = (
        f"{cents // 100}" + (f",{cents % 100:02d}" if cents % 100 else "") if isinstance(cents, int) else ""
    )
    label = say.two("Bedrag in euro's. Ongeveer is goed genoeg.", "Amount in euros. About is good enough.")
    field = _field("amount", label, "text", value, extra=' inputmode="decimal" autocomplete="off"')
    options = _options(question, say)
    return field if len(options) == 1 else field + _choices("radio", "per", options, [known.get("per")])


_TICK_WORDS = {
    "child": Words("Is een kind van u of van uw partner.", "Is a child of yours or of your partner."),
    "student": Words("Studeert.", "Studies."),
    "commercial": Words("Huurt een kamer met een contract, en is geen familie.",
                        "Rents a room by contract, and is no relative."),
}  # fmt: skip


def _tick_words(rules: DayRules) -> Mapping[str, Words]:
    """What can be ticked of somebody; too many assets only in a year whose limit we know."""
    if rules.housing is None:
        return _TICK_WORDS
    limit = whole(rules.housing.assets)
    rich = Words(f"Had op 1 januari meer dan {limit.nl}.", f"Had more than {limit.en} on 1 January.")
    return {**_TICK_WORDS, "rich": rich}


def _persons(given: object, say: _Say, rules: DayRules) -> str:
    people, words = given if isinstance(given, list) else [], _tick_words(rules)
    rows = [_person(at, people[at] if at < len(people) else {}, say, words) for at in range(PERSONS)]
    shown = max(1, len(people))
    none = say.two("Niemand? Laat alles leeg en ga verder.", "Nobody? Leave everything empty and go on.")
    more = say.two("Nog iemand", "Somebody else")
    return (
        f'<p class="vd-small">{none}</p>{"".join(rows[:shown])}{_more(more)}{"".join(rows[shown:])}</details>'
    )


def _person(at: int, known: Mapping[str, object], say: _Say, words: Mapping[str, Words]) -> str:
    income = known.get("income")
    euros = f"{income // 100}" if isinstance(income, int) else ""
    ticks = "".join(
        f'<label class="vd-tick"><input type="checkbox" name="{name}-{at}" value="ja"'
        f"{' checked' if known.get(name) else ''}><span>{say(words[name])}</span></label>"
        for name in TICKS
        if name in words
    )
    return (
        f'<fieldset class="vd-person"><legend>{say.two(f"Persoon {at + 1}", f"Person {at + 1}")}</legend>'
        + _field(f"born-{at}", say.two("Geboortedatum", "Date of birth"), "date", str(known.get("born", "")))
        + _field(f"income-{at}", say.two("Inkomen per jaar, in euro's", "Income a year, in euros"), "text", euros,
                 extra=' inputmode="decimal" autocomplete="off"')
        + f"<div>{ticks}</div></fieldset>"
    )  # fmt: skip


def _field(name: str, label: str, kind: str, value: str, key: str = "", extra: str = "") -> str:
    at = escape(key or name)
    return (
        f'<div class="vd-field"><label for="v-{at}">{label}</label>'
        f'<input type="{kind}" id="v-{at}" name="{escape(name)}" value="{escape(value)}"{extra}></div>'
    )


def _buttons(number: int, say: _Say, enough: bool) -> str:
    go_on = f"{say.two('Verder', 'Next')} {icon('arrow-right')}"
    main = (
        f'<button class="vd-button vd-button--main vd-button--big" name="press" value="next">{go_on}</button>'
    )
    others = [("skip", say.two("Weet ik niet", "I do not know"))]
    others += [("back", say.two("Terug", "Back"))] if number else []
    others += [("finish", say.two("Laat zien", "Show result"))] if enough else []
    rest = "".join(
        f'<button class="vd-button vd-button--other vd-button--small" name="press" value="{value}">{label}</button>'
        for value, label in others
    )
    return f'<div class="vd-talk__go">{main}<div class="vd-talk__rest">{rest}</div></div>'


# --- the result --------------------------------------------------------------------------------------------------


def _result(talk: Talk, found: Result, say: _Say, rules: DayRules) -> str:
    month = month_in_words(rules.on, year=True)
    title = say.two("Uitkomst van de regelingen-check", "Result of the check on schemes")
    worth = [card for card in found.cards if card.state is not State.NO]
    cards = "".join(f"<li>{_card(card, say, at < OPEN_AT_FIRST)}</li>" for at, card in enumerate(worth))
    return "".join(
        [
            f'<h1 class="vd-hidden">{title}</h1>',
            _sum(found, say),
            f'<p class="vd-small vd-quiet">{say.two(f"Regels van {month.nl}.", f"Rules of {month.en}.")}</p>',
            f'<section class="vd-panel vd-panel--flush"><ul class="vd-list">{cards}</ul></section>'
            if cards
            else "",
            _not(found, say),
            _said(talk.turns, say),
        ]
    )


def _sum(found: Result, say: _Say) -> str:
    until = holds_until(found.until)
    month = say.two("per maand, ongeveer", "a month, about")
    amount = f'<p class="vd-result__sum">{say(found.sum)} <small>{month}</small></p>' if found.sum else ""
    last = (
        f'<p class="vd-next__label">{say.two(f"Dit geldt {until.nl}.", f"This holds {until.en}.")}</p>'
        if found.sum
        else ""
    )
    return (
        f'<section class="vd-next vd-result" role="status"><p>{say(found.head)}</p>{amount}'
        f'<p class="vd-next__label">{say(found.note)}</p>{last}</section>'
    )


def _card(card: Card, say: _Say, opened: bool) -> str:
    short = (
        f'<span class="vd-scheme__sum">{say(card.short)}</span>'
        if card.state is State.WORTH
        else f'<span class="vd-quiet">{say(card.short)}</span>'
    )
    inner = [f"<p>{say(card.sentence)}</p>"]
    if card.rows:
        change = f'<p class="vd-small vd-quiet">{say(card.inputs)}</p>' if card.inputs else ""
        inner += [change, f"<p>{say(card.range)}</p>" if card.range else "", _trace(card, say)]
    if card.what_if:
        inner.append(f'<p class="vd-small vd-quiet">{say(card.what_if)}</p>')
    if card.state in (State.WORTH, State.ASK):
        inner.append(_how(card, say))
    return (
        f'<details class="vd-scheme"{" open" if opened else ""}><summary><b class="vd-strong">{say(card.title)}</b>'
        f'{short}{icon("chevron-down")}</summary><div class="vd-trace">{"".join(inner)}</div></details>'
    )


def _trace(card: Card, say: _Say) -> str:
    title = card.title
    caption = say.two(f"Zo rekenen we dit uit: {title.nl}", f"This is how we calculate it: {title.en}")
    body = "".join(_row(row, say) for row in card.rows if not row.total)
    foot = "".join(_row(row, say) for row in card.rows if row.total)
    return f'<table><caption class="vd-hidden">{caption}</caption><tbody>{body}</tbody><tfoot>{foot}</tfoot></table>'


_TRUST = {
    "unverified": Words("niet nagezien", "not checked"),
    "choice": Words("eigen keuze", "our choice"),
}


def _row(row: Row, say: _Say) -> str:
    mark = f" · {say(_TRUST[row.trust])}" if row.trust in _TRUST else ""
    amount = say(row.amount) if row.amount else ""
    return (
        f'<tr><th scope="row">{say(row.words)}<span class="vd-law">{escape(row.source)}{mark}</span></th>'
        f"<td>{amount}</td></tr>"
    )


def _how(card: Card, say: _Say) -> str:
    rows = [
        (say.two("Waar", "Where"), say(card.where)),
        (say.two("Papieren", "Papers"), say(card.papers)),
    ]
    if card.apply_by:
        rows.append((say.two("Uiterlijk", "At the latest"), say(day_in_words(card.apply_by, year=True))))
    if card.last_year:
        rows.append((say.two("Vorig jaar", "Last year"), say(card.last_year)))
    lines = "".join(f"<dt>{what}</dt><dd>{said}</dd>" for what, said in rows)
    return f'<dl class="vd-how">{lines}</dl>'


def _not(found: Result, say: _Say) -> str:
    lines = "".join(
        f"<li><b>{say(card.title)}</b> {say(card.sentence)}"
        f"{' ' + say(card.what_if) if card.what_if else ''}</li>"
        for card in found.cards
        if card.state is State.NO
    )
    if not lines:
        return ""
    title = say.two("Waarschijnlijk niet, en waarom", "Probably not, and why")
    return f'{_more(title)}<ul class="vd-nots">{lines}</ul></details>'


def _said(turns: Sequence[Turn], say: _Say) -> str:
    if not turns:
        return ""
    title, change = say.two("Hiermee is gerekend", "Calculated with"), say.two("Wijzig", "Change")
    lines = "".join(
        f"<li><span><b>{say(_label(turn))}</b> {say(in_words(turn))}</span>"
        f'<button class="vd-button vd-button--other vd-button--small" name="press" value="change-{at}">'
        f'{change}<span class="vd-hidden"> {say(_label(turn))}</span></button></li>'
        for at, turn in enumerate(turns)
    )
    return f'{_more(title)}<ul class="vd-saids">{lines}</ul></details>'


def _more(title: str) -> str:
    return f'<details class="vd-more"><summary>{icon("chevron-down")}{title}</summary>'


_LABELS = {
    Fact.PARTNER: Words("Een partner", "A partner"),
    **dict.fromkeys(
        (Fact.CHILDCARE, Fact.LONG_LOW_INCOME, Fact.SPECIAL_COSTS, Fact.STUDY, Fact.SEIZURE),
        Words("Wat er speelt", "What is the matter"),
    ),
}
"""How an answer is read back, where the name of the fact does not fit."""


def _label(turn: Turn) -> Words:
    about = turn.question.facts[0]
    found = _LABELS.get(about, FACTS[about])
    return Words(found.nl[:1].upper() + found.nl[1:], found.en[:1].upper() + found.en[1:])


def icon(name: str) -> str:
    """An icon that says nothing to a screen reader: the word beside it does."""
    return f'<svg class="vd-icon" aria-hidden="true"><use href="{SPRITE}#i-{name}"/></svg>'
