# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody changes the storage mode and the clock, sees that both are verified, finds the difference between the snapshot
taken before and now, and takes the change back."""

import pyatspi

from window import (Missing, Program, act, click, find, has_name, labels, press, screenshot, set_text, story, wait, walk)

DEVICE = 'HYD 6000 ZSS'
MODE, NEW_MODE, OLD_MODE = 'Energy storage mode', 'Timed charge and discharge', 'Self-use'
CLOCK = 'Clock setting: minute'

program = Program('--demo')
window = program.window


def area():
    return find(window, 'filler', 'PlanciaRegistersArea')


def registers():
    return find(window, 'filler', 'PlanciaRegistersPage')


def opens():
    wait(lambda: any(w == DEVICE for w in labels(find(window, 'list', 'Devices'))), 30, 'device in the tree')
    wait(lambda: sum('kW' in value for value in labels(window)) > 8, 40, 'live values')
    program.go_to(DEVICE)
    act(find(window, 'push button', 'View only'))
    find(window, 'push button', 'Installer')
    find(window, 'page tab', 'Registers', limit=30)
    press('ctrl+2')
    registers()


def takes_a_snapshot():
    act(area(), 'snapshots.take')
    find(window, 'label', contains='Snapshot taken', limit=30)


def row(name):
    for node in walk(registers(), tables=True):
        if node.getRoleName() == 'table row' and any(has_name(cell, name) for cell in walk(node)):
            return node
    return None


def edit(name, shown):
    set_text(find(registers(), 'entry', 'Search name, address, value'), name)
    wait(lambda: any(shown(word) for word in labels(row(name))), 40, f'the present value of {name}')
    click(find(row(name), 'label', name), times=2)


def has(node, state):
    return node.getState().contains(state)


def choose(name):
    """One of several buttons, as assistive technology does."""
    button = find(window, 'check box', name)
    act(button, 'value.choose')
    wait(lambda: has(button, pyatspi.STATE_CHECKED), what=f'{name} chosen')


def stages():
    edit(MODE, lambda word: word == OLD_MODE)
    choose(NEW_MODE)
    act(find(window, 'push button', 'Stage'))
    find(window, 'label', contains='1 change')
    edit(CLOCK, lambda word: word.isdigit())
    find(window, 'check box', 'From this computer')
    act(find(window, 'push button', 'Stage'))
    find(window, 'label', contains='changes staged')
    screenshot('story-settings-staged')


def review(title):
    act(find(window, 'push button', 'Review and write…'))
    return wait(lambda: next(w for w in program.windows() if w.name == title), what='review dialog')


def verified(dialog, button, count):
    act(find(dialog, 'push button', button))
    wait(lambda: sum(word.lower() == 'verified' for word in labels(dialog)) >= count, 60, 'verified')


def writes():
    dialog = review('Write 2 settings')
    verified(dialog, 'Write 2 settings', 2)
    screenshot('story-settings-verified')
    act(find(dialog, 'push button', 'Close'))


def compares():
    act(area(), 'snapshots.compare')
    page = find(window, 'filler', 'PlanciaComparePage')
    wait(lambda: MODE in labels(page) and NEW_MODE in labels(page), 40, 'the difference')
    screenshot('story-settings-compared')


def takes_it_back():
    act(find(window, 'push button', 'Stage A for 1 setting'))
    dialog = review('Write 1 setting')
    wait(lambda: OLD_MODE in labels(dialog), what='the old value in the review')
    verified(dialog, 'Write 1 setting', 1)
    act(find(dialog, 'push button', 'Close'))
    set_text(find(registers(), 'entry', 'Search name, address, value'), MODE)
    wait(lambda: OLD_MODE in labels(row(MODE)), 40, 'the old mode in the table')


def undoes():
    edit(MODE, lambda word: word == OLD_MODE)
    choose(NEW_MODE)
    act(find(window, 'push button', 'Stage'))
    dialog = review('Write 1 setting')
    verified(dialog, 'Write 1 setting', 1)
    act(find(dialog, 'push button', contains='Undo'))
    wait(lambda: dialog.name == 'Write 1 setting', 20, 'the review of the old value')
    verified(dialog, 'Write 1 setting', 1)
    act(find(dialog, 'push button', 'Close'))
    wait(lambda: OLD_MODE in labels(row(MODE)), 40, 'the old mode in the table')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens a device in installer mode', opens), ('takes a snapshot', takes_a_snapshot),
      ('stages storage mode and clock', stages), ('writes both and sees verified', writes),
      ('sees the difference to the snapshot', compares), ('restores the snapshot', takes_it_back),
      ('changes and undoes', undoes), ('ends at once', ends))
