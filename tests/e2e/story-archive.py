# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody takes a table that was made by hand in a portal into the archive, sees it as a source of its own, finds its numbers in an
export, and has the archive checked."""
import csv
import datetime
import os
import time
import zoneinfo

import pyatspi

from window import Missing, Program, act, click, find, labels, press, screenshot, set_text, story, wait, word, write_settings

HOME = os.environ['XDG_DATA_HOME']
ZONE = zoneinfo.ZoneInfo('Europe/Rome')
TABLE = os.path.join(HOME, 'table.csv')
FILE = os.path.join(HOME, 'out.csv')
# Noon's power of the table's day in W: no other number there has its digits.
PEAK = 4321.5
DAY = datetime.datetime.now(ZONE).date() - datetime.timedelta(days=1)
PLANT = '''{"format": "plancia-plant", "version": 1, "name": "Barn", "place": {"zone": "Europe/Rome"},
  "entries": [{"id": "thing", "kind": "thing", "name": "Roof", "address": "portal://home/ZM1TEST00001"}]}'''
world = {}


def page():
    return find(world['window'], 'filler', 'PlanciaHistoryPage')


def dialog(title):
    # The chooser of files has the same title.
    return wait(lambda: next(w for w in world['program'].windows() if w.name == word(title) and w.getRoleName() == 'frame'),
                30, title)


def says(root, text, limit=30):
    return wait(lambda: next((x for x in labels(root) if text in x), None), limit, text)


def opens():
    plant = os.path.join(HOME, 'barn.json')
    with open(plant, 'w', encoding='utf-8') as file:
        file.write(PLANT)
    with open(TABLE, 'w', encoding='utf-8') as file:
        file.write('Momento;Tetto (W);Casa (W)\n')
        for minute in range(6 * 60, 18 * 60, 5):
            height = 1 - abs(minute - 720) / 360
            file.write(f'{DAY:%d/%m/%Y} {minute // 60:02}:{minute % 60:02};{PEAK * height:.1f};333\n'.replace('.', ','))
    write_settings(plant=plant, page='history', device='thing', history_source='import')
    world['program'] = Program()
    world['window'] = world['program'].window
    wait(lambda: world['window'].name == 'Roof', 30, 'the device of the last time')


def chooses_table():
    """Typed into the chooser, as Ctrl+L lets one."""
    act(world['window'], 'win.import-history')
    chooser = wait(lambda: next(w for w in world['program'].windows() if w.getRoleName() != 'frame'), 30, 'the chooser')
    press('ctrl+l')
    set_text(find(chooser, 'text'), TABLE)
    press('Return')
    form = dialog('Import history')
    says(form, word('The first lines'))


def picks(title, position):
    """In the list of a row, counted from its first."""
    form = dialog('Import history')
    click(find(form, 'label', title))
    time.sleep(0.4)
    press('Home', *['Down'] * position, 'Return')


def chooses_columns():
    form = dialog('Import history')
    screenshot('story-archive-columns')
    # The day is before the month; what the other way round would be is said at once.
    first = f'{DAY:%d/%m/%Y} 06:00 \u2192 {DAY.isoformat()}'
    says(form, first)
    picks(word('Dates'), 2)
    wait(lambda: not any(first in x for x in labels(form)), 30, 'another order of the date')
    picks(word('Dates'), 1)
    says(form, first)
    # Left out, as named, then the quantities.
    for title, position, quantity in (('Tetto (W)', 2, 'Production'), ('Casa (W)', 4, 'Consumption')):
        picks(title, position)
        says(form, word(quantity))
    screenshot('story-archive-chosen')


def imports():
    form = dialog('Import history')
    act(find(form, 'push button', word('_Import')))
    says(form, word('%s values imported').replace('%s', '288'))
    screenshot('story-archive-imported')
    act(find(form, 'push button', word('_Close')))


def sees_it():
    act(find(page(), 'push button', word('Earlier'), limit=30))
    for text in ('Imported table', 'Sun', 'Home'):
        says(page(), word(text))
    screenshot('story-archive-history')


def exports():
    act(page(), 'history.export')
    export = dialog('Export history')
    button = find(export, 'push button', word('Save\u2026'))
    wait(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), 30, 'something to export')
    act(button)
    chooser = wait(lambda: next(w for w in world['program'].windows() if w.getRoleName() != 'frame'), 30, 'the chooser')
    set_text(find(chooser, 'text'), FILE)
    act(find(chooser, 'push button', word('Save')))
    wait(lambda: os.path.exists(FILE), 30, 'the file')
    act(find(export, 'push button', word('_Close'), limit=20))
    with open(FILE, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    noon = next((row for row in rows if row['time'][:16].replace('T', ' ') == f'{DAY.isoformat()} 12:00'), rows[0])
    values = [float(value) for title, value in noon.items() if title.startswith(word('Production') + ' (W)') and value]
    if PEAK not in values:
        raise Missing(f'{PEAK} W went in, out came {noon}')


def cleans_up():
    act(world['window'], 'win.archive')
    archive = dialog('Archive')
    act(find(archive, 'push button', word('_Clean up')))
    says(archive, word('All is whole. %s').split('%s')[0])
    screenshot('story-archive-clean')
    press('Escape')


def ends():
    if world['program'].stop() != 0:
        raise Missing('the program ended with an error')


story(('opens a plant without any history', opens), ('chooses a table made by hand', chooses_table),
      ('says which column is what', chooses_columns), ('imports it', imports), ('sees it as a source of its own', sees_it),
      ('exports the day and finds its noon in the file', exports), ('has the archive checked', cleans_up), ('ends at once', ends))
