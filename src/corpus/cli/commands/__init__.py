"""One module per command, loaded when the command is named: corpus.cli.group.COMMANDS."""
