"""Keeps records and answers questions across them: SQLite or PostgreSQL behind SQLAlchemy."""

from service.store.database import Store, open_store, opening
from service.store.queries import Filters, Paging

__all__ = ["Filters", "Paging", "Store", "open_store", "opening"]
