"""What the routes share: made once per application, closed with it."""

from dataclasses import dataclass

from vedette.console.config import Config
from vedette.console.instruments import Instruments
from vedette.console.library import Library
from vedette.console.upstream import Upstream


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that a route may need."""

    config: Config
    instruments: Instruments
    library: Library
    prometheus: Upstream
    alertmanager: Upstream | None

    async def close(self) -> None:
        """Close the connections."""
        await self.prometheus.close()
        if self.alertmanager is not None:
            await self.alertmanager.close()


def services(config: Config) -> Services:
    """Make them for a configuration."""
    instruments = Instruments()
    alertmanager = config.alertmanager
    return Services(
        config=config,
        instruments=instruments,
        library=Library(config.dashboards, config.runbooks, instruments),
        prometheus=Upstream("Prometheus", config.prometheus, config, instruments),
        alertmanager=Upstream("Alertmanager", alertmanager, config, instruments)
        if alertmanager
        else None,
    )
