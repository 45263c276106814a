"""Keeps records and answers questions across them: SQLite or PostgreSQL behind SQLAlchemy."""

from service.store.batches import Batch, Batches, Item
from service.store.database import Found, Store, open_store, opening
from service.store.keys import Key, Keys
from service.store.queries import Filters, Paging

__all__ = ["Batch", "Batches", "Filters", "Found", "Item", "Key", "Keys", "Paging", "Store", "open_store", "opening"]
