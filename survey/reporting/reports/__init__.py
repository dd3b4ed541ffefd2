"""Documents that are written round the figures of the workbooks: the national report and the peer review packs."""
