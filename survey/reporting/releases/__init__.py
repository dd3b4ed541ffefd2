"""Releases of a round of people: `of_people` makes them, `history` is what they are held against, `state` tells whether
the responses have changed since. Only `state` loads no numpy."""
