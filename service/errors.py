"""Errors that are told to the user."""


class UserError(Exception):
    """What was given cannot be used; the message says why, in words for whoever gave it."""
