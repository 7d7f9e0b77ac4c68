"""What to look at: the models behind a service."""

from vedette.packs.serving.dashboard_models import MODELS

DASHBOARDS = (MODELS,)
