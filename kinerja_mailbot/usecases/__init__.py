"""Flows: gather, decide, apply, over ports that the service fills in."""
