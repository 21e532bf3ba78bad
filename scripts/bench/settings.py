# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The product's own settings, with the counting around them; nothing of this is in the product."""

from samspil.config.settings import *  # noqa: F403
from samspil.config.settings import MIDDLEWARE as PRODUCT_MIDDLEWARE

MIDDLEWARE = [
    "scripts.bench.counting.CountAll",
    *PRODUCT_MIDDLEWARE,
    "scripts.bench.counting.CountPage",
]
ROOT_URLCONF = "scripts.bench.urls"
