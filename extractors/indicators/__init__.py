"""Percentages and counts, each with what the text says about it: begin with `find.py`.

`words/` is what a pack knows, `numbers.py` reads numbers with it, `sentences/` cuts a sentence into pieces. Each thing
told of a figure has a room: `changes/` (direction), `periods/`, `bases/`, `subjects/`, `abouts/`, `topics/`, `counts/`.
"""
