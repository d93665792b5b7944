"""The table of commands; what a command does is imported only when it runs."""

import importlib
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from app import VERSION
from app.errors import PlumblineError

COMMANDS: dict[str, tuple[str, str]] = {
    "sample": ("record", "Write the complete fictitious audit."),
    "new": ("record", "Start an empty audit."),
    "set": ("record", "Add or change a record: set FILE KIND ID FIELD=VALUE…"),
    "remove": ("record", "Take a record out, with what hangs on it."),
    "evidence": ("evidence", "Keep files as evidence, save them again, take them away."),
    "blank": ("people", "Remove a person's name for good, from the history too."),
    "import": ("intake", "Take an inventory: CSV, TSV, XLSX or JSON."),
    "bank": ("bank", "Move to another question bank; both results side by side."),
    "list": ("listing", "List workflows, questions, people, conditions, gaps, actions…"),
    "answer": ("answering", "Record one answer."),
    "answers": ("answering", "Take a table of answers, or write a sheet to fill in."),
    "prework": ("prework", "Write a sheet a person before a session; take what came back."),
    "roompack": ("roompack", "Write what hangs and lies in the room (PDF)."),
    "score": ("scoring", "States, conditions and the estimate."),
    "plan": ("scoring", "The roadmap: actions by month, gates, options."),
    "report": ("reporting", "Write the report: PDF, HTML, XLSX, CSV or JSON."),
    "minutes": ("minutes", "Write the minutes of a session: PDF, HTML or DOCX."),
    "redaction": ("redaction", "Say what an audience of the report will not be shown."),
    "readback": ("readback", "Take in what people changed in a report's sheet (XLSX)."),
    "verify": ("reporting", "Say what changed since a report was made."),
    "undo": ("filing", "Take the last step back."),
    "redo": ("filing", "Do the step undone last again."),
    "history": ("filing", "Every change, by whom and when."),
    "check": ("filing", "Examine the file; list what is missing or contradictory."),
    "snapshot": ("filing", "Keep the audit as it is now under a name."),
    "compare": ("comparing", "Say what has moved since a snapshot."),
    "merge": ("merging", "Take in what was done in another copy of the same audit."),
    "reaudit": ("merging", "Begin the next audit from this one."),
    "copy": ("filing", "Save a copy, complete with its history."),
    "export": ("filing", "Write the whole audit as JSON."),
    "restore": ("filing", "Make an audit file from such a JSON."),
}
OPTIONS = ("-h", "--help", "--version")


class Table(click.Group):
    """A group that knows its commands by name and loads one only when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"app.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="plumbline")
def plumbline() -> None:
    """Phase 1 orchestration audit of enterprise AI workflows.

    Without a command Plumbline opens the workbench: plumbline [FILE].
    """


def main(arguments: list[str]) -> int:
    """Run one command. 0 done, 1 a finding or a failure, 2 usage."""
    try:
        code = plumbline.main(arguments, prog_name="plumbline", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped; nothing was written.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PlumblineError as error:
        click.echo(" ".join(error.sentence.split()), err=True)
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # Commands turn what happens to files into sentences; what is left is our own output.
        if error.filename is not None:
            click.echo(_fault(traceback.format_exc()), err=True)
        else:
            click.echo(f"The result could not be printed ({error.strerror}).", err=True)
        return 1
    except Exception:
        click.echo(_fault(traceback.format_exc()), err=True)
        return 1
    return code if isinstance(code, int) else 0


def lacks_display() -> bool:
    """On Linux without a display Qt would end the program without a word."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(map(os.environ.get, named))


def without_window(why: str) -> int:
    """Say why the workbench cannot open here, and what can be done without it."""
    click.echo(
        f"The workbench window cannot open here ({why}). Audits are safe, and everything can be "
        "done with the commands below.\n",
        err=True,
    )
    main(["--help"])
    return 1


def _fault(trace: str) -> str:
    handle, name = tempfile.mkstemp(prefix="plumbline-fault-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(trace)
    return (
        "This is a fault in Plumbline, not in your work. What was saved before is safe. "
        f"Please send {Path(name)} to whoever looks after the program."
    )
