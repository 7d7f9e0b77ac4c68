"""What to look at: the models behind a service, and the API before them."""

from vedette.packs.serving.dashboard_api import API
from vedette.packs.serving.dashboard_models import MODELS

DASHBOARDS = (MODELS, API)
