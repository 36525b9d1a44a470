"""Why a bank took a direct debit back (or sent a transfer back): ISO 20022 reason codes in plain words.

Source of codes and meanings: ISO 20022 External Code Set "ExternalReturnReason1Code" and the EPC "Guidance on
reason codes for SEPA direct debit R-transactions". The words are ours.
"""

from voordeur.core.words import Words

REASONS: dict[str, Words] = {
    "AC01": Words("Het rekeningnummer klopt niet.", "The account number is not correct."),
    "AC04": Words("De rekening is opgeheven.", "The account is closed."),
    "AC06": Words("De rekening is geblokkeerd voor incasso.", "The account is blocked for direct debit."),
    "AC13": Words(
        "Dit soort rekening past niet bij de incasso.", "This kind of account does not fit the debit."
    ),
    "AG01": Words(
        "Van deze rekening mag niet worden geïncasseerd.", "This account does not allow direct debit."
    ),
    "AG02": Words("De soort incasso was verkeerd aangegeven.", "The debit was marked with the wrong type."),
    "AM04": Words("Er stond te weinig geld op de rekening.", "There was too little money in the account."),
    "AM05": Words("De bank zag deze incasso als dubbel.", "The bank took this debit for a duplicate."),
    "BE05": Words("De bank herkende de incassant niet.", "The bank did not recognise the creditor."),
    "CNOR": Words("De bank van de ontvanger doet niet mee.", "The receiving bank does not take part."),
    "DNOR": Words("De bank van de betaler doet niet mee.", "The payer's bank does not take part."),
    "FF01": Words("Het bestand was niet goed gevuld.", "The file was not filled in correctly."),
    "FOCR": Words("Teruggestuurd na een verzoek tot annuleren.", "Returned after a request to cancel."),
    "MD01": Words("Er was geen geldige machtiging.", "There was no valid mandate."),
    "MD02": Words("Gegevens van de machtiging ontbraken.", "Details of the mandate were missing."),
    "MD06": Words("De betaler vroeg het geld terug.", "The payer asked for the money back."),
    "MD07": Words("De rekeninghouder is overleden.", "The account holder has died."),
    "MS02": Words(
        "De betaler weigerde, zonder reden te geven.", "The payer refused, without giving a reason."
    ),
    "MS03": Words(
        "De bank weigerde, zonder reden te geven. Vaak is dat te weinig saldo.",
        "The bank refused, without giving a reason. Often that means too little money.",
    ),
    "RC01": Words("De bankcode klopt niet.", "The bank code is not correct."),
    "RR01": Words("Het rekeningnummer van de betaler ontbrak.", "The payer's account number was missing."),
    "RR02": Words("Naam of adres van de betaler ontbrak.", "The payer's name or address was missing."),
    "RR03": Words("Naam of adres van de ontvanger ontbrak.", "The receiver's name or address was missing."),
    "RR04": Words("De bank mocht dit niet uitvoeren.", "The bank was not allowed to carry this out."),
    "SL01": Words(
        "De betaler liet incasso's blokkeren bij de bank.", "The payer had the bank block direct debits."
    ),
}


def reversal_words(code: str) -> Words:
    """Why the money went back, as one plain sentence; an unknown or missing code says that it is unknown."""
    known = REASONS.get(code.upper())
    if known is not None:
        return known
    if not code:
        return Words("De bank gaf geen reden.", "The bank gave no reason.")
    return Words(f"De bank gaf code {code}.", f"The bank gave code {code}.")
