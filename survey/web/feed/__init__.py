"""The interface for other services: the feed of indicators, and what it is in words."""
