"""The product's settings on a throw-away database; what only tests may have stands here and nowhere else."""

import os
import tempfile

for name in [name for name in os.environ if name.startswith("KHEO_") and name != "KHEO_DATA_OF_THIS_TEST_RUN"]:
    del os.environ[name]
# The controller chooses the folder; the workers of pytest-xdist find it in their environment.
os.environ["KHEO_DATA"] = os.environ.setdefault("KHEO_DATA_OF_THIS_TEST_RUN", tempfile.mkdtemp(prefix="kheo-tests-"))

from kheo.config.settings import *  # noqa: E402, F403
from kheo.config.settings import DATABASES  # noqa: E402

DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}
# One PBKDF2 check takes a quarter of a second of CPU.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Innermost, where a page is still words: every summary of errors on every page that any test asks for leads to what is there.
MIDDLEWARE = [*MIDDLEWARE, "tests.summaries.SummariesLead"]  # noqa: F405  # of the product's settings
