"""Whether a figure is a level, an increase or a decrease: begin with `directions.py`."""
