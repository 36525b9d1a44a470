"""Every Dutch sentence of the screens has its English, and what was compiled is what was written."""

from voordeur.locale import __main__ as catalogue
from voordeur.locale.__main__ import Message


def test_every_dutch_sentence_has_its_english() -> None:
    assert catalogue.problems() == [], "run: python -m voordeur.locale"


def test_there_is_something_to_translate() -> None:
    assert len(catalogue.collect()) > 50


def test_sentences_are_found_in_a_template() -> None:
    template = """
        {% translate "Dat is alles." %}{{ _("Huur") }}
        {% blocktranslate count n=doors trimmed %}
          één deur
        {% plural %}
          {{ n }} deuren
        {% endblocktranslate %}
        {% translate "Open" context "bedrag" %}
    """
    assert list(catalogue.in_template(template)) == [
        Message("Dat is alles."),
        Message("Huur"),
        Message("één deur", plural="%(n)s deuren"),
        Message("Open", context="bedrag"),
    ]


def test_sentences_are_found_in_code() -> None:
    code = """
say(_("Heeft betaald."))
say(gettext("Niet langsgaan " "voor geld."))
say(ngettext("%(n)s dag", "%(n)s dagen", n))
say(pgettext("bedrag", "Open"))
say(_(variable))
"""
    assert set(catalogue.in_code(code)) == {
        Message("Heeft betaald."),
        Message("Niet langsgaan voor geld."),
        Message("%(n)s dag", plural="%(n)s dagen"),
        Message("Open", context="bedrag"),
    }
