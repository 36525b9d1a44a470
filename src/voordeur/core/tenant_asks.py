"""What a tenant may ask on the own page, and how far it is."""

from enum import StrEnum

from voordeur.core.contacts import Channel
from voordeur.core.words import Words


class AskKind(StrEnum):
    """What the tenant asks; a person of the landlord decides about all of them."""

    CALL = "call"
    """To be rung."""
    VISIT = "visit"
    """That somebody comes by."""
    CHANGE = "change"
    """Another arrangement than the one that runs."""

    @property
    def words(self) -> Words:
        """What is asked, in words."""
        return _KIND_WORDS[self]

    @property
    def channel(self) -> Channel:
        """By which way somebody then comes to the tenant."""
        return _CHANNELS[self]


_KIND_WORDS = {
    AskKind.CALL: Words("wil graag gebeld worden", "would like to be rung"),
    AskKind.VISIT: Words("wil graag bezoek", "would like a visit"),
    AskKind.CHANGE: Words("wil een andere regeling", "would like another arrangement"),
}
_CHANNELS = {AskKind.CALL: Channel.PHONE, AskKind.VISIT: Channel.VISIT, AskKind.CHANGE: Channel.PHONE}


class AskState(StrEnum):
    """How far it is."""

    OPEN = "open"
    """Nobody did anything about it yet."""
    PLANNED = "planned"
    """It stands on somebody's list."""
    ANSWERED = "answered"
    """A person answered it otherwise."""
