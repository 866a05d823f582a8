# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody measures a day of history between two cursors, exports it, and finds the same numbers in the file."""
import csv
import os
import re
import time
from datetime import datetime

import pyatspi

from window import Missing, Program, act, find, labels, press, screenshot, set_text, story, wait

program = Program('--demo')
window = program.window
# What the portal of the demo plant calls the HYD 10000 ZSS.
THING = 'ZP1ES110K00001'
FILE = os.path.join(os.environ['XDG_DATA_HOME'], 'day.csv')
seen = {}


def page():
    return find(window, 'filler', 'PlanciaHistoryPage')


def number(text):
    return float(re.sub(r'[^0-9.\-]', '', text.replace('\u2212', '-')))


def opens():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: 'HYD 10000 ZSS' in labels(find(window, 'list', 'Devices')), 30, 'the tree')
    program.go_to(THING)
    find(window, 'page tab', 'History', limit=30)
    press('ctrl+2')
    act(find(page(), 'push button', 'Earlier'))


def row_of(words):
    """Of the table between the cursors: mean, smallest, largest, energy, counter, change."""
    start = len(words) - 1 - words[::-1].index('Sun')
    return words[start + 1:start + 7]


def measures():
    act(page(), 'history.cursors')

    def complete():
        words = labels(page())
        if 'Sun' not in words or 'Change A to B' not in words:
            return None
        row = row_of(words)
        return (words, row) if 'kWh' in row[3] and number(row[3]) > 1 else None
    words, row = wait(complete, 30, 'the energy between the cursors')
    # What still comes from the cloud would change it.
    for _ in range(20):
        time.sleep(0.5)
        again = complete()
        if again and again[1] == row:
            break
        words, row = again or (words, row)
    span = next(x for x in words if x.startswith('A '))
    seen['span'] = re.findall(r'\d\d:\d\d', span)[:2]
    seen['energy'] = number(row[3])
    screenshot('story-export')


def save_as(path):
    act(page(), 'history.export')
    dialog = wait(lambda: next(w for w in program.windows() if w.name == 'Export history'), what='the dialog')
    button = find(dialog, 'push button', 'Save\u2026')
    wait(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), 20, 'something to export')
    act(button)
    chooser = wait(lambda: next(w for w in program.windows() if w.getRoleName() != 'frame'), what='the chooser')
    set_text(find(chooser, 'text', contains='Name'), path)
    act(find(chooser, 'push button', 'Save'))
    wait(lambda: os.path.exists(path), 30, 'the file')
    act(find(dialog, 'push button', 'Close', limit=20))


def exports():
    save_as(FILE)


def between(a, b, begin, end):
    """Ws under the line from a to b, as far as it lies between begin and end; none over a hole."""
    length = (b[0] - a[0]).total_seconds()
    low, high = max(a[0], begin), min(b[0], end)
    if high <= low or length > 900:
        return 0
    first, last = (a[1] + (b[1] - a[1]) * (x - a[0]).total_seconds() / length for x in (low, high))
    return (first + last) / 2 * (high - low).total_seconds()


def finds_it():
    with open(FILE, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    title = next(x for x in rows[0] if x.startswith('Production (W)'))
    day = rows[0]['time'][:10]
    begin, end = (datetime.fromisoformat(f'{day} {clock}') for clock in seen['span'])
    points = [(datetime.fromisoformat(row['time']), float(row[title])) for row in rows if row[title]]
    energy = sum(between(a, b, begin, end) for a, b in zip(points, points[1:])) / 3.6e6
    if abs(energy - seen['energy']) > 0.02:
        raise Missing(f"the window says {seen['energy']} kWh, the file {energy}")


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('looks at yesterday of a device of the portal', opens), ('reads the energy between two cursors', measures),
      ('exports the day', exports), ('finds the same number in the file', finds_it), ('ends at once', ends))
