"""What is stored of notices. One file for each side of it; everybody imports from here."""

from kheo.notices.models.choosing import ChannelToken, Check, Preferences
from kheo.notices.models.telling import Delivery, Digest, Notice, Round

__all__ = ["ChannelToken", "Check", "Delivery", "Digest", "Notice", "Preferences", "Round"]
