"""Percentages and counts, each with what the text says about it: begin with `find.py`."""
