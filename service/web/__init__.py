"""The web pages."""

from service.web.views import blueprint

__all__ = ["blueprint"]
