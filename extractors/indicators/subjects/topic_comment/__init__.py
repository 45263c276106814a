"""The subject of clauses that name their topic first and say the figure of it last, as Vietnamese does."""
