"""Percentages and counts, each with what the text says about it: begin with `find.py`.

`words/` is what a pack knows, `numbers.py` reads numbers with it, `sentences/` cuts a sentence into pieces. Whatever is
told of a figure has a room: `changes/` (its direction), `periods/`, `bases/`, `subjects/`, `topics/`, `counts/`.
"""
