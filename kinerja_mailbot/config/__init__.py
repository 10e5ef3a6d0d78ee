"""Configuration: TOML and environment become one frozen `Config`, or every error at once."""

from __future__ import annotations

from kinerja_mailbot.config.bundled import bundled_example, bundled_templates, init_files
from kinerja_mailbot.config.loading import load_config
from kinerja_mailbot.config.problems import ConfigError, Problem
from kinerja_mailbot.config.settings import (
    BotSettings,
    Config,
    ImapSettings,
    KeamananSambungan,
    LiburSettings,
    LogSettings,
    SmtpSettings,
)

__all__ = [
    "BotSettings",
    "Config",
    "ConfigError",
    "ImapSettings",
    "KeamananSambungan",
    "LiburSettings",
    "LogSettings",
    "Problem",
    "SmtpSettings",
    "bundled_example",
    "bundled_templates",
    "init_files",
    "load_config",
]
