"""The web application as a server sees it (gunicorn kheo.config.wsgi, or `kheo up`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
os.environ.setdefault("KHEO_SERVING", "1")

application = get_wsgi_application()
