"""The engines that translate sentences, one a file (`firefox.py`, `hosted.py`, `openai.py`), and the local models."""
