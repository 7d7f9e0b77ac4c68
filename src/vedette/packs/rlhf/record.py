"""Record training from preference and by reinforcement: what its loop calls."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from vedette.model.metric import Metric
from vedette.packs.rlhf import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Row, Rows


class Reinforcement:
    """One run of reinforcement or preference training; its steps and losses are `Training`'s.

    A series appears with its first value.

    Example:
        policy = Reinforcement("walker")
        policy.updated(reward=3.2, reward_std=0.4, kl=0.8, clip_fraction=0.1, entropy=1.2)
        policy.episode(success=True, length=180)

    Args:
        model: The policy's name, the label `model` of all its series.
        model_version: Its version, where it has one.
        run: A name of this run, where several of one model are told apart.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self, model: str, *, model_version: str = "", run: str = "", monitor: Monitor | None = None
    ) -> None:
        self._monitor = monitor or default_monitor()
        self._labels = (model, model_version, run)
        self._gauges: dict[str, Row] = {}
        self._counted = self._row(Cell(metric=metrics.UPDATES, value="updates"))

    def updated(  # noqa: PLR0913 - one keyword for each thing that an update can tell
        self,
        *,
        reward: float | None = None,
        reward_std: float | None = None,
        kl: float | None = None,
        approx_kl: float | None = None,
        ratio: float | None = None,
        clip_fraction: float | None = None,
        entropy: float | None = None,
        value_loss: float | None = None,
        explained_variance: float | None = None,
        preference_accuracy: float | None = None,
        updates: int = 1,
    ) -> None:
        """Record one update of the policy, or several with the values of the last.

        Args:
            reward: Mean reward of the batch.
            reward_std: Standard deviation of its rewards.
            kl: Mean KL divergence from the reference policy, in nats.
            approx_kl: Approximate KL divergence from the policy before the update, in nats.
            ratio: Mean probability of the batch's actions after the update to that before.
            clip_fraction: Share of the update that clipping cut off, from 0 to 1.
            entropy: Mean entropy of the policy, in nats.
            value_loss: Loss of the value function.
            explained_variance: Share of the returns' variance that it explains.
            preference_accuracy: Share of pairs whose preferred answer scores higher.
            updates: How many updates were done since the last call.
        """
        self._counted(updates)
        self._show(
            (
                (metrics.REWARD_MEAN, reward),
                (metrics.REWARD_SPREAD, reward_std),
                (metrics.KL, kl),
                (metrics.UPDATE_KL, approx_kl),
                (metrics.PROBABILITY_RATIO, ratio),
                (metrics.CLIP_FRACTION, clip_fraction),
                (metrics.ENTROPY, entropy),
                (metrics.VALUE_LOSS, value_loss),
                (metrics.EXPLAINED_VARIANCE, explained_variance),
                (metrics.PREFERENCE_ACCURACY, preference_accuracy),
            )
        )

    def episode(self, *, success: bool | None = None, length: float | None = None) -> None:
        """Record one episode that ended.

        Args:
            success: Whether it reached its goal; None where it has none.
            length: Its steps, or the tokens of an answer.
        """
        if success is not None:
            self._outcomes[metrics.SUCCESS if success else metrics.FAILURE](1.0)
        if length is not None:
            self._lengths(length)

    def _show(self, told: Iterable[tuple[Metric, float | None]]) -> None:
        for metric, value in told:
            if value is None:
                continue
            row = self._gauges.get(metric.name)
            if row is None:
                row = self._gauges[metric.name] = self._row(Cell(metric=metric, value="value"))
            row(value)

    def _row(self, cell: Cell) -> Row:
        return Rows(self._monitor, metrics.RUN, (cell,))(*self._labels)

    @cached_property
    def _outcomes(self) -> Mapping[str, Row]:
        # Both at once: the share of a first failure is seen, too.
        return {
            outcome: self._row(
                Cell(metric=metrics.EPISODES, value="times", labels={"outcome": outcome})
            )
            for outcome in metrics.OUTCOMES
        }

    @cached_property
    def _lengths(self) -> Row:
        return self._row(Cell(metric=metrics.EPISODE_STEPS, value="steps"))


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"reinforcement": Reinforcement}
