"""The command line: `quwen COMMAND`. Commands are imported when called, so that help comes at once."""

import importlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import click

from bot import exits

COMMANDS = {  # name: what it does. Each is the attribute `command` of bot/commands/NAME.py
    "parse": "Read a page and print its events; needs no database.",
    "compare": "Read a page a second time with a model, and show where the two differ.",
    "explain": "Show why each event of a page was found or dropped.",
    "ingest": "Read pages and store their events.",
    "sources": "List the papers and sites that can be read, how they stand, and look at one.",
    "collect": "Look at sources now, and store what is new.",
    "backfill": "Read years of a source's archive.",
    "events": "Show, search and export the stored events.",
    "review": "List the doubtful events, and accept or reject them.",
    "pairs": "List the events that may be one, and join them or keep them apart.",
    "run": "Serve the bot: answer chats and send digests.",
    "worker": "Send what waits, beside a bot that runs.",
    "chat": "Talk to the bot on this console, without Telegram.",
    "job": "Run one job once: collect, digest, deliver, pairs or tidy.",
    "pause": "Send nothing until `quwen resume`; nothing is lost meanwhile.",
    "resume": "Go on sending after `quwen pause`.",
    "status": "Show the state of the database, chats and deliveries.",
    "doctor": "Look at every part of the installation, and say what to do.",
    "db": "Upgrade, check, back up, restore or copy the database.",
    "demo": "Read a sample page and play a short chat.",
}


_FAULT = "this is a fault of Quwen itself; please report it with the lines above"

logger = logging.getLogger(__name__)


class PipeClosedError(Exception):
    """Nobody reads our output any more. Not an OSError, which click would end with a status of its own."""


class LazyGroup(click.Group):
    """A group whose help imports no command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module = f"bot.commands.{cmd_name}"
        try:
            found = importlib.import_module(module).command
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise click.ClickException(f"this installation has no command {cmd_name!r}") from error
        if not isinstance(found, click.Command):
            raise TypeError(f"{module}.command is not a click command")
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosedError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: quwen ingest pages/*.txt && quwen events --type award",
)
@click.version_option(version("quwen"), prog_name="quwen")
def cli() -> None:
    """区闻 Quwen reads a district's newspaper, keeps the events in it, and tells them in a Telegram chat.

    Settings come from the environment (QUWEN_TOKEN, QUWEN_DATABASE_URL, QUWEN_DISTRICT, ...) or from the
    TOML file that QUWEN_CONFIG names.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status: 0 done, 1 failed, 2 asked wrongly."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status. Expected errors are one line on stderr."""
    _print_anything()
    try:
        result = cli.main(args=arguments, prog_name="quwen", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return exits.INTERRUPTED
    except (BrokenPipeError, PipeClosedError):
        # What is still in the buffer must go nowhere, or the interpreter complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.PIPE_CLOSED
    except Exception as error:
        return _tell(error)
    return result if isinstance(result, int) else exits.OK


def _tell(error: Exception) -> int:
    from bot.logs import are_objects, redact

    known = exits.explain(error)
    if are_objects():  # whoever reads them line by line cannot read plain words
        line, status = known or (_FAULT, exits.FAILED)
        logger.critical(line, exc_info=error if known is None else None)
        return status
    if known is None:
        click.echo(redact("".join(traceback.format_exception(error))), err=True)
        click.echo(f"quwen: {_FAULT}", err=True)
        return exits.FAILED
    line, status = known
    click.echo(f"quwen: {redact(line)}", err=True)
    return status


def _print_anything() -> None:
    # A terminal that cannot show Chinese gets question marks instead of a crash.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
