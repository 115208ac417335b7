"""The ways a message can take. A channel is anything that sends and says honestly what became of it."""

from kheo.notices.channels.channel import DROPPED, FAILED, LATER, SENT, UNCLEAR, Channel, Message, Outcome
from kheo.notices.channels.email import EmailChannel, MailServer
from kheo.notices.channels.zalo import ZaloChannel, ZaloService

EMAIL, ZALO = "email", "zalo"
CHANNEL_NAMES = {EMAIL: "thư điện tử", ZALO: "Zalo"}

__all__ = [
    "CHANNEL_NAMES",
    "DROPPED",
    "EMAIL",
    "FAILED",
    "LATER",
    "SENT",
    "UNCLEAR",
    "ZALO",
    "Channel",
    "EmailChannel",
    "MailServer",
    "Message",
    "Outcome",
    "ZaloChannel",
    "ZaloService",
]
