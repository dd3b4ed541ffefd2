"""What translators do on the pages: kept over the text of the repository, put to use, and given back to it."""
