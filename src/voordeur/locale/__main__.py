"""Keeps the English of the screens in step with their Dutch. For developers: needs polib, from the dev extra.

    python -m voordeur.locale            collect every Dutch sentence from templates and code into django.po
                                         (new ones with an empty translation, unused ones dropped), then
                                         compile django.mo
    python -m voordeur.locale --check    change nothing; name what is missing, fuzzy or not compiled

Django's own makemessages does the same with GNU gettext, which not every machine has.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
PO = Path(__file__).parent / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
METADATA = {
    "Project-Id-Version": "voordeur",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
_CALL = re.compile(r"\b(_|n?p?gettext)\(")
_TEXT = re.compile(r"""\s*,?\s*u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)
_BLANK = re.compile(r"%\((\w+)\)s")
_FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_WITH_PLURAL = {"ngettext", "ngettext_lazy"}
_WITH_CONTEXT = {"pgettext", "pgettext_lazy"}


class Message(NamedTuple):
    """One sentence to translate."""

    text: str
    plural: str = ""
    context: str | None = None


def in_template(source: str) -> Iterator[Message]:
    """The sentences of a Django template: translate, blocktranslate and _("...")."""
    code = templatize(source)
    for call in _CALL.finditer(code):
        texts, at = [], call.end()
        while found := _TEXT.match(code, at):
            texts.append(ast.literal_eval(found[1]))
            at = found.end()
        if texts:
            yield _message(call[1], texts)


def in_code(source: str) -> Iterator[Message]:
    """The sentences of a Python file: gettext("...") and its family, when called with the text itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if texts and name in _FUNCTIONS | _WITH_PLURAL | _WITH_CONTEXT:
                yield _message(name, texts)


def _message(function: str, texts: list[str]) -> Message:
    if "p" in function.partition("gettext")[0]:
        return Message(texts[1], context=texts[0])
    if function.startswith("n"):
        return Message(texts[0], plural=texts[1])
    return Message(texts[0])


def collect() -> dict[Message, list[str]]:
    """Every sentence of the product with the files that use it, in order of file."""
    found: dict[Message, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in (".html", ".txt", ".py") or "static" in path.parts:
            continue
        read = in_code if path.suffix == ".py" else in_template
        for message in read(path.read_text(encoding="utf-8")):
            files = found.setdefault(message, [])
            name = path.relative_to(PACKAGE).as_posix()
            if name not in files:
                files.append(name)
    return found


def renewed(old: polib.POFile, messages: dict[Message, list[str]]) -> polib.POFile:
    """A catalogue of exactly these messages, with the translations that there were."""
    known = {Message(e.msgid, e.msgid_plural, e.msgctxt): e for e in old if not e.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = dict(METADATA)
    for message, files in messages.items():
        before = known.get(message)
        new.append(
            polib.POEntry(
                msgid=message.text,
                msgid_plural=message.plural,
                msgctxt=message.context,
                msgstr=before.msgstr if before else "",
                msgstr_plural=(before and before.msgstr_plural) or ({0: "", 1: ""} if message.plural else {}),
                flags=list(before.flags) if before else [],
                tcomment=before.tcomment if before else "",
                occurrences=[(name, "") for name in files],
            )
        )
    return new


def problems() -> list[str]:
    """What keeps the English screens from being complete; empty when all is well."""
    catalogue = read()
    said = {Message(e.msgid, e.msgid_plural, e.msgctxt): e for e in catalogue if not e.obsolete}
    wanted = collect()
    found = [
        f"not in django.po: {message.text!r} ({files[0]})"
        for message, files in wanted.items()
        if message not in said
    ]
    found += [f"no longer used: {message.text!r}" for message in said if message not in wanted]
    found += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    found += [f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    found += [f"other blanks in English: {entry.msgid!r}" for entry in catalogue if not _same_blanks(entry)]
    if not MO.exists() or MO.read_bytes() != catalogue.to_binary():
        found.append("django.mo is not made from django.po")
    return found


def _same_blanks(entry: polib.POEntry) -> bool:
    """True when the translation fills in the same values as the source."""
    source = set(_BLANK.findall(entry.msgid + entry.msgid_plural))
    said = "".join([entry.msgstr, *entry.msgstr_plural.values()])
    return not said or set(_BLANK.findall(said)) == source


def read() -> polib.POFile:
    """The catalogue as it stands; an empty one when there is none yet."""
    return polib.pofile(str(PO), wrapwidth=110) if PO.exists() else polib.POFile()


def main(arguments: list[str]) -> int:
    """Carry out the command; 1 when something is missing."""
    if not settings.configured:
        settings.configure()  # templatize asks for the file encoding, nothing else
    if arguments != ["--check"]:
        PO.parent.mkdir(parents=True, exist_ok=True)
        catalogue = renewed(read(), collect())
        catalogue.save(str(PO))
        MO.write_bytes(catalogue.to_binary())
    found = problems()
    print("\n".join(found) or "Every Dutch sentence has its English.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
