"""`python -m voordeur.cli` is the same as `voordeur`."""

from voordeur.cli import main

main()
