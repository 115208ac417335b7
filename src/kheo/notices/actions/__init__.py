"""Telling people: at once on the page, once a day as a digest through the channels they chose."""

from kheo.notices.actions.choosing import Chosen, NotChosen, ask_code, choose, confirm_code, forget_address, send_trial
from kheo.notices.actions.delivering import deliver
from kheo.notices.actions.digesting import end_round, is_alone, mark_read, write_digests
from kheo.notices.actions.telling import Event, Happening, Word, tell, tell_each
from kheo.notices.actions.tokens import token_keeper

__all__ = [
    "Chosen",
    "Event",
    "Happening",
    "NotChosen",
    "Word",
    "ask_code",
    "choose",
    "confirm_code",
    "deliver",
    "end_round",
    "forget_address",
    "is_alone",
    "mark_read",
    "send_trial",
    "tell",
    "tell_each",
    "token_keeper",
    "write_digests",
]
