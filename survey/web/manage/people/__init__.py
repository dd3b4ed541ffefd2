"""The pages of accounts: one’s own, and for the national team everybody’s."""
