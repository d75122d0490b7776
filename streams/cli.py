"""The command line: ``newswire COMMAND``. Parses, prints and exits; the work is in ``streams.commands``."""

from __future__ import annotations

import importlib
import sys

import click

from streams.errors import NewswireError, UsageError

COMMANDS = {
    "bench": "Time every stage, and the whole wire over the embedded broker.",
    "config": "Show every setting, its value and where it came from.",
    "demo": "Run the whole wire on this machine with a sample day of copy.",
    "desk": "Serve the live page: the wire in a browser, as it happens.",
    "desks": "Show the desks, and where a story would go and why.",
    "dlq": "List and show the dead letters, and send them again.",
    "doctor": "Check broker, topics, permissions, clock, disk and settings; say what to do.",
    "explain": "Show what is made of copy and why: cuts, places, desks; why stories are one family.",
    "feed": "Send files, folders, JSONL or standard input to the raw topic.",
    "process": "Run the pipeline with no broker: copy in, one JSON line per story out.",
    "lag": "Show how far the workers are behind, by partition.",
    "replay": "Read the raw copy again from a time, or show what that would publish.",
    "rules": "List the copy desk's rules, each with its habit and an example.",
    "push": "Take copy over HTTP, POST by POST, and answer when the broker has it.",
    "retag": "Show what another gazetteer or other desks change, and tag published stories anew.",
    "tail": "Follow any topic, readable or as JSON.",
    "topics": "Compare the topic catalogue with the cluster, and create what is missing.",
    "version": "Print the version.",
    "watch": "Send what agencies put into a folder, and archive it.",
    "worker": "Run a worker: the Faust agents, metrics and health.",
}
"""Every command and its one line of help, so that listing them imports none of them."""

EXIT_USAGE = 2
EXIT_TROUBLE = 1


class _Lazy(click.Group):
    """Imports a command's module only when it is asked for: ``newswire version`` should not load a gazetteer."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"streams.commands.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def newswire() -> None:
    """Raw agency copy in; each story once, clean, newest, with its countries, out.

    \b
    First steps:
      newswire demo                  the whole wire on this machine, no set-up
      newswire process FILE          one file through the pipeline, as JSON
      newswire COMMAND --help        each with an example

    Settings come from the environment (NEWSWIRE_…): newswire config lists them.
    """


def main() -> None:
    """Entry point. Exit status: 0 done, 1 trouble (broker, disk, a defect), 2 bad usage, 130 interrupted."""
    try:
        status = newswire.main(prog_name="newswire", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        click.echo(f"newswire: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except NewswireError as error:
        click.echo(f"newswire: {error}", err=True)
        sys.exit(EXIT_TROUBLE)
    except BrokenPipeError:
        # `newswire process … | head`: the reader has seen enough.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
