"""How accounts come about: an administrator makes them; nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """No remark about signing in or out: the page itself shows it."""
