"""What jobs do: each module has one piece of work that takes too long for a request."""
