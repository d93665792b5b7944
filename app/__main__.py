"""The `plumbline` entry point: a known command goes to cli, anything else to main."""

import sys


def main() -> int:
    if getattr(sys, "frozen", False):
        # In a packaged program the window's helper processes start here too.
        from multiprocessing import freeze_support

        freeze_support()
    from app import cli

    arguments = sys.argv[1:]
    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] in cli.OPTIONS):
        return cli.main(arguments)
    if cli.lacks_display():
        return cli.without_window("there is no display")
    try:
        from app.main import open_workbench
    except ImportError as error:
        return cli.without_window(str(error))
    return open_workbench(arguments)


if __name__ == "__main__":
    sys.exit(main())
