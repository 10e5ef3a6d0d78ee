"""The SOP as time: working hours, steps, deadlines, reminder tiers, the schedule that opens periods."""
