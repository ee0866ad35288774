"""Checks at the edge, one home for all topics: what comes in is looked at once, and refused in plain words.

Every message names the field, the value and the mend. `people` is for single numbers and one number a person, `tables`
for names and tables with a row a name, `arrays` for the large numeric arrays of an economy.
"""
