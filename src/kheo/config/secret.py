"""The secret of a development installation; production brings its own."""

import secrets
from pathlib import Path


def development_secret(data_dir: Path) -> str:
    """A random secret kept in the data folder, so that a restart does not sign everybody out.

    Where the folder cannot be written, a secret for this process only.
    """
    kept = data_dir / "development-secret"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with kept.open("x", encoding="ascii") as file:
            kept.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError:
        return secrets.token_urlsafe(64)
    try:
        secret = kept.read_text(encoding="ascii")
    except OSError:
        return secrets.token_urlsafe(64)
    return secret or secrets.token_urlsafe(64)
