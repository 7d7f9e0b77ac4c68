"""Shared expressions of this pack."""

from vedette.model.alert import RecordingRule
from vedette.packs.rlhf.metrics import EPISODES, SUCCESS

_BY_RUN = "by (module, owner, model, model_version, run)"

# A share of fewer than fifty episodes says little, so there is none then.
SUCCESS_SHARE = RecordingRule(
    name="run:rlhf_episode_success:ratio1h",
    expr=(
        f'sum {_BY_RUN} (increase({EPISODES}{{outcome="{SUCCESS}"}}[1h]))\n'
        f"  / (sum {_BY_RUN} (increase({EPISODES}[1h])) >= 50)"
    ),
    help="Share of the episodes of the last hour that succeeded, where there were 50.",
)

RECORDINGS = (SUCCESS_SHARE,)
