"""The cell readers: one kind of value each, from what was typed to what was meant."""
