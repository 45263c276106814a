"""Runs archives of pages and texts through the pipeline, resumable, in constant memory."""

from service.archive.items import BatchError, Item, Limits
from service.archive.run import Options, run_batch, run_work

__all__ = ["BatchError", "Item", "Limits", "Options", "run_batch", "run_work"]
