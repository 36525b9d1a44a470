"""Where the homes stand: streets, house numbers, postcodes and coordinates of a town that is not there.

Lindewaard lies in the middle of the Markermeer, on water. Its postcodes start with a nought, which Dutch postcodes
never do, and its BAG ids carry municipality code 9999, which is not given out. Streets have plausible names, no more.
"""

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from voordeur.adapters.geo import rd_to_wgs84

TOWN = "Lindewaard"
CENTRE = (150_000.0, 503_000.0)
"""Rijksdriehoek metres: open water between Marken and Lelystad."""


@dataclass(frozen=True, slots=True)
class NeighbourhoodPlan:
    """One neighbourhood: its share of the homes, its place on the map and its streets."""

    name: str
    weight: int
    postcode: str
    streets: tuple[str, ...]


NEIGHBOURHOODS = (
    NeighbourhoodPlan(
        "Stationskwartier", 1040, "0411",
        ("Stationsstraat", "Spoorlaan", "Perronpad", "Wisselstraat", "Seinhuisweg", "Conducteurstraat",
         "Machinistenhof", "Locomotiefstraat", "Wagonpad", "Loketstraat", "Rangeerweg", "Spoorhof", "Tramlaan",
         "Overwegstraat", "Emplacementweg", "Reizigerslaan", "Bielzenpad", "Railshof", "Stokerstraat", "Loodsstraat"),
    ),
    NeighbourhoodPlan(
        "Vogelbuurt", 960, "0412",
        ("Merelstraat", "Lijsterlaan", "Koolmeespad", "Spechtstraat", "IJsvogellaan", "Zwaluwhof", "Roodborstpad",
         "Vinkenstraat", "Kievitweg", "Nachtegaallaan", "Uilenhof", "Wielewaalstraat", "Fuutpad", "Reigerlaan",
         "Gruttostraat", "Leeuweriklaan", "Eksterhof", "Sperwerlaan", "Putterstraat", "Mussenhof"),
    ),
    NeighbourhoodPlan(
        "De Bleek", 905, "0413",
        ("Bleekstraat", "Linnenpad", "Wollaan", "Katoenstraat", "Spoelstraat", "Garenhof", "Weefgetouwlaan",
         "Vlasakker", "Loogpad", "Zeepziederstraat", "Wringerhof", "Lakenlaan", "Damaststraat", "Fluweelpad",
         "Hennepstraat", "Klossenhof", "Droogveld", "Mangelstraat", "Twijnderslaan", "Ververshof"),
    ),
    NeighbourhoodPlan(
        "Molenkwartier", 930, "0417",
        ("Molenstraat", "Korenstraat", "Bakkerspad", "Weverslaan", "Spinnerspad", "Molenhof", "Wilgenhof", "Lindelaan",
         "Graanlaan", "Wiekenpad", "Zeilstraat", "Meelhof", "Maalsteenweg", "Windlaan", "Tarwestraat", "Roggepad",
         "Gerststraat", "Haverhof", "Boekweitlaan", "Molenaarsweg"),
    ),
    NeighbourhoodPlan(
        "Havenkant", 870, "0414",
        ("Havenstraat", "Kade", "Sluisweg", "Ankerpad", "Kraanstraat", "Pakhuislaan", "Touwbaan", "Zeilmakersstraat",
         "Werflaan", "Steigerpad", "Bolderhof", "Kapiteinstraat", "Matrozenhof", "Tonnenstraat", "Dokweg",
         "Boeienlaan", "Meerpaalstraat", "Kompaslaan", "Roerpad", "Schippersstraat"),
    ),
    NeighbourhoodPlan(
        "Oosterveld", 845, "0415",
        ("Oosterveldlaan", "Akkerstraat", "Ploegpad", "Klaverhof", "Hooilaan", "Weidestraat", "Greppelpad",
         "Boerderijlaan", "Schuurstraat", "Zaaierspad", "Oogststraat", "Eggehof", "Zeisstraat", "Slootweg",
         "Maaierspad", "Koolzaadstraat", "Bietenlaan", "Veldhof", "Distelpad", "Margrietstraat"),
    ),
    NeighbourhoodPlan(
        "Zandpoort", 800, "0416",
        ("Duinweg", "Helmstraat", "Zandpad", "Strandlaan", "Schelpenhof", "Zeewindstraat", "Stuifzandlaan",
         "Duinroosstraat", "Braampad", "Konijnenhof", "Vuurtorenweg", "Jutterspad", "Meeuwenstraat", "Brandinglaan",
         "Golfstraat", "Ebhof", "Vloedlaan", "Kokkelpad", "Wadstraat", "Duindoornlaan"),
    ),
)  # fmt: skip

_PAIRS = [a + b for a in "BCDGHJKLMNPRTVWXZ" for b in "ABCDEGHJKLMNPRSTVWXZ"]


@dataclass(frozen=True, slots=True)
class Home:
    """A rented home."""

    key: str
    neighbourhood: int
    street: str
    number: int
    addition: str
    postcode: str
    bag_id: str
    x: float
    y: float
    """Rijksdriehoek metres."""
    latitude: float
    longitude: float


def make_homes(seed: int, count: int) -> list[Home]:
    """`count` homes, shared out over the seven neighbourhoods and their streets."""
    rnd = Random(f"{seed}/streets")
    homes: list[Home] = []
    for place, (plan, size) in enumerate(zip(NEIGHBOURHOODS, _shares(count), strict=True)):
        _settle(rnd, place, plan, size, homes)
    return homes


def _shares(count: int) -> list[int]:
    """Homes per neighbourhood by weight; what rounding leaves goes to the first."""
    total = sum(plan.weight for plan in NEIGHBOURHOODS)
    shares = [count * plan.weight // total for plan in NEIGHBOURHOODS]
    shares[0] += count - sum(shares)
    return shares


def _settle(rnd: Random, place: int, plan: NeighbourhoodPlan, size: int, homes: list[Home]) -> None:
    """Lay out one neighbourhood: two columns of gently curved streets, turned by an angle of its own."""
    ring = 0.0 if place == 0 else 1_150.0
    around = 2 * pi * place / (len(NEIGHBOURHOODS) - 1)
    middle = (CENTRE[0] + ring * cos(around), CENTRE[1] + ring * sin(around))
    turn = rnd.uniform(-0.5, 0.5)
    streets = len(plan.streets)
    for at, street in enumerate(plan.streets):
        here = size * (at + 1) // streets - size * at // streets
        column, row = at % 2, at // 2
        start = (20.0 if column else -280.0, (row - streets / 4) * 66.0)
        line = _Street(middle, turn, start, rnd.uniform(-0.0012, 0.0012))
        flats = here >= 12 and rnd.random() < 0.35
        codes = (f"{plan.postcode} {_PAIRS[2 * at]}", f"{plan.postcode} {_PAIRS[2 * at + 1]}")
        for number, addition, along, side in _numbers(rnd, here, flats):
            x, y = line.point(along, side)
            latitude, longitude = rd_to_wgs84(x, y)
            homes.append(
                Home(
                    key=f"L{len(homes) + 1:05d}",
                    neighbourhood=place,
                    street=street,
                    number=number,
                    addition=addition,
                    postcode=codes[number % 2],
                    bag_id=f"999901{len(homes) + 1:010d}",
                    x=round(x, 1),
                    y=round(y, 1),
                    latitude=round(latitude, 6),
                    longitude=round(longitude, 6),
                )
            )


def _numbers(rnd: Random, count: int, flats: bool) -> list[tuple[int, str, float, int]]:
    """(house number, addition, metres along the street, side) of each home: odd on one side, even on the other."""
    found: list[tuple[int, str, float, int]] = []
    if flats:
        letters = rnd.random() < 0.6
        for at in range(count):
            door, floor = divmod(at, 6)
            addition = "ABCDEF"[floor] if letters else str(floor + 1)
            found.append((1 + door, addition, 14.0 * (door // 2), door % 2))
        return found
    number = [1, 2]
    for at in range(count):
        side = at % 2
        found.append((number[side], "", 6.5 * (at // 2), side))
        number[side] += 4 if rnd.random() < 0.08 else 2  # a house in between that is not for rent
    return found


@dataclass(frozen=True, slots=True)
class _Street:
    """A street as an arc: where it starts, which way it runs and how it bends (radians per metre)."""

    middle: tuple[float, float]
    turn: float
    start: tuple[float, float]
    bend: float

    def point(self, along: float, side: int) -> tuple[float, float]:
        """Rijksdriehoek metres of a front door `along` metres down the street, on the odd (0) or even (1) side."""
        heading = self.bend * along
        across = 13.0 if side else -13.0
        x = self.start[0] + along * cos(heading / 2) - across * sin(heading)
        y = self.start[1] + along * sin(heading / 2) + across * cos(heading)
        return (
            self.middle[0] + x * cos(self.turn) - y * sin(self.turn),
            self.middle[1] + x * sin(self.turn) + y * cos(self.turn),
        )
