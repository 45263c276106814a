"""Places and bodies: `find.py` reads the mentions, `link.py` makes units of them, `write.py` the record of each."""
