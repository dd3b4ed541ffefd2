"""What the national team gives for the report of a round: its words on each outcome, and Word documents."""
