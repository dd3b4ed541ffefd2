"""What anybody may read without signing in: the releases that the national team has published."""
