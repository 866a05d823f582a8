# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job: somebody opens the demo plant, sees a value move, writes a setting, sees a day of history and talks to
the console."""
import re
import subprocess

from window import (Missing, Program, act, click, find, has_name, labels, press, screenshot, set_text, story,
                    wait, walk)

program = Program()
window = program.window
DEVICE = 'HYD 10000 ZSS'
SETTING = 'Export limit power'
WATTS = re.compile(r'−?\d[\d.,\u202f]*\u00a0k?W$')


def page(name):
    return find(window, 'filler', f'Plancia{name}Page')


def show_page(name, number):
    find(window, 'page tab', name, limit=30)
    press(f'ctrl+{number}')
    return page(name)


def opens():
    find(window, 'label', 'Nothing aboard yet')
    act(find(window, 'push button', 'Open the demo plant'))
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: any(w == DEVICE for w in labels(find(window, 'list', 'Devices'))), 20, 'device in the tree')


def value_moves():
    tree = find(window, 'list', 'Devices')

    def values():
        return [word for word in labels(tree) if WATTS.match(word)]
    wait(lambda: len(values()) >= 8, 30, 'live values in the tree')
    first = values()
    wait(lambda: values() != first, 60, 'another value')


def installer():
    program.go_to(DEVICE)
    act(find(window, 'push button', 'View only'))
    find(window, 'push button', 'Installer')


def row(root, name):
    for node in walk(root, tables=True):
        if node.getRoleName() == 'table row' and any(has_name(cell, name) for cell in walk(node)):
            return node
    return None


def stages():
    registers = show_page('Registers', 2)
    act(window, 'win.search')
    set_text(find(registers, 'entry', 'Search name, address, value'), SETTING)
    wait(lambda: any('10\u202f000' in word for word in labels(row(registers, SETTING))), 40, 'the present value')
    click(find(row(registers, SETTING), 'label', SETTING), times=2)
    find(window, 'spin button')
    press('ctrl+a')
    subprocess.run(['xdotool', 'type', '6000'], check=True)
    press('Return')
    find(window, 'label', contains='1 change')
    screenshot('story-staged')


def verified():
    act(find(window, 'push button', 'Review and write…'))
    dialog = wait(lambda: next(w for w in program.windows() if w.name == 'Write 1 setting'), what='review dialog')
    wait(lambda: '6000\u00a0W' in labels(dialog), what='the new value in the review')
    act(find(dialog, 'push button', 'Write 1 setting'))
    wait(lambda: any(word.lower() == 'verified' for word in labels(dialog)), 40, 'verified')
    screenshot('story-verified')
    act(find(dialog, 'push button', 'Close'))
    registers = page('Registers')
    wait(lambda: any(word in ('6000', '6\u202f000') for word in labels(row(registers, SETTING))), 20,
         'the value in the table')


def journal():
    act(window, 'win.journal')
    dialog = wait(lambda: program.windows()[1], what='journal')
    find(dialog, 'label', contains=SETTING)
    screenshot('story-journal')
    press('Escape')
    wait(lambda: program.application.childCount == 1, what='journal closed')


def history():
    shown = show_page('History', 3)
    wait(lambda: any(node.name.startswith('Sun, ') and 'kW' in node.name for node in walk(shown, tables=True)), 40,
         'points of the day')
    screenshot('story-history')
    act(find(shown, 'push button', 'Show as table'))
    table = find(shown, 'tree table', 'Values of the day')

    def rows():
        return sum(node.getRoleName() == 'table row' for node in walk(table, tables=True))
    wait(lambda: 20 < rows() < 70, 20, 'rows of today until now')
    act(find(shown, 'push button', 'Earlier'))
    # A row a quarter of an hour, and the head.
    wait(lambda: rows() > 90, 40, 'rows of the whole day before')


def console():
    program.go_to('CONNEXT')
    shown = show_page('Console', 2)
    act(find(shown, 'push button', 'Connect'))
    output = find(shown, 'list', 'Console output', limit=20)

    def says(words):
        return any(words in line.name for line in walk(output) if line.getRoleName() == 'list item')
    wait(lambda: says('Type help.'), 20, 'the greeting')
    set_text(find(shown, 'text', 'Line to send'), 'help')
    act(find(shown, 'push button', 'Send'))
    wait(lambda: says('this list'), 20, 'the answer')
    screenshot('story-console')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the demo plant', opens), ('sees a value move', value_moves), ('switches to installer', installer),
      ('stages a setting', stages), ('writes it and sees verified', verified),
      ('finds it in the journal', journal), ('fetches a day of history', history), ('talks to the console', console), ('ends at once', ends))
