"""What the window's commands do: files, undo, look, and going to places."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence

from app.desk.settings import THEMES
from app.domain.audit import Audit
from app.domain.gaps import gaps, open_own_gaps
from app.domain.ids import Target
from app.domain.replies import active_cases
from app.domain.sessions import named_people
from app.ui.commands import Command
from app.ui.defaults import SettingsDialog
from app.ui.dialogs.answers import run_answers
from app.ui.dialogs.import_wizard import run_import
from app.ui.dialogs.merge import run_merge
from app.ui.dialogs.read_back import run_read_back
from app.ui.file_commands import begin, copy, example, import_new, keep, new, open_
from app.ui.finder import Find, Finder
from app.ui.keyboard_person import keyboard_commands
from app.ui.page import Place
from app.ui.session.room_commands import room_commands
from app.ui.session.vote_commands import vote_commands
from app.ui.shortcuts import Shortcuts
from app.ui.window import Window

Keys = QKeySequence.StandardKey
SCALES = (80, 90, 100, 110, 125, 150, 175, 200)


def command_table(window: Window) -> list[Command]:
    return [
        *_file(window),
        *_edit(window),
        *_view(window),
        *_before(window),
        *keyboard_commands(window),
        *room_commands(window),
        *vote_commands(window),
        *_go(window),
    ]


def _file(w: Window) -> list[Command]:
    tr, menu = w.tr, w.tr("File")
    is_open = lambda: w.desk.is_open  # noqa: E731
    return [
        Command("new", menu, tr("New audit"), lambda: new(w), (Keys.New,)),
        Command("open", menu, tr("Open…"), lambda: open_(w), (Keys.Open,)),
        Command("example", menu, tr("Try the example"), lambda: example(w)),
        Command(
            "snapshot",
            menu,
            tr("Save or keep a snapshot"),
            lambda: keep(w),
            (Keys.Save,),
            is_open,
        ),
        Command("copy", menu, tr("Save a copy…"), lambda: copy(w), (Keys.SaveAs,), is_open),
        Command("import", menu, tr("Import an inventory…"), lambda: import_(w)),
        *_exchange(w, menu, is_open),
        Command(
            "reload",
            menu,
            tr("Open again from disk"),
            lambda: w.open_path(w.desk.path),
            (),
            lambda: is_open() and w.desk.read_only is not None,
        ),
        Command(
            "settings",
            menu,
            tr("Settings…"),
            lambda: SettingsDialog(w.settings, w).exec(),
            ("Ctrl+,",),
        ),
        Command("close", menu, tr("Close audit"), w.desk.close, (Keys.Close,), is_open),
        Command("quit", menu, tr("Quit"), w.close, (Keys.Quit,)),
    ]


def _exchange(w: Window, menu: str, is_open: Callable[[], bool]) -> list[Command]:
    """What goes between this audit and another file."""
    tr = w.tr
    return [
        Command(
            "answers", menu, tr("Answers as a table…"), lambda: run_answers(w, w.bench), (), is_open
        ),
        Command(
            "read_back",
            menu,
            tr("Read a sheet back…"),
            lambda: run_read_back(w, w.bench),
            (),
            is_open,
        ),
        Command(
            "merge",
            menu,
            tr("Merge another copy…"),
            lambda: run_merge(w, w.bench),
            (),
            is_open,
        ),
        Command("reaudit", menu, tr("Begin the next audit…"), lambda: begin(w), (), is_open),
        Command(
            "bank",
            menu,
            tr("Move to another question bank…"),
            lambda: move_bank(w),
            (),
            is_open,
        ),
    ]


def _edit(w: Window) -> list[Command]:
    tr, menu, desk = w.tr, w.tr("Edit"), w.desk
    return [
        Command(
            "undo", menu, tr("Undo"), desk.undo, (Keys.Undo,), lambda: bool(desk.undo_label),
            lambda: tr("Undo: {0}").format(desk.undo_label) if desk.undo_label else tr("Undo"),
        ),
        Command(
            "redo", menu, tr("Redo"), desk.redo, (Keys.Redo,), lambda: bool(desk.redo_label),
            lambda: tr("Redo: {0}").format(desk.redo_label) if desk.redo_label else tr("Redo"),
        ),
        Command(
            "blank", menu, tr("Remove a person's name for good…"), lambda: blank(w), (),
            lambda: desk.is_open,
        ),
        Command(
            "find", menu, tr("Find anything or run a command"), lambda: find(w), ("Ctrl+K",)
        ),
    ]  # fmt: skip


def _view(w: Window) -> list[Command]:
    tr, menu = w.tr, w.tr("View")
    names = {
        "system": tr("Look: as the system"),
        "light": tr("Look: light"),
        "dark": tr("Look: dark"),
        "contrast": tr("Look: high contrast"),
    }
    looks = [
        Command(f"look_{name}", menu, names[name], lambda n=name: restyle(w, n)) for name in THEMES
    ]
    return [
        *looks,
        Command("larger", menu, tr("Larger text"), lambda: rescale(w, 1), ("Ctrl+=", "Ctrl++")),
        Command("smaller", menu, tr("Smaller text"), lambda: rescale(w, -1), ("Ctrl+-",)),
        Command("keys", menu, tr("Keyboard shortcuts"), lambda: shortcuts(w), ("Ctrl+?",)),
    ]


def _before(w: Window) -> list[Command]:
    """What is handed out before a session, and after it."""
    tr, menu = w.tr, w.tr("Session")
    offers = (
        ("prework", tr("Write pre-work sheets…"), write_prework),
        ("prework_back", tr("Read pre-work sheets back…"), read_prework),
        ("room_pack", tr("Write the room pack…"), write_room_pack),
        ("minutes", tr("Write the minutes…"), write_minutes),
    )
    return [
        Command(id_, menu, title, lambda run=run: run(w), (), lambda: w.desk.is_open)
        for id_, title, run in offers
    ]


def _go(w: Window) -> list[Command]:
    tr, menu = w.tr, w.tr("Go")
    back = Command("back", menu, tr("Back"), w.go_back, ("Alt+Left",), lambda: w.desk.is_open)
    # Tab moves between the cells of a table, so something else has to lead out of it.
    beside = [
        Command("onward", menu, tr("Next field or table"), lambda: w.move_focus(on=True), ("F6",)),
        Command(
            "backward", menu, tr("Field or table before"), lambda: w.move_focus(on=False),
            ("Shift+F6",),
        ),
    ]  # fmt: skip
    return [back, *beside] + [
        Command(
            page.key,
            menu,
            page.title(),
            lambda p=page: w.show_page(w.page_of(p.key)),
            (f"Ctrl+{n}",) if n <= 9 else (),
            lambda: w.desk.is_open,
        )
        for n, page in enumerate(w.pages.kinds, 1)
    ]


def shortcuts(w: Window) -> None:
    Shortcuts(w.commands.table, w.pages, w).exec()


def import_(w: Window) -> None:
    """Into the audit that is open, else into a new one."""
    if w.desk.is_open:
        run_import(w, w.bench)
    else:
        import_new(w)


def blank(w: Window) -> None:
    """Asks about the person chosen under Scope and people."""
    page = w.page_of("scope")
    w.show_page(page)
    page.ask_blank()


def move_bank(w: Window) -> None:
    # Seldom wanted, so it is no part of the start.
    from app.ui.dialogs.bank_move import run_bank_move

    run_bank_move(w, w.bench)


def write_prework(w: Window) -> None:
    # These four are wanted once a session, so they are no part of the start.
    from app.ui.dialogs.handout import run_prework

    run_prework(w, w.bench)


def read_prework(w: Window) -> None:
    from app.ui.dialogs.prework import run_prework_reading

    run_prework_reading(w, w.bench)


def write_room_pack(w: Window) -> None:
    from app.ui.dialogs.handout import run_room_pack

    run_room_pack(w, w.bench)


def write_minutes(w: Window) -> None:
    from app.ui.dialogs.minutes import run_minutes

    run_minutes(w, w.bench)


def restyle(w: Window, theme: str) -> None:
    w.settings.theme = theme
    w.restyle()


def rescale(w: Window, step: int) -> None:
    nearest = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - w.settings.scale))
    w.settings.scale = SCALES[max(0, min(len(SCALES) - 1, nearest + step))]
    w.restyle_soon()


def find(w: Window) -> None:
    Finder(finds(w), w).exec()


def finds(w: Window) -> list[Find]:
    """Everything the palette offers, in the order of its kinds."""
    tr = w.tr
    found = [
        Find(tr("Command"), c.text(), ", ".join(s.toString() for s in c.sequences()), c.run)
        for c in w.commands.table
        if c.is_enabled() and c.id != "find"
    ]
    return found + (finds_in(w, w.desk.audit) if w.desk.is_open else recent(w))


def recent(w: Window) -> list[Find]:
    return [
        Find(w.tr("Audit"), w.settings.title(path) or path.stem, str(path),
             lambda p=path: w.open_path(p))
        for path in w.settings.recent
        if path.exists()
    ]  # fmt: skip


def finds_in(w: Window, audit: Audit) -> list[Find]:
    """What the audit on the desk holds."""
    tr, found = w.tr, []
    for id_, record in sorted(audit.workflows.items()):
        place = Place("walk", workflow=id_)
        found.append(Find(tr("Workflow"), record.name, id_, lambda p=place: w.go(p)))
    for question in audit.bank.questions:
        place = Place("walk", question=question.id)
        found.append(Find(tr("Question"), question.text, question.id, lambda p=place: w.go(p)))
    for id_, person in sorted(named_people(audit).items()):
        place = Place("scope", key=id_)
        found.append(Find(tr("Person"), person.name, person.role, lambda p=place: w.go(p)))
    for own_id, own in open_own_gaps(audit):
        place = Place("gaps", key=own_id)
        found.append(Find(tr("Gap"), own.text, own_id, lambda p=place: w.go(p)))
    for gap in gaps(audit, active_cases(audit, w.desk.today())):
        place = Place("gaps", question=gap.question, target=Target(gap.target), key=gap.key)
        text = audit.bank.question(gap.question).gap
        found.append(Find(tr("Gap"), text, gap.key, lambda p=place: w.go(p)))
    return found
