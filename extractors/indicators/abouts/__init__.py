"""Which unit a figure is about, chosen by trained weights over all that the sentence and the article name."""
