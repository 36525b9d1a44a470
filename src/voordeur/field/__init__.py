"""The phone of the neighbourhood manager: works outside, without network."""
