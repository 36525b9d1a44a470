"""Encrypted text: plain on our side, unreadable in the database, in one place only."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.encryption import key_id_of, key_ring, make_key, seal, unseal
from voordeur.core.problems import Refused
from voordeur.store.encrypted import EncryptedText, field_keys

RING = key_ring(make_key("k1"))


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


@given(st.text(), st.text(max_size=20))
def test_what_is_sealed_opens_again_and_twice_the_same_looks_different(text: str, context: str) -> None:
    sealed = seal(RING, text, context)
    assert unseal(RING, sealed, context) == text
    assert seal(RING, text, context) != sealed


def test_an_older_key_still_opens_and_the_first_key_seals() -> None:
    old, new = make_key("k1"), make_key("k2")
    sealed = seal(key_ring(old), "belt liever na vijven", "x")
    both = key_ring(f"{new},\n{old}\n")
    assert unseal(both, sealed, "x") == "belt liever na vijven"
    assert key_id_of(seal(both, "y", "x")) == "k2"


@pytest.mark.parametrize(
    ("keys", "context", "expected"),
    [
        (make_key("k2"), "contact.notes", "key-missing"),
        (make_key("k1"), "contact.notes", "does-not-open"),
        (None, "tenant.phone", "does-not-open"),
    ],
    ids=["no key", "another key", "another column"],
)
def test_a_wrong_key_or_another_column_is_a_problem(keys: str | None, context: str, expected: str) -> None:
    sealed = seal(RING, "geheim", "contact.notes")
    with pytest.raises(Refused) as refused:
        unseal(key_ring(keys) if keys else RING, sealed, context)
    assert code(refused) == expected


def test_any_changed_character_is_noticed() -> None:
    sealed = seal(RING, "geheim", "x")
    opened = []
    for place in range(len(sealed)):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        try:
            opened.append(unseal(RING, changed, "x"))
        except Refused:
            continue
    assert opened == []


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:short", "k1:" + "A" * 43 + ",k1:" + "B" * 43, "k 1:" + "A" * 43]
)
def test_a_bad_ring_of_keys_is_a_problem(text: str) -> None:
    with pytest.raises(Refused) as refused:
        key_ring(text)
    assert code(refused) == "bad-key-ring"


def test_a_ring_does_not_show_its_keys() -> None:
    assert make_key("k9").split(":")[1][:10] not in repr(key_ring(make_key("k9")))
    assert "keys" not in repr(RING)


class Scribble(models.Model):
    """A table of this test only."""

    text = EncryptedText(blank=True, null=True)
    objects: "models.Manager[Scribble]" = models.Manager()

    class Meta:
        app_label = "scribbles"


@pytest.fixture
def table(db: None) -> None:
    number = {"sqlite": "integer PRIMARY KEY", "postgresql": "bigserial PRIMARY KEY"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {Scribble._meta.db_table} (id {number}, text text)")


def raw(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {Scribble._meta.db_table} WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("table")
def test_the_database_holds_no_plain_text() -> None:
    row = Scribble.objects.create(text="spreekt liever met mevrouw")
    assert "mevrouw" not in raw(row.pk)
    assert raw(row.pk).startswith(f"v1:{field_keys().current}:")
    assert Scribble.objects.get().text == "spreekt liever met mevrouw"
    Scribble.objects.update(text="nieuw")
    Scribble.objects.bulk_create([Scribble(text="tweede"), Scribble(text=""), Scribble(text=None)])
    assert list(Scribble.objects.order_by("pk").values_list("text", flat=True)) == [
        "nieuw",
        "tweede",
        "",
        None,
    ]
    assert Scribble.objects.filter(text__isnull=True).count() == 1


@pytest.mark.usefixtures("table")
def test_nothing_can_be_searched_in_it() -> None:
    for question in ("text", "text__contains", "text__in"):
        with pytest.raises(FieldError):
            Scribble.objects.filter(**{question: "x"}).exists()


@pytest.mark.usefixtures("table")
def test_text_that_was_never_encrypted_is_a_problem_not_an_answer() -> None:
    row = Scribble.objects.create(text="x")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Scribble._meta.db_table} SET text = 'bare' WHERE id = %s", [row.pk])
    with pytest.raises(Refused) as refused:
        Scribble.objects.get()
    assert code(refused) == "not-sealed"


def test_a_migration_keeps_the_context() -> None:
    kept = EncryptedText(context="contact.notes")
    assert kept.deconstruct()[3] == {"context": "contact.notes"}
    assert kept.clone().context == "contact.notes"
