"""One outside thing each, and the only home of its library."""
