"""Which of a machine's senses a page may ask for (Permissions-Policy): none, but where a page says why."""

SENSES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def senses(*allowed: str) -> str:
    """The header's value: nothing is allowed but what is named, and that to our own pages alone."""
    return ", ".join(f"{sense}=(self)" if sense in allowed else f"{sense}=()" for sense in SENSES)
