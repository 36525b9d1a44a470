"""How easily a text reads: long sentences, difficult words with an easier one, long words, shouting.

Aims at B1 (Common European Framework of Reference for Languages), which Dutch housing corporations use for
letters. It counts and compares; whether a text is kind and true is for a person to judge.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from voordeur.core.words import Words

LONG, TOO_LONG = 15, 20
"""Words in a sentence: above the first it is better cut, above the second it must be."""
LONG_WORD = 18
"""Letters in a word from which most readers have to spell."""
_SHOUT = 4

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-ZÀ-Þ0-9{€“\"(])")
_ABBREVIATION = re.compile(
    r"\b(?:bijv|d\.w\.z|nr|mr|dhr|mevr|o\.a|e\.g|i\.e|no|St|Mr|Mrs|Ms|Dr)\.$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_COUNTED = re.compile(r"€?\s?[\w]+(?:[.,:'’\-/][\w]+)*")


@dataclass(frozen=True, slots=True)
class WordLists:
    """Words to avoid, in lower case; data, for an administrator to extend."""

    difficult_nl: Mapping[str, str]
    """Difficult word or words -> what to write instead."""
    difficult_en: Mapping[str, str]
    debt_nl: tuple[str, ...] = ()
    """Words that give a debt away; never in a message or on a card without an envelope."""
    debt_en: tuple[str, ...] = ()

    def difficult(self, language: str) -> Mapping[str, str]:
        """The difficult words of one language."""
        return self.difficult_en if language == "en" else self.difficult_nl

    def debt(self, language: str) -> tuple[str, ...]:
        """The words of one language that give a debt away."""
        return self.debt_en if language == "en" else self.debt_nl


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence that can be made easier, and how."""

    code: str
    sentence: str
    why: Words
    cure: Words


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph. An abbreviation ends none; a time such as 13.00 is one word."""
    found = list[str]()
    for part in _SENTENCE_END.split(text.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def word_count(sentence: str) -> int:
    """How many words a sentence has; an amount, a number or a date part is one."""
    return len(_COUNTED.findall(sentence))


def remarks(text: str, language: str, lists: WordLists) -> list[Remark]:
    """Everything in one paragraph that can be made easier, sentence by sentence."""
    found = list[Remark]()
    for sentence in sentences(text):
        found += _length(sentence)
        found += _difficult(sentence, lists.difficult(language))
        found += _heavy(sentence)
    return found


def _length(sentence: str) -> list[Remark]:
    count = word_count(sentence)
    if count <= LONG:
        return []
    if count > TOO_LONG:
        cure = Words("Maak er twee of drie zinnen van.", "Make two or three sentences of it.")
    else:
        cure = Words("Kan het in twee zinnen?", "Could it be two sentences?")
    why = Words(
        f"Deze zin heeft {count} woorden. Tot en met {LONG} leest makkelijk.",
        f"This sentence has {count} words. Up to {LONG} is easy to read.",
    )
    return [Remark("long-sentence", sentence, why, cure)]


def _difficult(sentence: str, instead: Mapping[str, str]) -> list[Remark]:
    said = " ".join(sentence.lower().split())
    return [
        Remark(
            "difficult-word",
            sentence,
            Words(f"“{word}” is voor veel mensen een moeilijk woord.", f"“{word}” is hard for many people."),
            Words(f"Schrijf liever: {easier}.", f"Better write: {easier}."),
        )
        for word, easier in instead.items()
        if holds_word(said, word)
    ]


def holds_word(text: str, word: str) -> bool:
    """True when `word` (one or more words, lower case) stands in `text` (lower case) as whole words."""
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text) is not None


def _heavy(sentence: str) -> list[Remark]:
    found = list[Remark]()
    for word in _WORD.findall(sentence):
        if len(word) >= LONG_WORD:
            why = Words(f"“{word}” is een lang woord.", f"“{word}” is a long word.")
            cure = Words("Zeg het in twee woorden.", "Say it in two words.")
            found.append(Remark("long-word", sentence, why, cure))
        elif len(word) >= _SHOUT and word.isupper():
            why = Words(f"“{word}” staat in hoofdletters. Dat leest als schreeuwen.",
                        f"“{word}” is in capitals. That reads as shouting.")  # fmt: skip
            cure = Words("Gebruik gewone letters.", "Use ordinary letters.")
            found.append(Remark("capitals", sentence, why, cure))
    return found
