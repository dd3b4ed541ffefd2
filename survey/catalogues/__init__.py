"""The catalogues translators work on: taken from code and definitions, merged, checked, compiled.

One catalogue for each thing a translator would be sent: `interface`, `framework`, and one for each
questionnaire with all its editions. `<name>.pot` is the template, `cy/LC_MESSAGES/<name>.po` the Welsh.
"""
