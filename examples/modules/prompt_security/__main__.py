"""Run prompt security: `python -m prompt_security --listen 127.0.0.1:8001`."""

from common import serve
from prompt_security.app import create_app

if __name__ == "__main__":
    serve.serve("prompt_security", create_app())
