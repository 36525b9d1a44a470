"""Do something through another connection to the database, as another process would."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def elsewhere(deed: Callable[[], object]) -> None:
    """Do it, and wait until it is done."""

    def do() -> None:
        try:
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()
