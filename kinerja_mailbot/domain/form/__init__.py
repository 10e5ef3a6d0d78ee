"""The form: its definition, the reading of what people typed, the rules that cells must keep."""
