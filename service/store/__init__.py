"""Keeps records and answers questions across them: SQLite or PostgreSQL behind SQLAlchemy."""

from service.store.batches import Batch, Batches, Item
from service.store.database import Store, open_store, opening
from service.store.keys import Key, Keys
from service.store.queries import Filters, Paging

__all__ = ["Batch", "Batches", "Filters", "Item", "Key", "Keys", "Paging", "Store", "open_store", "opening"]
