"""One router for all of them: an address that is read in one module is written in another."""

from ninja import Router

router = Router(tags=["sổ"])
