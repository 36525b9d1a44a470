"""`voordeur add-staff`: the first account on a new installation, or one more."""

import typer

from voordeur.core.access import Role


def add_staff_command(
    username: str = typer.Argument(help="Gebruikersnaam. / User name."),
    role: Role = typer.Option(Role.ADMINISTRATOR, help="Rol. / Role."),
    first_name: str = typer.Option("", help="Voornaam. / First name."),
    last_name: str = typer.Option("", help="Achternaam. / Last name."),
    neighbourhood: list[str] = typer.Option([], help="Wijk, mag vaker. / Neighbourhood, may be repeated."),
) -> None:
    """Maak een account; het wachtwoord verschijnt één keer. / Make an account; its password is shown once.

    Example:  voordeur add-staff beheer --role administrator
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from voordeur.actions.staff import add_member
    from voordeur.store.queries import neighbourhood_ids

    with refusals_in_words():
        member, password = add_member(
            None,
            username=username,
            first_name=first_name,
            last_name=last_name,
            role=role,
            neighbourhoods=neighbourhood_ids(neighbourhood),
        )
    said = "Password, shown once" if language() == "en" else "Wachtwoord, dit zie je één keer"
    print(f"{member.username}\n{said}: {password}")
