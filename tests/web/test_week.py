"""The week on the screens: what is planned, what waits and why, its keys, the map, the team and the form with hours."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from voordeur import settings as ours
from voordeur.actions.arrange_cover import arrange_cover
from voordeur.actions.plan_day import plan_week
from voordeur.core.planning import Spot
from voordeur.store.models import Home, PlanStop, Standing, User, WaitingDoor, Workday
from voordeur.store.queries import Street, week_plan
from voordeur.web.plan_map import drawn_map

WEEK = reverse("week")


def text_of(answer: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def planned(small_town: Town) -> Town:
    """Hours on Monday and Thursday, homes with coordinates, five doors that ask for a visit, a week that is planned."""
    for at, home in enumerate(Home.objects.order_by("pk")):
        Home.objects.filter(pk=home.pk).update(latitude=52.5 + at * 0.0008, longitude=5.3 + at % 2 * 0.001)
    for weekday, first, last in ((0, 540, 600), (3, 1_080, 1_140)):
        Workday.objects.create(
            user=small_town.manager, weekday=weekday, first=first, last=last, mode="bicycle"
        )
    asking = Standing.objects.filter(neighbourhood=small_town.molenkwartier).order_by("pk")[:5]
    Standing.objects.filter(pk__in=[one.pk for one in asking]).update(
        action="visit", reason_nl="De huur is niet binnen: € 655,15.", reason_en="No rent: € 655.15."
    )
    plan_week(small_town.manager, TODAY, TODAY)
    return small_town


def first_stop(town: Town) -> PlanStop:
    return PlanStop.objects.filter(plan__user=town.manager).order_by("plan__day", "start")[0]


def test_without_hours_the_page_says_whom_to_ask(small_town: Town, as_user: As) -> None:
    said = text_of(as_user(small_town.manager).get(WEEK))
    assert "Nog geen uren voor bezoeken" in said
    assert "Week van 23 november" in said


def test_the_week_names_its_doors_what_waits_and_when_instead(planned: Town, as_user: As) -> None:
    page = as_user(planned.manager).get(WEEK)
    said = text_of(page)
    stops, waits = PlanStop.objects.count(), WaitingDoor.objects.count()
    assert stops >= 2
    assert waits >= 1
    assert f"Zet je week vast: {stops} bezoek" in said
    assert f"{stops + waits} adressen vragen een bezoek" in said
    assert "Dat is alles. Niemand valt van de lijst." in said
    assert "Op woensdag zijn er geen bezoeken" in said
    assert "ma 30 november" in said
    assert "655,15" not in said, "somebody holds this in the street"


def test_a_chosen_door_shows_its_keys_its_file_and_the_phones_own_navigation(
    planned: Town, as_user: As
) -> None:
    stop = first_stop(planned)
    page = as_user(planned.manager).get(WEEK, {"stop": stop.pk})
    content = page.content.decode()
    assert "eerder" in text_of(page)
    assert 'href="geo:52.5' in content
    assert reverse("tenancy", args=[stop.tenancy_id]) in content
    with override_settings(NAVIGATION="https://kaart.example/?naar={latitude},{longitude}"):
        assert (
            'href="https://kaart.example/?naar=52.5'
            in as_user(planned.manager).get(WEEK, {"stop": stop.pk}).content.decode()
        )


@pytest.mark.parametrize("how", ["vast", "later", "eerder"])
def test_a_key_does_its_deed_and_stays_open(how: str, planned: Town, as_user: As) -> None:
    stop = first_stop(planned)
    answer = as_user(planned.manager).post(
        reverse("week_stop", args=[stop.pk, how]), {"van": TODAY.isoformat()}
    )
    now = PlanStop.objects.get(tenancy=stop.tenancy)
    assert answer.status_code == 302
    assert answer["Location"] == f"{WEEK}?van=2026-11-23&stop={now.pk}#stop-{now.pk}"


def test_what_does_not_fit_is_told_on_the_page_and_nothing_is_lost(planned: Town, as_user: As) -> None:
    client, stop = as_user(planned.manager), first_stop(planned)
    where = reverse("week_stop", args=[stop.pk, "dag"])
    page = client.post(where, {"van": TODAY.isoformat(), "dag": "2026-11-25"}, follow=True)
    assert "Zo past het niet" in text_of(page)
    assert PlanStop.objects.filter(pk=stop.pk).exists()
    again = client.post(where, {"dag": "ooit"}, follow=True)
    assert "Deze dag bestaat niet." in text_of(again)
    assert client.post(reverse("week_stop", args=[stop.pk, "zomaar"])).status_code == 404


def test_dropped_put_back_agreed_and_planned_anew(planned: Town, as_user: As) -> None:
    client, stop = as_user(planned.manager), first_stop(planned)
    client.post(reverse("week_stop", args=[stop.pk, "weg"]), {"van": TODAY.isoformat()})
    row = WaitingDoor.objects.get(tenancy=stop.tenancy)
    assert "Jij liet dit adres deze week weg." in text_of(client.get(WEEK))
    client.post(reverse("week_back", args=[row.pk]), {"van": TODAY.isoformat()})
    assert PlanStop.objects.filter(tenancy=stop.tenancy).exists()
    said = text_of(client.post(reverse("week_agree"), {"van": TODAY.isoformat()}, follow=True))
    assert "Je week staat vast" in said
    said = text_of(client.post(reverse("week_plan"), {"van": TODAY.isoformat()}, follow=True))
    assert "De week is opnieuw gepland." in said
    assert "Zet je week vast" in said


def test_next_week_last_week_and_a_week_of_nonsense(planned: Town, as_user: As) -> None:
    client = as_user(planned.manager)
    assert "Week van 30 november" in text_of(client.get(WEEK, {"van": "2026-12-02"}))
    past = text_of(client.get(WEEK, {"van": "2026-11-18"}))
    assert "Deze week is geweest" in past
    for wrong in ("ooit", "1900-01-01", "2026-02-31", "9999-12-31"):
        assert "Week van 23 november" in text_of(client.get(WEEK, {"van": wrong}))
    late = client.post(reverse("week_plan"), {"van": "2026-11-16"}, follow=True)
    assert "Deze week kun je niet plannen." in text_of(late)


def test_who_paid_and_whom_one_stands_in_for_are_said(planned: Town, as_user: As) -> None:
    stop = first_stop(planned)
    PlanStop.objects.filter(pk=stop.pk).update(state=PlanStop.State.PAID)
    away = User.objects.create(
        username="kees", first_name="Kees", last_name="Overdiep", role="neighbourhood_manager"
    )
    away.neighbourhoods.set([planned.havenkant])
    thursday = TODAY + timedelta(days=3)
    arrange_cover(
        planned.chief, absent=away.pk, cover=planned.manager.pk, first=thursday, last=thursday, today=TODAY
    )
    said = text_of(as_user(planned.manager).get(WEEK))
    assert stop.tenancy.home is not None
    assert f"{stop.tenancy.home.address} heeft betaald en is van de lijst." in said
    assert "Havenkant, voor Kees Overdiep. Je ziet deze adressen tot en met donderdag 26 november." in said


def test_the_drawn_map_has_the_doors_of_the_list_and_is_safe(planned: Town) -> None:
    day = next(one for one in week_plan(planned.manager, TODAY, TODAY).days if one.stops)
    evil = Street("<script>alert(1)</script>", Spot(52.49, 5.29), Spot(52.51, 5.31))
    drawn = str(drawn_map(day, [evil]))
    assert drawn.count('class="vd-map__stop"') == len(day.stops)
    assert [int(n) for n in re.findall(r'class="vd-map__n"[^>]*>(\d+)<', drawn)] == list(
        range(len(day.stops), 0, -1)
    )
    assert "<script>" not in drawn
    assert "Dezelfde adressen staan in de lijst" in drawn


def test_tiles_are_only_there_where_an_address_for_them_is_set(planned: Town, as_user: As) -> None:
    plain = as_user(planned.manager).get(WEEK).content.decode()
    assert "leaflet" not in plain
    with override_settings(TILES="https://tegels.example/{z}/{x}/{y}.png", TILES_BY="Kaart & co"):
        page = as_user(planned.manager).get(WEEK).content.decode()
    assert "leaflet" in page
    places = json.loads(unescape(re.search(r'data-places="([^"]*)"', page)[1]))  # type: ignore[index]
    assert set(places) == {"start", "doors"}
    assert all(set(one) == {"n", "at"} for one in places["doors"]), "no address leaves the page"
    allowed = ours.content_security_policy("", "https://tegels.example/{z}/{x}/{y}.png")["DIRECTIVES"][
        "img-src"
    ]
    assert "https://tegels.example" in allowed
    assert ours.content_security_policy("")["DIRECTIVES"]["img-src"] == ["'self'", "data:"]


def test_the_team_is_hours_and_numbers_and_never_an_address(planned: Town, as_user: As) -> None:
    for user in (planned.chief, planned.consultant):
        page = as_user(user).get(reverse("team_week"))
        said = text_of(page)
        assert "Marit Hoogland" in said
        assert "van 2:00 uur" in said
        assert not any(home.address in said for home in Home.objects.all())
        assert "/huurcontract/" not in page.content.decode()
    assert "Uren" in text_of(as_user(planned.chief).get(reverse("team_week")))


def test_hours_are_filled_in_on_a_form_and_a_mistake_is_told_at_its_field(planned: Town, as_user: As) -> None:
    client, where = as_user(planned.chief), reverse("hours", args=[planned.manager.pk])
    form = {"first_1": "9:30", "last_1": "12.00", "mode_1": "foot", "start": ""}
    said = text_of(client.post(where, form, follow=True))
    assert "Bewaard. De volgende planning rekent ermee." in said
    [row] = Workday.objects.filter(user=planned.manager)
    assert (row.weekday, row.first, row.last, row.mode) == (1, 570, 720, "foot")
    wrong = {
        "first_1": "12:00",
        "last_1": "9:00",
        "first_2": "25:00",
        "first_3": "9:00",
        "start": "Nergens 1",
    }
    said = text_of(client.post(where, wrong))
    assert "Dit is geen tijd." in said
    assert "Vul begin en einde in, of geen van beide." in said
    said = text_of(client.post(where, {"first_1": "12:00", "last_1": "9:00", "start": "Nergens 1"}))
    assert "Het einde ligt voor het begin." in said
    assert "Dit adres kennen we niet" in said
    assert Workday.objects.filter(user=planned.manager).count() == 1


def test_an_appointment_can_have_a_moment(planned: Town, as_user: As) -> None:
    where = reverse("plan", args=[planned.in_parts.pk])
    form = {
        "channel": "visit",
        "day": "2026-11-26",
        "part": "",
        "at": "18:05",
        "who": str(planned.manager.pk),
    }
    assert as_user(planned.manager).post(where, form).status_code == 302
    plan_week(planned.manager, TODAY, TODAY)
    stop = PlanStop.objects.get(tenancy=planned.in_parts)
    assert (stop.start, stop.appointment) == (1_085, True)
    assert "18:05" in text_of(as_user(planned.manager).get(WEEK))


def test_in_english_too(planned: Town, as_user: As) -> None:
    client = as_user(planned.manager)
    client.post(reverse("set_language"), {"language": "en"})
    said = text_of(client.get(WEEK))
    assert "Week of 23 November" in said
    assert "Nobody drops off the list." in said
