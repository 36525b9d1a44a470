"""What our fields, kinds and directions are called on a screen, for the preview of an import."""

from collections.abc import Mapping

from voordeur.adapters.profiles import Direction, Meaning
from voordeur.core.words import Words

FIELD_WORDS: Mapping[str, Words] = {
    "tenancy": Words("Huurcontract", "Tenancy"),
    "date": Words("Boekdag", "Day"),
    "kind": Words("Soort", "Kind"),
    "detail": Words("Nadere soort", "Detail of the kind"),
    "amount": Words("Bedrag", "Amount"),
    "debit": Words("Te betalen", "Debit"),
    "credit": Words("Betaald", "Credit"),
    "side": Words("Richting", "Direction"),
    "due": Words("Vervaldag", "Due day"),
    "period": Words("Maand", "Month"),
    "component": Words("Waarvoor", "What for"),
    "id": Words("Nummer van de boeking", "Number of the entry"),
    "designates": Words("Bestemd voor", "Meant for"),
    "reverses": Words("Draait terug", "Reverses"),
    "claim": Words("Hoort bij vordering", "Belongs to claim"),
    "known": Words("Bekend sinds", "Known since"),
    "description": Words("Omschrijving", "Description"),
    "name": Words("Naam", "Name"),
    "initials": Words("Voorletters", "Initials"),
    "prefix": Words("Tussenvoegsel", "Prefix"),
    "surname": Words("Achternaam", "Surname"),
    "start": Words("Begin van de huur", "Start"),
    "end": Words("Einde van de huur", "End"),
    "rent": Words("Huur per maand", "Rent per month"),
    "method": Words("Betaalwijze", "Way of paying"),
    "mandate": Words("Machtiging", "Mandate"),
    "iban": Words("Rekening", "Account"),
    "reference": Words("Betalingskenmerk", "Payment reference"),
    "email": Words("E-mail", "E-mail"),
    "phone": Words("Telefoon", "Phone"),
    "language": Words("Taal", "Language"),
    "home": Words("Nummer van de woning", "Number of the home"),
    "street": Words("Straat", "Street"),
    "number": Words("Huisnummer", "House number"),
    "letter": Words("Huisletter", "Letter"),
    "addition": Words("Toevoeging", "Addition"),
    "address": Words("Adres", "Address"),
    "postcode": Words("Postcode", "Postcode"),
    "town": Words("Plaats", "Town"),
    "bag_id": Words("BAG-nummer", "BAG number"),
    "rd_x": Words("RD x", "RD x"),
    "rd_y": Words("RD y", "RD y"),
    "latitude": Words("Breedtegraad", "Latitude"),
    "longitude": Words("Lengtegraad", "Longitude"),
    "neighbourhood": Words("Wijk", "Neighbourhood"),
    "manager": Words("Wijkbeheerder", "Neighbourhood manager"),
}
"""What a field of ours is called on a screen."""

MEANING_WORDS: Mapping[Meaning, Words] = {
    Meaning.RENT: Words("huur", "rent"),
    Meaning.SERVICE: Words("servicekosten", "service costs"),
    Meaning.OTHER: Words("andere kosten", "other charges"),
    Meaning.COSTS: Words("incassokosten", "collection costs"),
    Meaning.INTEREST: Words("rente", "interest"),
    Meaning.PAYMENT: Words("betaling", "payment"),
    Meaning.REVERSAL: Words("teruggeboekt", "reversal"),
    Meaning.REFUND: Words("terugbetaald", "refund"),
    Meaning.CORRECTION: Words("correctie", "correction"),
    Meaning.CREDIT_NOTE: Words("creditnota", "credit note"),
    Meaning.WRITE_OFF: Words("afgeboekt", "written off"),
    Meaning.BUNDLE: Words("verzamelboeking, telt niet mee", "bundle, not counted"),
}
"""What a kind word of theirs comes to."""

DIRECTION_WORDS: Mapping[Direction, Words] = {
    Direction.KIND: Words(
        "de soort zegt of het huur is of een betaling", "the kind says whether it is a charge"
    ),
    Direction.SIGNED: Words(
        "boven nul is te betalen, onder nul is betaald", "above zero is owed, below is paid"
    ),
    Direction.SIGNED_REVERSED: Words("onder nul is te betalen, boven nul is betaald", "below zero is owed"),
    Direction.SIDE: Words("D is te betalen, C is betaald", "D is owed, C is paid"),
    Direction.COLUMNS: Words("debet is te betalen, credit is betaald", "debit is owed, credit is paid"),
    Direction.COLUMNS_SIGNED: Words(
        "debet is te betalen, credit (onder nul) is betaald", "credit is below zero"
    ),
}
"""How the direction of amounts is read."""
