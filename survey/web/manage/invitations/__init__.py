"""Inviting and chasing by e-mail: whom to write to, what is queued, and what became of it."""
