"""Bytes of a page, or a text -> `Article`: begin with `read.py`, then `page.py`; sites are data in `families/`."""
