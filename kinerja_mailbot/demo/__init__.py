"""The demo: embedded mail servers and simulated staff around the real service; nothing else imports it."""
