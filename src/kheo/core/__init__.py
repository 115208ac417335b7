"""The thinking: dates, tree, roll-up, workflow, checks, definitions. Pure Python: no Django, no database, no clock."""
