# SPDX-License-Identifier: GPL-3.0-or-later
"""A device falls silent while somebody writes to it: nothing is reported as done, the changes stay staged, and when the
device answers again they are written, once."""
import subprocess

from window import Missing, Program, act, click, find, has_name, labels, press, screenshot, set_text, story, wait, walk

program = Program('--demo')
window = program.window
DEVICE = 'HYD 10000 ZSS'
MODE = 'Energy storage mode'
LIMIT = 'Export limit power'


def page():
    return find(window, 'filler', 'PlanciaRegistersPage')


def row(root, name):
    for node in walk(root, tables=True):
        if node.getRoleName() == 'table row' and any(has_name(cell, name) for cell in walk(node)):
            return node
    return None


def dialog(name, limit=10):
    return wait(lambda: next(w for w in program.windows() if w.name.startswith(name)), limit, f'window “{name}”')


def search(name):
    act(window, 'win.search')
    set_text(find(page(), 'entry', 'Search name, address, value'), name)
    wait(lambda: row(page(), name), 20, f'row of {name}')


def open_row(name):
    search(name)
    click(find(row(page(), name), 'label', name), times=2)


def opens():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: any(w == DEVICE for w in labels(find(window, 'list', 'Devices'))), 20, 'device in the tree')
    program.go_to(DEVICE)
    act(find(window, 'push button', 'View only'))
    find(window, 'page tab', 'Registers', limit=30)
    press('ctrl+2')
    search(MODE)
    wait(lambda: 'Self-use' in labels(row(page(), MODE)), 60, 'the present mode')


def stages():
    open_row(MODE)
    find(window, name='Timed charge and discharge')
    # From the first value, which has the focus, to the third; Return stages.
    press('Down', 'Down', 'Return')
    find(window, 'label', '1 change staged')
    open_row(LIMIT)
    find(window, 'spin button')
    press('ctrl+a')
    subprocess.run(['xdotool', 'type', '5000'], check=True)
    press('Return')
    find(window, 'label', '2 changes staged')


def line_of(root, name):
    for node in walk(root):
        if node.getRoleName() == 'list item' and any(has_name(part, name) for part in walk(node)):
            return node
    raise Missing(f'line of {name}')


def set_fault(up_or_down, shown):
    act(window, 'win.faults')
    faults = dialog('Simulated faults')
    line = find(faults, 'combo box', DEVICE)
    click(find(line, 'label', DEVICE))
    press(up_or_down, 'Return')
    wait(lambda: shown in labels(line), what=f'fault “{shown}”')
    count = program.application.childCount
    act(find(faults, 'push button', 'Close'))
    wait(lambda: program.application.childCount < count, what='the dialog closed')


def falls_silent():
    set_fault('Down', 'Does not answer')


def is_not_done():
    press('ctrl+Return')
    review = dialog('Write 2 settings')
    press('ctrl+Return')
    wait(lambda: review.name.startswith('Result:'), 60, 'the result')
    screenshot('story-silent-write')
    words = labels(review)
    if 'Verified' in words or review.name != 'Result: 0 of 2 verified':
        raise Missing(f'the truth about the write: {words}')
    act(find(review, 'push button', 'Close'))
    find(window, 'label', '2 changes staged')
    # The tree tells the state and, with it, the reason.
    line = line_of(find(window, 'list', 'Devices'), DEVICE)
    wait(lambda: any(node.name == 'Failing' and node.description.startswith('No answer.') for node in walk(line)), 60,
         'the reason in the tree')


def answers_again():
    set_fault('Up', 'None')
    search(MODE)
    find(window, 'push button', 'Review and write…')
    wait(lambda: 'Live' in [node.name for node in walk(line_of(find(window, 'list', 'Devices'), DEVICE)) if node.name], 90, 'the device live again')


def is_written():
    press('ctrl+Return')
    review = dialog('Write 2 settings')
    press('ctrl+Return')
    wait(lambda: review.name == 'Result: 2 of 2 verified', 60, 'both verified')
    screenshot('story-written-again')
    act(find(review, 'push button', 'Close'))
    wait(lambda: 'Timed charge and discharge' in labels(row(page(), MODE)), 20, 'the new mode in the table')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the registers of a device', opens), ('stages two settings', stages), ('device falls silent', falls_silent),
      ('nothing is reported as done', is_not_done), ('device answers again', answers_again),
      ('both are written and verified', is_written), ('ends at once', ends))
