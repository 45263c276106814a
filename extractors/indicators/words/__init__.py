"""The words that a pack knows of figures, and how they are matched: begin with `lexicon.py`."""
