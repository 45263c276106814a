"""Does a translated sentence say the figures and names of its source? Begin with `check.py`, which asks the others."""
