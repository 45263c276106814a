"""What a figure is of or against: a plan, a year ago, a whole. Begin with `basis.py`."""
