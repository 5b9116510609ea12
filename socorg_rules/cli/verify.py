"""The verb `verify`."""

from __future__ import annotations

import click

from .options import format_option, lang_option, put_json
from .progress import shown_progress


@click.command(short_help="Find what a pack can never grant, and which of its words never matter.")
@click.argument("pack")
@format_option("json")
@lang_option
@click.pass_context
def verify(context: click.Context, pack: str, form: str, lang: str) -> None:
    """Examine every provision of PACK: can it be met, can it be refused; do all its tests and readings matter; do two
    provisions pay for one thing; do its sums keep to their own ceilings. The exit code is 1 where something is found
    that the pack does not declare.

    逐项检查政策包：能否符合、能否拒绝、有无不起作用的条件和理解、有无重复支付、金额是否越限。
    """
    from .. import load_pack
    from ..verify import verification_lines
    from ..verify import verify as examine

    loaded = load_pack(pack)
    with shown_progress("verify") as progress:
        found = examine(loaded, progress=progress)
    if form == "json":
        put_json(found.to_dict())
    else:
        click.echo("\n".join(verification_lines(found, lang)))
    context.exit(0 if found.is_clean else 1)
