"""A paper as an edXML file (QCVN 102:2016/BTTTT): written for another office's software, read from it. No live axis.

`message.py`: what such a file says and what is wrong with it; `writing.py`; `reading.py`, only ever run in the child process.
"""
