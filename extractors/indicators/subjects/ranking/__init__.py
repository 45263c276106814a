"""A trained second opinion on what a figure measures: it ranks the phrases that it could be said of."""
