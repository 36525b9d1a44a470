"""The web application that a server such as granian runs.

Every page is loaded before the first request, and what is loaded then stays: it is taken out of the search for what can
be thrown away, which would keep a page waiting for a tenth of a second every few hundred requests.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voordeur.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - to ask is to load
gc.collect()
gc.freeze()
