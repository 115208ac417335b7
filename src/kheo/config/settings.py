"""Django's settings: one file, read from the environment; development runs with none set."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from kheo.config.embedded import expected_url
from kheo.config.environment import campaigns_dir, parse_database_url, project_dir, read_environment
from kheo.config.secret import development_secret

ENVIRONMENT = read_environment(os.environ)
DEVELOPMENT = not ENVIRONMENT.is_production
PRODUCTION = ENVIRONMENT.is_production
DEBUG = ENVIRONMENT.debug
DATA_DIR = ENVIRONMENT.data_dir
PROJECT_DIR = project_dir()
CAMPAIGNS_DIR = campaigns_dir()

SECRET_KEY = ENVIRONMENT.secret_key or development_secret(DATA_DIR)
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts, *([] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])]

INSTALLED_APPS = [
    "kheo.config",
    "kheo.web",  # before allauth, whose pages it replaces
    "kheo.journal",
    "kheo.people",
    "kheo.files",
    "kheo.org",
    "kheo.directives",
    "kheo.campaigns",
    "kheo.notices",
    "kheo.registers",
    "kheo.reports",
    "kheo.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "kheo.config.bodies.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # The headers first: whatever answers below, a static file or a refusal, carries them.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "kheo.config.headers.PrivacyHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kheo.config.clock.ClockMiddleware",
    "kheo.web.looking.OneLookMiddleware",
]

ROOT_URLCONF = "kheo.config.urls"
WSGI_APPLICATION = "kheo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kheo.web.context.page_frame",
                "kheo.config.demo_frame.demo_frame",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------------------------
# Without DATABASE_URL this is the embedded server's address; starting that server is the program's work (kheo.cli).
DATABASES: dict[str, dict[str, Any]] = {"default": dict(ENVIRONMENT.database or parse_database_url(expected_url(DATA_DIR)))}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"]["OPTIONS"],
    # Opening a connection costs 3 to 5 ms: a serving process keeps a few. Commands and tests do not.
    **({"pool": {"min_size": 2, "max_size": 12, "timeout": 10, "max_idle": 300}} if ENVIRONMENT.is_serving else {}),
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after a restart of the server the first request must not fail
# In the database, because the limits on signing in must hold over several processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
}

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kheo.config.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
PASSWORD_RESET_TIMEOUT = 3600  # seconds in which a mailed link to a new password works
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Three days: officers sign in ahead of a deadline and stay in, so that the last evening is not spent on checking passwords.
SESSION_COOKIE_AGE = 3 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# --- Jobs: kheo.config.jobs ---------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- Messages: kheo.config.channels -------------------------------------------------------------------------------------
# By channel, why it is off in this installation; "" is on. Without a mail server development writes to a folder.
MAIL_DIR = DATA_DIR / "thu"
CHANNELS_OFF = {
    "email": "Nơi cài đặt Khéo chưa khai máy chủ thư." if PRODUCTION and ENVIRONMENT.messaging.smtp is None else "",
    "zalo": "" if ENVIRONMENT.messaging.zalo else "Nơi cài đặt Khéo chưa nối với Zalo.",
}

# --- Map -----------------------------------------------------------------------------------------------------------
# Without a server of tiles, which is how Khéo comes, a map shows borders and dots alone and no browser asks anybody else for anything.
MAP_TILES = ENVIRONMENT.map_tiles or ""
MAP_CREDIT = ENVIRONMENT.map_credit
_MAP_SERVER = [f"https://{urlsplit(MAP_TILES).netloc}"] if MAP_TILES else []

# --- The public form: kheo.web.public ---------------------------------------------------------------------------------
# Off unless the installation turns it on; then of those registers alone whose definition takes something from the public.
PUBLIC_FORM = ENVIRONMENT.has_public_form
PUBLIC_PAGES = ENVIRONMENT.has_public_pages

# --- Static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Leaflet lies in a package whose tags and fields are not needed: only its files are taken.
_LEAFLET = find_spec("leaflet")
STATICFILES_DIRS = [("leaflet", str(Path(_LEAFLET.origin).parent / "static" / "leaflet"))] if _LEAFLET and _LEAFLET.origin else []
STATIC_ROOT = DATA_DIR / "static" if PRODUCTION else None  # in development the files are served from where they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "kheo.config.statics.HashedFiles" if PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Browser's part in safety ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *_MAP_SERVER],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxies else None
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-kheo-session"
    CSRF_COOKIE_NAME = "__Host-kheo-csrf"
else:
    SESSION_COOKIE_NAME = "kheo-session"
    CSRF_COOKIE_NAME = "kheo-csrf"

# --- Bounds on what comes in ----------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
# Each file of a form may hold an open file until it is read; more of them come as one zip.
MOST_UPLOAD = 64 * 1024 * 1024  # of a form with files
DATA_UPLOAD_MAX_NUMBER_FILES = 300
FILE_UPLOAD_HANDLERS = [
    "kheo.config.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Log: what happened to the program, never what people wrote or who they are -----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_personal_data": {"()": "kheo.config.logs.WithoutPersonalData"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_personal_data"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kheo": {"level": ENVIRONMENT.log_level},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # What it says at INFO, it says of every job of every minute.
        "procrastinate": {"level": "WARNING"},
        # Whoever asks for a foreign host gets 400; scanners do it all day long.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
