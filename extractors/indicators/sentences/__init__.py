"""A sentence as figures need it: cut into pieces (`clauses.py`), with what stands around a figure (`readings.py`)."""
