"""The books of an office: what is written of a paper that arrives or goes out, when two papers are one, what is late.

Sources: Nghị định 30/2020/NĐ-CP, điều 14-18 and 20-24 (order of work), phụ lục IV (forms of the books), phụ lục VI (electronic fields).
"""
