"""Which counts of people may be shown, so that no small group can be read or worked out from what is shown.

`counts` describes everything that a release would count and how it adds up, `suppression` says which of it to hide,
`audit` attacks the result. Nothing here knows of questionnaires.
"""
