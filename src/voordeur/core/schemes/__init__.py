"""The check on schemes: which income support a household may be missing, how much a month, and why."""
