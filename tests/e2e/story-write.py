# SPDX-License-Identifier: GPL-3.0-or-later
"""The fear on site: did it arrive, and can I take it back? Somebody changes the storage mode and the clock, sees both verified,
finds them in the journal, and undoes the mode from there."""
from window import Missing, Program, act, click, find, has_name, labels, press, screenshot, set_text, story, wait, walk

program = Program()
window = program.window
DEVICE = 'HYD 10000 ZSS'
MODE = 'Energy storage mode'
CLOCK = 'Clock setting: hour'
OLD, NEW = 'Self-use', 'Timed charge and discharge'


def registers():
    return find(window, 'filler', 'PlanciaRegistersPage')


def row(name):
    for node in walk(registers(), tables=True):
        if node.getRoleName() == 'table row' and any(has_name(cell, name) for cell in walk(node)):
            return node
    return None


def opens():
    act(find(window, 'push button', 'Open the demo plant'))
    find(window, 'label', contains='Simulated plant.', limit=20)
    tree = find(window, 'list', 'Devices')
    wait(lambda: any(w == DEVICE for w in labels(tree)), 20, 'device in the tree')
    program.go_to(DEVICE)
    act(find(window, 'push button', 'View only'))
    find(window, 'push button', 'Installer')
    find(window, 'page tab', 'Registers', limit=30)
    press('ctrl+2')


def open_editor(name, present):
    act(window, 'win.search')
    set_text(find(registers(), 'entry', 'Search name, address, value'), name)
    wait(lambda: row(name), 40, name)
    wait(lambda: present in labels(row(name)) if present else len(labels(row(name))) > 4, 40, 'the present value')
    click(find(row(name), 'label', name), times=2)


def stages_mode():
    open_editor(MODE, OLD)
    find(window, 'check box', NEW)
    # Down the list: a choice has no action of its own for other programs.
    press('Down', 'Down')
    find(window, 'label', contains='→ 0002')
    act(find(window, 'push button', 'Stage'))
    find(window, 'label', contains='1 change')


def stages_clock():
    open_editor(CLOCK, None)
    find(window, 'check box', 'From this computer')
    act(find(window, 'push button', 'Stage'))
    find(window, 'label', contains='changes staged')
    screenshot('story-write-staged')


def review(title):
    return wait(lambda: next((w for w in program.windows() if w.name == title), None), 20, title)


def both_verified():
    act(find(window, 'push button', 'Review and write…'))
    dialog = review('Write 2 settings')
    act(find(dialog, 'push button', 'Write 2 settings'))
    wait(lambda: [word.lower() for word in labels(dialog)].count('verified') == 2, 60, 'verified, twice')
    screenshot('story-write-verified')
    act(find(dialog, 'push button', 'Close'))


def journal():
    return wait(lambda: next((w for w in program.windows() if w.name == 'Journal of writes'), None), 20, 'the journal')


def in_journal():
    act(window, 'win.journal')
    shown = journal()
    line = f'{MODE}: {OLD} → {NEW}'
    wait(lambda: line in labels(shown), 20, line)
    wait(lambda: sum(word.endswith('· verified') for word in labels(shown)) == 2, 20, 'two verified rows')
    screenshot('story-write-journal')


def undoes():
    shown = journal()
    click(find(shown, 'label', f'{MODE}: {OLD} → {NEW}'))
    act(find(shown, 'push button', 'Undo…'))
    dialog = review('Write 1 setting')
    act(find(dialog, 'push button', 'Write 1 setting'))
    wait(lambda: any(word.lower() == 'verified' for word in labels(dialog)), 60, 'verified')
    act(find(dialog, 'push button', 'Close'))
    wait(lambda: f'{MODE}: {NEW} → {OLD}' in labels(shown), 20, 'the undo in the journal')
    screenshot('story-write-undone')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the demo plant as installer', opens), ('stages the storage mode', stages_mode), ('stages the clock', stages_clock),
      ('sees both verified', both_verified), ('finds them in the journal', in_journal), ('undoes the mode', undoes),
      ('ends at once', ends))
