"""Run the prompt manager: `python -m prompt_manager --listen 127.0.0.1:8000`.

Its neighbours are told by SECURITY_URL and PROVIDER_URL; prompts are kept in PROMPTS_FILE.
"""

from common import serve
from prompt_manager.app import create_app
from prompt_manager.neighbours import Neighbours
from prompt_manager.store import Store
from vedette import settings


def _told(name: str, default: str) -> str:
    return settings.environment(name) or default


if __name__ == "__main__":
    neighbours = Neighbours(
        _told("SECURITY_URL", "http://127.0.0.1:8001"),
        _told("PROVIDER_URL", "http://127.0.0.1:8002"),
    )
    store = Store(_told("PROMPTS_FILE", ":memory:"))
    own = _told("OWN_URL", "http://127.0.0.1:8000") if serve.breakable() else ""
    serve.serve("prompt_manager", create_app(store, neighbours, own_url=own))
