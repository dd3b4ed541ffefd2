"""The pages of translators: every catalogue, what is sought in one, a message, and whole files."""
