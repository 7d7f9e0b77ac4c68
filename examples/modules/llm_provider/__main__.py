"""Run the LLM provider: `python -m llm_provider --listen 127.0.0.1:8002`."""

from common import serve
from llm_provider.app import create_app

if __name__ == "__main__":
    serve.serve("llm_provider", create_app(breakable=serve.breakable()))
