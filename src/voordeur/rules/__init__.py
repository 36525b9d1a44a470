"""Data, no code: law, policy and column profiles as dated TOML, every value with its source and a trust mark."""
