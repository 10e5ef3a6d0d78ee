"""Decisions: values in, values out; nothing here touches the world."""
