"""What gunicorn runs with besides the options that `serve` gives it: `--config python:service.gunicorn_config`."""

from gunicorn.http import message

# deep-translator's LibreTranslator sends the text in the address, where a Vietnamese letter takes up to nine bytes: an
# article of 10,000 characters has some 30,000. gunicorn has no bound between 8,190 bytes and none: its own is moved.
limit_request_line = message.MAX_REQUEST_LINE = 65_536
