"""What a recognition says when it does not know: each doubt tells what to put in a profile."""

from collections.abc import Iterable, Sequence

from voordeur.adapters.field_words import FIELD_WORDS
from voordeur.adapters.profiles import plain_words
from voordeur.adapters.recognition import Column
from voordeur.core.problems import Problem
from voordeur.core.words import Words


def header_doubt() -> Problem:
    """No row of the file holds names that we know."""
    return Problem(
        "no-header",
        Words(
            "Wij vinden geen rij met kolomnamen die wij kennen.",
            "We find no row with column names that we know.",
        ),
        Words(
            'Maak een profiel: zet onder [columns] hoe jullie kolommen heten, zoals tenancy = "Contractnr".',
            'Make a profile: put under [columns] what your columns are called, as in tenancy = "Contractnr".',
        ),
        fatal=True,
    )


def missing_doubts(missing: Iterable[str]) -> list[Problem]:
    """A doubt for each absent field; alternatives are joined with a slash."""
    doubts = []
    for names in missing:
        first = names.split("/")[0]
        said = [FIELD_WORDS[name] for name in names.split("/")[:3]]
        doubts.append(
            Problem(
                "missing-column",
                Words(
                    f"Wij vinden geen kolom voor: {' of '.join(words.nl for words in said)}.",
                    f"We find no column for: {' or '.join(words.en for words in said)}.",
                ),
                Words(
                    f'Zet in een profiel onder [columns]: {first} = "de naam van jullie kolom"',
                    f'Put in a profile under [columns]: {first} = "the name of your column"',
                ),
                fatal=True,
            )
        )
    return doubts


def candidates_doubt(name: str, columns: Sequence[Column]) -> Problem:
    """Several columns may be one of our fields."""
    listed = ", ".join(f"“{column.header[:30]}”" for column in columns[:3])
    ours = FIELD_WORDS[name]
    return Problem(
        "two-candidates",
        Words(
            f"Meer kolommen kunnen {ours.nl} zijn: {listed}.", f"Several columns may be {ours.en}: {listed}."
        ),
        Words(
            f'Kies er één in een profiel, onder [columns]: {name} = "{columns[0].header}"',
            f'Choose one in a profile, under [columns]: {name} = "{columns[0].header}"',
        ),
        column=columns[0].header,
        fatal=True,
    )


def words_doubt(header: str, unknown: Sequence[str]) -> Problem:
    """Most words of the kind column are unknown: `unknown`, the most frequent first."""
    example = plain_words(unknown[0]).upper()
    return Problem(
        "doubt-kinds",
        Words("Wij kennen de woorden in deze kolom niet.", "We do not know the words in this column."),
        Words(
            f'Zet in een profiel onder [words] wat ze zijn: "{example}" = "rent"',
            f'Put in a profile under [words] what they are: "{example}" = "rent"',
        ),
        column=header,
        value=", ".join(unknown[:4])[:80],
        fatal=True,
    )


def bsn_note(column: Column) -> Problem:
    """A column with the numbers that a corporation may not have."""
    return Problem(
        "bsn-column",
        Words(
            "In deze kolom staan burgerservicenummers. Wij lezen die nooit.",
            "This column holds BSNs; never read.",
        ),
        Words(
            "Laat de kolom de volgende keer weg uit het bestand.",
            "Leave the column out of the file next time.",
        ),
        column=column.header,
    )
