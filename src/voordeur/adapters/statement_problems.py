"""What can be wrong with a bank statement, in words: one function per problem.

A fatal problem about a statement (`does_not_add_up`, `unreadable_entry`) may be overruled by a person; a fatal
problem about the file may not, because nobody knows what was not read. No name of a payer is ever quoted.
"""

from voordeur.adapters.statement import BankEntry, Draft, Statement
from voordeur.core.money import euros
from voordeur.core.problems import Problem
from voordeur.core.words import Words, day_in_words

_AGAIN = Words("Haal het afschrift opnieuw op bij de bank.", "Download the statement from the bank again.")
_CHOOSE = Words(
    "Kies een afschrift in het formaat camt.053 (xml) of MT940.",
    "Choose a camt.053 (xml) or MT940 statement.",
)
_NOTHING = Words("Je hoeft niets te doen.", "There is nothing to do.")
_CLIP = 80


# --- about the file ---------------------------------------------------------------------------------------------


def unknown_format(source: str, what: Words) -> Problem:
    """The file is no bank statement; `what` says what it looks like."""
    return Problem("unknown-bank-file", what, _CHOOSE, source=source, fatal=True)


def too_large(source: str, what: str, limit: int, row: int | None = None) -> Problem:
    """A file that goes beyond a safety limit; `what` names the limit (`bytes`, `depth`, `attribute`)."""
    message = Words(
        "Dit bestand is groter of dieper genest dan een afschrift kan zijn. We lezen het niet.",
        "This file is larger or nested deeper than a statement can be. We do not read it.",
    )
    return Problem(
        "file-too-large", message, _AGAIN, source=source, row=row, value=f"{what} > {limit}", fatal=True
    )


def doctype(source: str, row: int) -> Problem:
    """An XML file with a document type: that is how files smuggle in other files or blow themselves up."""
    message = Words(
        "Dit xml-bestand bevat een DOCTYPE. Een bankafschrift heeft dat nooit. We lezen het niet.",
        "This xml file contains a DOCTYPE. A bank statement never does. We do not read it.",
    )
    return Problem("xml-doctype", message, _AGAIN, source=source, row=row, column="DOCTYPE", fatal=True)


def broken_xml(source: str, row: int | None, why: str) -> Problem:
    """Not well-formed XML, or cut off; `why` is the parser's own short message."""
    message = Words(
        "Dit xml-bestand is beschadigd of afgebroken.", "This xml file is damaged or has been cut off."
    )
    return Problem("broken-xml", message, _AGAIN, source=source, row=row, value=why[:_CLIP], fatal=True)


def not_a_statement(source: str, kind: str) -> Problem:
    """Well-formed XML, but another message: camt.052, camt.054, pain.001 ..."""
    message = Words(
        f"Dit is een {kind}-bestand en geen dagafschrift (camt.053).",
        f"This is a {kind} file and not a statement of account (camt.053).",
    )
    return Problem("not-a-statement", message, _CHOOSE, source=source, value=kind[:_CLIP], fatal=True)


def no_statement(source: str) -> Problem:
    """A readable file without any statement in it."""
    message = Words("In dit bestand staat geen afschrift.", "There is no statement in this file.")
    return Problem("no-statement", message, _CHOOSE, source=source, fatal=True)


def no_account(draft: Draft, source: str) -> Problem:
    """A statement that does not say of which account it is."""
    message = Words(
        "Bij een afschrift staat geen rekeningnummer.", "A statement does not say which account it is of."
    )
    return Problem("no-account", message, _AGAIN, source=source, row=draft.row, fatal=True)


def no_closing(draft: Draft, source: str) -> Problem:
    """A statement without closing balance: most likely cut off."""
    message = Words(
        f"Afschrift {draft.id} heeft geen leesbaar eindsaldo. Misschien is het bestand afgebroken.",
        f"Statement {draft.id} has no readable closing balance. The file may have been cut off.",
    )
    return Problem("no-closing-balance", message, _AGAIN, source=source, row=draft.row, fatal=True)


def repeated(draft: Draft, first: Draft, source: str) -> Problem:
    """The same statement for the second time in one file."""
    message = Words(
        f"Afschrift {draft.id} staat twee keer in dit bestand (ook op regel {first.row}). Het telt één keer.",
        f"Statement {draft.id} is in this file twice (also at line {first.row}). It counts once.",
    )
    return Problem("statement-twice", message, _NOTHING, source=source, row=draft.row)


def other_currency(draft: Draft, source: str) -> Problem:
    """A statement of an account that is not kept in euros."""
    message = Words(
        f"Afschrift {draft.id} is niet in euro's en is overgeslagen.",
        f"Statement {draft.id} is not in euros and was left out.",
    )
    cure = Words(
        "Importeer alleen afschriften van eurorekeningen.", "Import statements of euro accounts only."
    )
    return Problem("not-in-euros", message, cure, source=source, row=draft.row, value=draft.currency[:_CLIP])


def gap(earlier: Statement, later: Statement, source: str) -> Problem:
    """Two statements of one account that do not connect."""
    closing, opening = euros(earlier.closing), euros(later.opening)
    message = Words(
        f"Afschrift {earlier.id} eindigt op {closing.nl}, maar afschrift {later.id} van dezelfde rekening begint "
        f"op {opening.nl}.",
        f"Statement {earlier.id} ends at {closing.en}, but statement {later.id} of the same account starts at "
        f"{opening.en}.",
    )
    cure = Words(
        "Misschien ontbreekt er een afschrift tussen. Haal dat op en importeer het ook.",
        "A statement in between may be missing. Download that one and import it too.",
    )
    return Problem("statements-do-not-connect", message, cure, source=source, row=later.row)


# --- about one statement ----------------------------------------------------------------------------------------


def does_not_add_up(statement: Statement, source: str) -> Problem:
    """Opening balance plus entries is not the closing balance."""
    opening, closing, missing = euros(statement.opening), euros(statement.closing), statement.difference
    total, difference = euros(statement.closing - statement.opening + missing), euros(missing)
    message = Words(
        f"Afschrift {statement.id} klopt niet: beginsaldo {opening.nl} plus posten {total.nl} is niet het "
        f"eindsaldo {closing.nl}. Het verschil is {difference.nl}.",
        f"Statement {statement.id} does not add up: opening balance {opening.en} plus entries {total.en} is not "
        f"the closing balance {closing.en}. The difference is {difference.en}.",
    )
    cure = Words(
        "Haal het afschrift opnieuw op bij de bank. Importeer het alleen toch als je het verschil kent.",
        "Download the statement from the bank again. Import it anyway only when you know the difference.",
    )
    suspects = [entry for entry in statement.entries if entry.amount == missing]
    row = statement.row
    if len(suspects) == 1:
        message, row = message + _suspect(suspects[0]), suspects[0].row
    return Problem("statement-does-not-add-up", message, cure, source=source, row=row, fatal=True)


def _suspect(entry: BankEntry) -> Words:
    day = day_in_words(entry.booked, year=True)
    return Words(
        f"De post van {day.nl} is precies dat verschil.", f"The entry of {day.en} is exactly that difference."
    )


def no_opening(draft: Draft, source: str) -> Problem:
    """A statement without opening balance: it cannot be added up."""
    message = Words(
        f"Afschrift {draft.id} heeft geen beginsaldo. We kunnen niet narekenen of het compleet is.",
        f"Statement {draft.id} has no opening balance. We cannot check that it is complete.",
    )
    cure = Words(
        "Vergelijk het aantal posten met het afschrift van de bank.",
        "Compare the number of entries with the bank's own statement.",
    )
    return Problem("no-opening-balance", message, cure, source=source, row=draft.row)


def missing_page(draft: Draft, source: str) -> Problem:
    """A page of a statement (60M or 62M in MT940) whose neighbour is not in the file."""
    message = Words(
        f"Van afschrift {draft.id} ontbreekt een pagina, of de pagina's sluiten niet aan.",
        f"A page of statement {draft.id} is missing, or its pages do not connect.",
    )
    return Problem("missing-page", message, _AGAIN, source=source, row=draft.row)


def pending(count: int, draft: Draft, source: str) -> Problem:
    """Entries that the bank has announced but not booked."""
    message = Words(
        f"Afschrift {draft.id}: posten die nog niet zijn geboekt, zijn overgeslagen ({count}).",
        f"Statement {draft.id}: entries that are not booked yet were left out ({count}).",
    )
    cure = Words("Ze komen vanzelf mee met een later afschrift.", "They will come with a later statement.")
    return Problem("entries-not-booked", message, cure, source=source, row=draft.row, column="Sts")


# --- about one entry --------------------------------------------------------------------------------------------


def unreadable_entry(source: str, row: int, column: str, value: str) -> Problem:
    """An entry with an amount, sign or date that cannot be read; it is left out, so the statement is not complete."""
    message = Words(
        "Een post is niet te lezen en is overgeslagen.", "An entry cannot be read and was left out."
    )
    said = value[:_CLIP]
    return Problem("unreadable-entry", message, _AGAIN, source, row, column, said, fatal=True)


def unreadable_balance(source: str, row: int, column: str, value: str) -> Problem:
    """A balance that cannot be read."""
    message = Words("Een saldo is niet te lezen.", "A balance cannot be read.")
    return Problem(
        "unreadable-balance", message, _AGAIN, source=source, row=row, column=column, value=value[:_CLIP]
    )


def no_booking_day(source: str, row: int) -> Problem:
    """An entry without any day."""
    message = Words(
        "Een post heeft geen datum. We nemen de dag van het eindsaldo.",
        "An entry has no date. We take the day of the closing balance.",
    )
    return Problem("no-booking-day", message, _NOTHING, source=source, row=row, column="BookgDt")


def unsplit_batch(source: str, row: int, parts: int) -> Problem:
    """A batch whose parts have no amounts or do not add up to what was booked; it is kept as one entry."""
    message = Words(
        f"Een verzamelpost van {parts} betalingen is niet te splitsen: de delen zijn samen niet het geboekte bedrag.",
        f"A batch of {parts} payments cannot be split: the parts do not add up to what was booked.",
    )
    cure = Words(
        "Vraag de bank om afschriften met specificatie, of verdeel deze post zelf.",
        "Ask the bank for statements with details, or divide this entry by hand.",
    )
    return Problem("unsplit-batch", message, cure, source=source, row=row, column="TxDtls")
