"""Does a translated sentence say the figures of its source? Begin with `check.py`, which asks the others."""
