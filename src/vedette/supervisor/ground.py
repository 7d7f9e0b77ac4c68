"""What every program of one stack shares while it runs."""

from dataclasses import dataclass, field

from vedette.supervisor.clock import Clock
from vedette.supervisor.events import Events
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.probe import Probe
from vedette.supervisor.reaper import Reaper
from vedette.supervisor.restarts import Policy
from vedette.supervisor.tether import Tether


@dataclass(kw_only=True)
class Ground:
    """The surroundings of the programs.

    Args:
        folder: The state folder.
        token: Marks every process of this run, in its environment.
        clock: Time.
        probe: Asks the programs.
        events: The record of what happened.
        reaper: Knows which children ended.
        tether: Ends them when the supervisor dies.
        policy: How patient restarts are.
    """

    folder: StateFolder
    token: str
    clock: Clock
    probe: Probe
    events: Events
    reaper: Reaper
    tether: Tether
    policy: Policy = field(default_factory=Policy)
