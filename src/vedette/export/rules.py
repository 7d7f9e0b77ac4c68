"""Plain rule files, for a Prometheus that somebody else runs."""

from collections.abc import Mapping

from vedette.model.component import Component, Target
from vedette.model.plan import Plan
from vedette.render._yaml import dump
from vedette.render.runbooks import ADDRESS, files, groups

_COMMENT = "Written by `vedette export rules`; export again to change it."
_README = """\
# Rules for Prometheus

Written by `vedette export rules`: one file per pack, its limits filled in.

    promtool check rules *.yml

Name this folder in `prometheus.yml` and reload Prometheus:

    rule_files:
      - /path/to/this/folder/*.yml

The alerts keep the labels `module` and `owner` of the targets that they are about: set `module`
to the name of the service in its scrape configuration. What to do about each alert is in
`runbooks/`; `--runbooks ADDRESS` links the alerts to where you publish that folder.

The pack `stack` watches Prometheus and Alertmanager themselves. Where something else does that,
choose the others with `--pack`.
"""


def render(components: Mapping[str, Component], plan: Plan, *, runbooks: str) -> Mapping[str, str]:
    """Return a rule file per pack, the runbooks, and how to use them.

    Args:
        components: Not needed.
        plan: Whose packs and limits.
        runbooks: Where the runbooks are published; empty for no links.
    """
    del components
    return {
        **{
            f"{name}.yml": dump(
                {"groups": [group]}, comment=f"{plan.packs[name].title}. {_COMMENT}"
            )
            for name, group in groups(plan, runbooks).items()
        },
        **files(plan),
        "README.md": _README,
    }


TARGET = Target(
    help="Rule files for a Prometheus of your own.",
    render=render,
    choices=(ADDRESS,),
    by_pack=True,
    private=False,
)
