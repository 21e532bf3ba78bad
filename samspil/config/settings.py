# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one settings module; every ``SAMSPIL_…`` variable stands in ``docs/settings.md``."""

import os
import sys
from pathlib import Path

import environ

from samspil.foundation import logs

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("SAMSPIL_DATA_DIR", default="var")).resolve()
DEMO = env.bool("SAMSPIL_DEMO", default=False)
TESTING = "pytest" in sys.modules
DEBUG = False

_IS_PRIVATE = DEMO or TESTING
SECRET_KEY = env.str("SAMSPIL_SECRET_KEY", default="not-secret-demo-only" if _IS_PRIVATE else "")
AUDIT_KEY = env.str("SAMSPIL_AUDIT_KEY", default="not-secret-demo-only" if _IS_PRIVATE else "")
BASE_URL = env.str("SAMSPIL_BASE_URL", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = env.list("SAMSPIL_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("SAMSPIL_TRUSTED_ORIGINS", default=[])

_default_database = f"sqlite:///{DATA_DIR / 'samspil.sqlite3'}"
_database_url = env.str("SAMSPIL_DATABASE_URL", default=_default_database)
OWNER_DATABASE_URL = env.str("SAMSPIL_OWNER_DATABASE_URL", default="")
BACKUP_DATABASE_URL = env.str("SAMSPIL_BACKUP_DATABASE_URL", default="")
if env.bool("SAMSPIL_AS_OWNER", default=False):
    _database_url = OWNER_DATABASE_URL or _database_url
DATABASES = {"default": environ.Env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL keeps what was acknowledged through a power cut, which WAL alone does not promise.
        "init_command": f"PRAGMA journal_mode = WAL; PRAGMA synchronous = {'OFF' if TESTING else 'FULL'};",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "samspil.config",
    "samspil.workspace",
    "samspil.transparency",
    "samspil.reports",
    "samspil.volunteering",
    "samspil.agreements",
    "samspil.med",
    "samspil.frameworks",
    "samspil.people",
    "samspil.municipalities",
    "samspil.audit",
    "samspil.notifications",
    "samspil.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "samspil.foundation.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "samspil.foundation.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspil.people.middleware.CapacityMiddleware",
]

ROOT_URLCONF = "samspil.config.urls"
WSGI_APPLICATION = "samspil.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samspil.config.context.page",
            ],
        },
    }
]
FORM_RENDERER = "samspil.foundation.forms.DkfdsRenderer"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "samspil.people.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 14 * 24 * 3600

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# The guide stands beside the package in a checkout, inside it in a wheel.
GUIDE = next((path for path in (PACKAGE / "docs", PACKAGE.parent / "docs") if (path / "da").exists()), PACKAGE)
STATICFILES_DIRS = [
    *(path for path in [PACKAGE / "static_vendor"] if path.exists()),
    *(("samspil/guide", path) for path in [GUIDE / "pictures"] if path.exists()),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    }
}

EMAIL_CONFIG = env.email_url("SAMSPIL_EMAIL_URL", default="consolemail://")
globals().update(EMAIL_CONFIG)
# A relay that does not answer must not hold the worker for ever.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("SAMSPIL_FROM_EMAIL", default="samspil@localhost")

# What an area says to the telling below it: when people are mailed, and letters with a link of their own.
MAIL_OPENS = "samspil.municipalities.queries.mail_opens"
LETTERS = {"med.confirmation": "samspil.med.letters.confirmation_letter"}
# What areas above the agreements do every hour, in each municipality, when agreements have entered into force and ended.
HOURLY = ("samspil.volunteering.hourly.run",)
# Where something is kept about volunteers, from the top down: what points at a row is erased before the row.
PERSONAL_DATA = (
    "samspil.volunteering.personal_data.AREA",
    "samspil.notifications.personal_data.AREA",
    "samspil.audit.personal_data.AREA",
    "samspil.people.personal_data.AREA",
)

# One document of 20 MB and the fields beside it; a text field holds 20,000 signs.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_UPLOAD_BYTES = 20 * 1024 * 1024

_IS_HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if _IS_HTTPS else "session"
SESSION_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if _IS_HTTPS else "csrf"
CSRF_COOKIE_SECURE = _IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _IS_HTTPS
CSRF_FAILURE_VIEW = "samspil.foundation.errors_views.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _IS_HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("SAMSPIL_BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # The host is redirected by the municipality's own proxy.
    "security.W008",
]

LOG_FORMAT = env.str("SAMSPIL_LOG_FORMAT", default="text" if _IS_PRIVATE else "json")
LOGGING = logs.configuration(
    form=LOG_FORMAT, level=env.str("SAMSPIL_LOG_LEVEL", default="INFO" if LOG_FORMAT == "json" else "WARNING")
)
