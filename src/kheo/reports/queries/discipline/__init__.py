"""Reports on the reporting: who is on time, how often reports go back, how long each level takes, what asking costs.

Everything is counted by the database in a fixed number of statements, over several cycles at once where a trend is asked for.
"""
