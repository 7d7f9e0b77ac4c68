"""`vedette lint`: judge what a program exposes."""

import click

from vedette.terminal.output import (
    exit_code,
    findings_json,
    format_option,
    print_findings,
    print_json,
)


@click.command("lint", short_help="Judge what a program exposes.")
@click.argument("source", metavar="URL|FILE|-")
@click.option("--module", metavar="NAME", help="Names should begin with that of this module.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="How long an address may take to answer.",
)
@format_option
def command(*, source: str, module: str | None, seconds: float, form: str) -> None:
    """Look at names, units, help, labels, buckets and cardinality; say how to mend each.

    It finds all that `promtool check metrics` finds. Names that packs or other programs
    keep are listed as information. The exit code is 1 where something is wrong.
    """
    from vedette.lint.judge import lint
    from vedette.lint.ours import names
    from vedette.model import convention
    from vedette.terminal.scrape import scrape

    prefix = convention.prefix(module) if module else ""
    scraped = scrape(source, seconds=seconds)
    known = names(module or "")
    judged = lint(scraped.exposition, known, source=scraped.source, module=prefix)
    findings = (*scraped.findings, *judged)
    if form == "json":
        count = scraped.exposition.count
        families = len(scraped.exposition.families)
        told = {"source": scraped.source, "families": families, "samples": count}
        print_json({**findings_json(findings), **told})
    elif findings:
        print_findings(findings)
    else:
        click.echo(f"{scraped.source}: {_fine(scraped.exposition.count)}")
    raise SystemExit(exit_code(findings))


def _fine(samples: int) -> str:
    if samples == 0:
        return "nothing is exposed, so nothing is wrong; does the program record anything yet?"
    return f"{samples} sample{'' if samples == 1 else 's'}, fine"
