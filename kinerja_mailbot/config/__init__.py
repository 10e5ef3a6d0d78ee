"""Configuration: TOML and environment become one frozen `Config`, or every error at once."""
