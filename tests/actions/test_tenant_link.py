"""Two browsers press the button at the same moment: one opens the link, the other hears why not."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from tests.actions.town import TODAY, small_town
from voordeur.actions.tenant_link import make, open_link, visit
from voordeur.core.personal_links import Handed
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, TenantLink


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_opens_it() -> None:
    town = small_town()
    code = make(town.consultant, town.veldhuizer.pk, Handed.IN_PERSON, TODAY)
    together, keys, refused = Barrier(4), list[str](), list[str]()

    def press() -> None:
        together.wait()
        try:
            keys.append(open_link(code, "", "", "198.51.100.7", timezone.now(), TODAY).key)
        except Refused as refusal:
            refused.append(refusal.problems[0].code)
        finally:
            connection.close()

    browsers = [Thread(target=press) for _ in range(4)]
    for one in browsers:
        one.start()
    for one in browsers:
        one.join()
    assert (len(keys), refused) == (1, ["link-used"] * 3)
    here = visit(keys[0], timezone.now(), TODAY)
    assert here is not None
    assert here.tenancy == town.veldhuizer.pk
    assert TenantLink.objects.get().opened is not None
    actions = sorted(AuditLine.objects.filter(purpose="own").values_list("action", flat=True))
    assert actions == ["open_own_page", *["refuse_own_page"] * 3]
