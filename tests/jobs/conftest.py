"""The same empty store and clock as in the store's own tests."""

from __future__ import annotations

from tests.store.conftest import clock, database, key, store_url

__all__ = ["clock", "database", "key", "store_url"]
