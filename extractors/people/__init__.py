"""Who is named, and what they are: `find.py` the mentions, `roles.py` their offices, `coreference.py` who is who."""
