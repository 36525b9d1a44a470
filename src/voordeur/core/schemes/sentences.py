"""What the check says, in plain Dutch and English: names of the schemes, where to ask, and why not."""

from datetime import date
from typing import NamedTuple

from voordeur.core.money import euros
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Fact, Scheme
from voordeur.core.words import Words, day_in_words


class About(NamedTuple):
    """What a scheme is called, where it is asked for, and which papers to have at hand."""

    title: Words
    where: Words
    papers: Words


_TAX = Words("Dienst Toeslagen: Mijn toeslagen, met DigiD, of bel 0800-0543.",
             "Dienst Toeslagen: Mijn toeslagen, with DigiD, or call 0800-0543.")  # fmt: skip
_TOWN = Words("De gemeente.", "The municipality.")
_INCOME = Words("Jaaropgave of loonstrook, en het saldo van 1 januari.",
                "Annual statement or pay slip, and the balance of 1 January.")  # fmt: skip
_MEANS = Words("Loonstrook of uitkering, bankafschriften van drie maanden en een identiteitsbewijs.",
               "Pay slip or benefit, bank statements of three months and an identity document.")  # fmt: skip
_RENT = Words("Huurcontract of huurspecificatie, jaaropgave of loonstrook, en het saldo van 1 januari.",
              "Tenancy agreement or rent statement, annual statement or pay slip, "
              "and the balance of 1 January.")  # fmt: skip

ABOUT = {
    Scheme.HOUSING: About(Words("Huurtoeslag", "Housing benefit"), _TAX, _RENT),
    Scheme.CARE: About(Words("Zorgtoeslag", "Care allowance"), _TAX, _INCOME),
    Scheme.CHILD_BUDGET: About(Words("Kindgebonden budget", "Child budget"), _TAX, _INCOME),
    Scheme.CHILDCARE: About(
        Words("Kinderopvangtoeslag", "Childcare allowance"), _TAX,
        Words("Het contract met de opvang: uren, uurprijs en registratienummer.",
              "The contract with the childcare: hours, rate and registration number."),
    ),
    Scheme.ASSISTANCE: About(Words("Bijstand", "Social assistance"), _TOWN, _MEANS),
    Scheme.PENSION_SUPPLEMENT: About(
        Words("AIO-aanvulling op de AOW", "AIO supplement to the state pension"),
        Words("De Sociale Verzekeringsbank (SVB).", "The Sociale Verzekeringsbank (SVB)."), _MEANS,
    ),
    Scheme.INCOME_SUPPLEMENT: About(
        Words("Individuele inkomenstoeslag", "Long-term low income supplement"), _TOWN, _MEANS,
    ),
    Scheme.SPECIAL_ASSISTANCE: About(
        Words("Bijzondere bijstand", "Special assistance"), _TOWN,
        Words("De rekening of offerte van de kosten, en dezelfde papieren als voor bijstand.",
              "The bill or estimate of the costs, and the same papers as for social assistance."),
    ),
    Scheme.REMISSION: About(
        Words("Kwijtschelding van belastingen van gemeente en waterschap", "Remission of local taxes"),
        Words("De gemeente en het waterschap, of wie namens hen de aanslag stuurt.",
              "The municipality and the water board, or who sends the bill on their behalf."), _MEANS,
    ),
    Scheme.STUDY_SUPPLEMENT: About(
        Words("Individuele studietoeslag", "Study supplement"), _TOWN,
        Words("Bewijs van studiefinanciering, en wat er is over de ziekte of beperking.",
              "Proof of student finance, and what there is about the illness or disability."),
    ),
    Scheme.ENERGY_FUND: About(
        Words("Noodfonds energie", "Energy fund"),
        Words("De website van het fonds.", "The web site of the fund."),
        Words("De rekening van de energie en bewijs van inkomen.", "The energy bill and proof of income."),
    ),
    Scheme.PROTECTED_INCOME: About(
        Words("Beslagvrije voet", "Protected income"),
        Words("De deurwaarder; zelf narekenen kan op uwbeslagvrijevoet.nl.",
              "The bailiff; it can be checked on uwbeslagvrijevoet.nl."),
        Words("De brief over het beslag en de loonstrook of uitkering.",
              "The letter about the seizure and the pay slip or benefit."),
    ),
}  # fmt: skip

_WHY_NOT = {
    "too-young": Words("U bent nog niet oud genoeg.", "You are not old enough yet."),
    "age": Words("Dit is voor een andere leeftijd.", "This is for another age."),
    "pension-age": Words("U hebt de AOW-leeftijd al.", "You have reached pension age."),
    "below-pension-age": Words("Dit is vanaf de AOW-leeftijd.", "This is from pension age on."),
    "rent-high": Words("De huur is hoger dan waarvoor u dit kunt krijgen.", "The rent is above the limit."),
    "rent-low": Words("De huur is zo laag dat iedereen die zelf betaalt.", "The rent is too low for this."),
    "assets": Words("Er was op 1 januari meer vermogen dan mag.", "There were more assets on 1 January than allowed."),
    "assets-others": Words("Een huisgenoot had op 1 januari meer vermogen dan mag.",
                           "Somebody in the home had more assets on 1 January than allowed."),
    "income-high": Words("Het inkomen is hier te hoog voor.", "The income is too high for this."),
    "income-not-long-low": Words("Het inkomen is nog niet lang genoeg laag.",
                                 "The income has not been low long enough."),
    "not-insured": Words("Er is geen Nederlandse zorgverzekering.", "There is no Dutch health insurance."),
    "no-children": Words("Er wonen geen kinderen van de goede leeftijd.", "No children of the right age live there."),
    "no-childcare": Words("Er is geen geregistreerde opvang.", "There is no registered childcare."),
    "no-special-costs": Words("Er zijn geen bijzondere kosten.", "There are no special costs."),
    "no-study": Words("Dit geldt niet voor uw studie of situatie.", "This is not for your study or situation."),
    "no-seizure": Words("Er is geen beslag op het inkomen.", "No income is seized."),
    "enough-left": Words("Er blijft genoeg over na het beslag.", "Enough is left after the seizure."),
    "fund-closed": Words("Er is op deze dag geen fonds open, voor zover wij weten.",
                         "No fund is open on this day, as far as we know."),
    "bill-low": Words("De energie is een te klein deel van het inkomen.", "Energy is too small a part of the income."),
}  # fmt: skip

_ASK = {
    "no-data": Words("Van deze dag hebben wij geen bedragen. Vraag het na.", "We have no amounts for this day. Ask."),
    "shared-home": Words("Dit is geen zelfstandige woning. Soms kan het toch: vraag Dienst Toeslagen.",
                         "This is no independent home. Sometimes it is possible: ask Dienst Toeslagen."),
    "childcare": Words("Vraag dit aan met een proefberekening: een verkeerd bedrag moet u later terugbetalen.",
                       "Apply with a trial calculation: a wrong amount has to be paid back later."),
    "municipality": Words("De moeite waard om te vragen. De gemeente bepaalt wie het krijgt en hoeveel.",
                          "Worth asking. The municipality decides who gets it and how much."),
    "supplement": Words("De moeite waard om te vragen: een keer per jaar. De gemeente beslist.",
                        "Worth asking: once a year. The municipality decides."),
    "remission": Words("De moeite waard om te vragen: misschien hoeft u de aanslag niet helemaal te betalen. "
                       "Spaargeld telt bijna altijd mee, een dure auto ook.",
                       "Worth asking: perhaps you need not pay the whole bill. "
                       "Savings nearly always count, and so does an expensive car."),
    "fund": Words("De moeite waard om aan te vragen zolang het fonds open is.",
                  "Worth applying while the fund is open."),
    "seizure": Words("Laat narekenen of er genoeg overblijft na het beslag.",
                     "Have it checked whether enough is left after the seizure."),
    "too-much-seized": Words("Er blijft minder over dan mag. Vraag de deurwaarder om opnieuw te rekenen.",
                             "Less is left than allowed. Ask the bailiff to calculate again."),
}  # fmt: skip

FACTS = {
    Fact.RENT: Words("de huur", "the rent"),
    Fact.RECEIVES: Words("wat u al krijgt", "what you get already"),
    Fact.PARTNER: Words("of u een partner hebt", "whether you have a partner"),
    Fact.CHILDREN: Words("de kinderen", "the children"),
    Fact.OTHERS: Words("wie er nog meer wonen", "who else lives there"),
    Fact.BORN: Words("de geboortedatum", "the date of birth"),
    Fact.INCOME: Words("het inkomen", "the income"),
    Fact.NET_INCOME: Words("het netto inkomen", "the net income"),
    Fact.ASSETS: Words("het vermogen op 1 januari", "the assets on 1 January"),
    Fact.INSURED: Words("de zorgverzekering", "the health insurance"),
    Fact.CHILDCARE: Words("of er kinderopvang is", "whether there is childcare"),
    Fact.LONG_LOW_INCOME: Words("hoe lang het inkomen al laag is", "how long the income has been low"),
    Fact.SPECIAL_COSTS: Words("of er bijzondere kosten zijn", "whether there are special costs"),
    Fact.STUDY: Words(
        "of u studeert en niet kunt bijverdienen", "whether you study and cannot earn beside it"
    ),
    Fact.SEIZURE: Words("of er beslag ligt op het inkomen", "whether income is seized"),
    Fact.AFTER_SEIZURE: Words("wat er overblijft na het beslag", "what is left after the seizure"),
    Fact.ENERGY_BILL: Words("wat energie per maand kost", "what energy costs a month"),
}


def whole(cents: int) -> Words:
    """Whole euros without cents: `€ 212`; cents stay where there are any."""
    said = euros(cents)
    return Words(said.nl.removesuffix(",00"), said.en.removesuffix(".00"))


def in_words(scheme: Scheme, decision: Decision, until: date, *, received: bool = False) -> Words:
    """What is said of one scheme; `until` is the last day for which the amount holds. Never "you are entitled"."""
    match decision.outcome:
        case Outcome.NOT_ELIGIBLE:
            return Words("Waarschijnlijk niet.", "Probably not.") + _WHY_NOT[decision.reason]
        case Outcome.MISSING:
            return _missing(decision)
        case Outcome.ASK_PERSON:
            return _ASK[decision.reason] + _about(decision) if decision.high else _ASK[decision.reason]
        case Outcome.CALCULATED:
            return _worth(scheme, decision, until, received)


def _missing(decision: Decision) -> Words:
    needed = [FACTS[fact] for fact in decision.missing]
    return Words(f"We weten nog niet: {', '.join(one.nl for one in needed)}.",
                 f"We do not know yet: {', '.join(one.en for one in needed)}.")  # fmt: skip


def _worth(scheme: Scheme, decision: Decision, until: date, received: bool) -> Words:
    amount, last = amount_in_words(decision), day_in_words(until, year=True)
    until_then = Words(f"tot en met {last.nl}", f"until {last.en}")
    if received:
        return Words(f"U krijgt dit al. Met deze gegevens is het {amount.nl} per maand: klopt dat?",
                     f"You get this already. With these facts it is {amount.en} a month: is that right?")  # fmt: skip
    if scheme in (Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT):
        return Words(f"De moeite waard om te vragen: het inkomen ligt {amount.nl} per maand onder de norm, "
                     f"{until_then.nl}.",
                     f"Worth asking: the income is {amount.en} a month below the norm, {until_then.en}.")  # fmt: skip
    nl, en = ("De", "Worth") if decision.low else ("Misschien de", "Perhaps worth")
    return Words(f"{nl} moeite waard om aan te vragen: {amount.nl} per maand, {until_then.nl}.",
                 f"{en} applying for: {amount.en} a month, {until_then.en}.")  # fmt: skip


def _about(decision: Decision) -> Words:
    amount = amount_in_words(decision)
    return Words(f"Het gaat om {amount.nl} per maand.", f"It is {amount.en} a month.")


def amount_in_words(decision: Decision) -> Words:
    """`ongeveer € 94 tot € 129`, or `hoogstens ongeveer` when it may be nothing."""
    low, high = whole(decision.low), whole(decision.high)
    if decision.low == decision.high:
        return Words(f"ongeveer {high.nl}", f"about {high.en}")
    if not decision.low:
        return Words(f"hoogstens ongeveer {high.nl}", f"at most about {high.en}")
    return Words(f"ongeveer {low.nl} tot {high.nl}", f"about {low.en} to {high.en}")
