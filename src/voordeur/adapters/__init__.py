"""Outside formats and what they mean here: bytes in, core values and Problems out; one file per format."""
