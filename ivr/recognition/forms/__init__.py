"""How callers say numbers, dates, money, yes and no: one file of tables for each language, the rules beside them."""
