"""The time of a figure: `dates.py` reads the times that a sentence names, `times.py` chooses the one of the figure."""
