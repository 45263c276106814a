"""What a figure measures: `naming.py` settles what rules (`rules.py`) and a trained ranking find."""
