"""Mail as values: what arrived, what it is, what we say in return."""
