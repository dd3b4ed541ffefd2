"""Editions of questionnaires that authors add on the pages or by command, over the files of the repository."""
