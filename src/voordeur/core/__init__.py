"""The pure core: values and functions, standard library only; no clock, no files, no network."""
