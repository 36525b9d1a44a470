"""`voordeur rotate-keys`: a new key for notes, income and contact data."""

import typer


def rotate_keys_command(
    new_key: bool = typer.Option(
        False, "--new-key", help="Maak eerst een nieuwe sleutel. / Make a new key first."
    ),
) -> None:
    """Versleutel notities, inkomen en contactgegevens opnieuw met de nieuwste sleutel.

    Encrypt notes, income and contact data anew with the newest key, in small steps, while everybody works on;
    stopped halfway it is simply run again. Keys stand in VOORDEUR_FIELD_KEYS, the newest first, or in field_keys in
    VOORDEUR_VAR, where --new-key puts one. Then restart the server and the worker. An older backup still needs the
    older keys: keep them as long as it.

    Example:  voordeur rotate-keys --new-key
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from voordeur.actions.rotate_keys import add_key, rotate_keys

    with refusals_in_words():
        if new_key:
            add_key()
        done = rotate_keys()
    older = ", ".join(done.not_needed) or "-"
    if language() == "en":
        print(f"{done.values} values encrypted anew with key {done.current}.")
        print(f"Only older backups still need: {older}")
    else:
        print(f"{done.values} waarden opnieuw versleuteld met sleutel {done.current}.")
        print(f"Alleen oudere back-ups hebben nog nodig: {older}")
