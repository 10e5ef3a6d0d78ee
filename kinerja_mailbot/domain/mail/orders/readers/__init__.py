"""Readers of orders, one file for each group: the line's plain words in, the order out or None."""
