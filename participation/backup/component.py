"""What backups bring."""

from participation.component import Component, LateCommand

COMMANDS = "participation.backup.commands"
BACKUP = Component(
    name="backup",
    commands=(LateCommand("backup", f"{COMMANDS}:backup"), LateCommand("restore", f"{COMMANDS}:restore")),
)
