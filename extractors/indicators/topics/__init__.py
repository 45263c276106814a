"""The topic of a figure, a key of `languages/topics.toml`: begin with `topic.py`."""
