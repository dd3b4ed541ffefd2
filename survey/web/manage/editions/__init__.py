"""The pages of authors: every edition, one with its history, and files that become one."""
