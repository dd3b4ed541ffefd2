"""Free text as the national team reads it: what was written, what becomes of it, and the themes it is put under."""
