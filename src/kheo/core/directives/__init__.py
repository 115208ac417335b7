"""Reading a directive: the text of a paper to who orders what, on what basis, by when and to whom. Pure: no network, no model.

A grammar in small steps: text → lines → blocks (head, addressees, body, foot) → items; every item keeps its place in the text.
Only `reading.read` and the types of `found` and `reading` are for other rooms.
"""
