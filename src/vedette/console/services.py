"""What the routes share: made once per application, closed with it."""

from dataclasses import dataclass

from vedette.console.config import Config
from vedette.console.handed import Handed, opened
from vedette.console.instruments import Instruments
from vedette.console.library import Library
from vedette.console.upstream import Upstream


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that a route may need.

    Args:
        config: What the console was told.
        instruments: What it measures of itself.
        library: Dashboards and runbooks.
        prometheus: The Prometheus that is shown.
        alertmanager: Its Alertmanager, where it has one.
        handed: What jobs and marks handed over; None where the console cannot keep it.
        unhanded: Why it cannot.
    """

    config: Config
    instruments: Instruments
    library: Library
    prometheus: Upstream
    alertmanager: Upstream | None
    handed: Handed | None
    unhanded: str

    async def close(self) -> None:
        """Close the connections."""
        await self.prometheus.close()
        if self.alertmanager is not None:
            await self.alertmanager.close()
        if self.handed is not None:
            self.handed.close()


def services(config: Config) -> Services:
    """Make them for a configuration."""
    instruments = Instruments()
    alertmanager = config.alertmanager
    handed, unhanded = opened(config.state)
    return Services(
        config=config,
        instruments=instruments,
        library=Library(config.dashboards, config.runbooks, instruments),
        prometheus=Upstream("Prometheus", config.prometheus, config, instruments),
        alertmanager=Upstream("Alertmanager", alertmanager, config, instruments)
        if alertmanager
        else None,
        handed=handed,
        unhanded=unhanded,
    )
