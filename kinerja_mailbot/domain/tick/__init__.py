"""What the passing of time makes us owe: periods to open, reminders, escalations, notices, steps to move."""
