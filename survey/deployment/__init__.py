"""How the program comes onto a server and is run there: releases, their installation side by side, the one command.

What makes and installs a release (`python -m survey.deployment`) needs nothing but Python: it runs before any package
is there.
"""
