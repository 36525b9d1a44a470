"""Mapping profiles: what is shipped, what a person writes, and what is wrong with it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.profiles import (
    FIELDS,
    Direction,
    Meaning,
    Profile,
    load_profiles,
    parse_profile,
    plain_name,
    plain_words,
    profile_toml,
    save_profile,
    shipped_profiles,
)
from voordeur.core.problems import Problem
from voordeur.core.words import Words

WHOLE = Profile(
    name="huur-per-maand",
    kind="ledger",
    title=Words('Huur "per maand"', "Rent per month"),
    columns={"tenancy": ("Contractnr", "Huurcontract"), "amount": ("Bedrag (€)",)},
    otherwise={"tenancy": ("Debiteurnr",)},
    words={"HUUR": Meaning.RENT, "Storno \\ terug": Meaning.REVERSAL},
    sides={"+/-": "debit", "C": "credit"},
    decimal=",",
    dates="dmy",
    direction=Direction.SIDE,
    every_row=Meaning.RENT,
    header_row=5,
    needs=("kind",),
    exact=True,
)


def test_a_profile_is_kept_and_found_again(tmp_path: Path) -> None:
    save_profile(WHOLE, tmp_path / "maand.toml")
    assert load_profiles(tmp_path) == ([WHOLE], [])
    assert load_profiles(tmp_path / "maand.toml") == ([WHOLE], [])


_names = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    kind = draw(st.sampled_from(list(FIELDS)))
    columns = st.dictionaries(
        st.sampled_from(FIELDS[kind]), st.lists(_names, max_size=3).map(tuple), max_size=4
    )
    return Profile(
        name=draw(_names),
        kind=kind,
        title=Words(draw(_names), draw(_names)),
        columns=draw(columns),
        otherwise=draw(columns),
        words=draw(st.dictionaries(_names, st.sampled_from(list(Meaning)), max_size=3)),
        sides=draw(st.dictionaries(_names, st.sampled_from(["debit", "credit"]), max_size=3)),
        decimal=draw(st.sampled_from([None, ",", "."])),
        dates=draw(st.sampled_from([None, "dmy", "mdy", "ymd"])),
        direction=draw(st.none() | st.sampled_from(list(Direction))),
        every_row=draw(st.none() | st.sampled_from(list(Meaning))),
        header_row=draw(st.none() | st.integers(1, 99)),
        exact=draw(st.booleans()),
    )


@given(profiles())
def test_whatever_is_in_it_a_profile_reads_back_the_same(profile: Profile) -> None:
    assert parse_profile(profile_toml(profile)) == profile


def test_a_profile_is_text_that_a_person_can_read() -> None:
    assert profile_toml(WHOLE).splitlines()[:3] == [
        'name = "huur-per-maand"',
        'kind = "ledger"',
        'title_nl = "Huur \\"per maand\\""',
    ]


def test_the_shipped_profiles_cover_every_kind_and_three_vocabularies() -> None:
    names = {profile.name for profile in shipped_profiles()}
    assert {
        "ledger-nl",
        "ledger-en",
        "ledger-vera",
        "tenancies-nl",
        "tenancies-en",
        "tenancies-vera",
    } <= names
    assert {"homes-nl", "homes-en", "homes-vera", "neighbourhoods-nl", "neighbourhoods-en"} <= names
    assert {profile.kind for profile in shipped_profiles()} == set(FIELDS)
    assert all(profile.title.nl and profile.title.en for profile in shipped_profiles())


def test_no_shipped_profile_gives_one_name_to_two_fields() -> None:
    for profile in shipped_profiles():
        listed = [
            plain_name(name)
            for names in (*profile.columns.values(), *profile.otherwise.values())
            for name in {plain_name(name) for name in names}
        ]
        assert len(set(listed)) == len(listed), profile.name


def test_no_shipped_profile_gives_two_meanings_to_one_word() -> None:
    for profile in shipped_profiles():
        plain = [plain_words(word) for word in profile.words]
        assert len(set(plain)) == len(plain), profile.name


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("kind = ", "", "Invalid value (at end of document)"),
        ('name = "x"', "kind", ""),
        ('kind = "grootboek"', "kind", "grootboek"),
        ('kind = "ledger"\nkleur = "rood"', "kleur", ""),
        ('kind = "ledger"\ndecimal = "punt"', "decimal", "punt"),
        ('kind = "ledger"\ndates = "dag"', "dates", "dag"),
        ('kind = "ledger"\ndirection = "?"', "direction", "?"),
        ('kind = "ledger"\nevery_row = "huur"', "every_row", "huur"),
        ('kind = "ledger"\nheader_row = 0', "header_row", "0"),
        ('kind = "ledger"\n[columns]\nhuurder = "Naam"', "columns.huurder", ""),
        ('kind = "ledger"\n[columns]\ntenancy = 5', "columns.tenancy", "5"),
        ('kind = "ledger"\n[words]\nHuur = "huur"', "words.Huur", "huur"),
        ('kind = "ledger"\n[sides]\nD = "debet"', "sides.D", "debet"),
    ],
)
def test_what_is_wrong_with_a_profile(tmp_path: Path, text: str, column: str, value: str) -> None:
    (tmp_path / "fout.toml").write_text(text)
    loaded, (problem,) = load_profiles(tmp_path)
    assert loaded == []
    assert (problem.code, problem.source, problem.column, problem.value) == (
        "bad-profile",
        "fout.toml",
        column,
        value,
    )
    assert problem.cure.nl


def test_a_choice_that_is_wrong_lists_the_right_ones() -> None:
    problem = parse_profile('kind = "ledger"\n[sides]\nD = "debet"')
    assert isinstance(problem, Problem)
    assert problem.message.nl == "Hier kan alleen staan: debit, credit."


def test_a_file_that_cannot_be_read_is_a_problem_too(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    _, problems = load_profiles(tmp_path, tmp_path / "weg.toml")
    assert [problem.source for problem in problems] == ["latin.toml", "weg.toml"]
