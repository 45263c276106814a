"""Plain numbers beside percentages: counts with a goal or a sum, ratios, amounts of money and measures."""
