# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody opens last year out of tables of a portal, compares it with the year before, measures it between two cursors, exports it
and finds the same number of kWh in the file."""
import csv
import datetime
import json
import math
import os
import re
import subprocess
import zoneinfo

import pyatspi

from window import Missing, Program, act, find, labels, screenshot, set_text, story, wait, write_settings

BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
HOME = os.environ['XDG_DATA_HOME']
ZONE = zoneinfo.ZoneInfo('Europe/Rome')
YEAR = datetime.datetime.now(ZONE).year - 1
PACE = datetime.timedelta(hours=1)
MONTHS = {name: number for number, name in enumerate(
    ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'), 1)}
world = {}


def page():
    return find(world['window'], 'filler', 'PlanciaHistoryPage')


def number(text):
    return float(re.sub(r'[^0-9.\-]', '', text.replace('\u2212', '-')))


def power(time, year):
    """A sun that is a little weaker in the year before."""
    height = math.sin((time.hour + time.minute / 60 - 6) / 12 * math.pi)
    season = 3 - 2 * math.cos(time.timetuple().tm_yday / 365 * 2 * math.pi)
    return max(height, 0) * season * (1 if year == YEAR else 0.8)


def write_table(path, year):
    """As a portal's page gives it: days first, decimal commas, semicolons; a value each hour."""
    time, total = datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc), 1000.0
    with open(path, 'w', encoding='utf-8') as file:
        file.write('Data e ora;Potenza FV (W);Energia FV totale (kWh)\n')
        while time.year == year:
            value = power(time.astimezone(ZONE), year)
            file.write(f'{time:%d/%m/%Y %H:%M:%S};{value * 1000:.1f};{total:.3f}\n'.replace('.', ','))
            following = power((time + PACE).astimezone(ZONE), year)
            total += (value + following) / 2 * PACE.total_seconds() / 3600
            time += PACE


def imports():
    """Both years, with the command line's own choice of columns."""
    plant = os.path.join(HOME, 'barn.json')
    with open(plant, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Barn', 'place': {'zone': 'Europe/Rome'}, 'entries': [
            {'id': 'thing', 'kind': 'thing', 'name': 'Roof', 'address': 'portal://home/ZM1TEST00001'}]}, file)
    for year in (YEAR - 1, YEAR):
        table = os.path.join(HOME, f'{year}.csv')
        write_table(table, year)
        subprocess.run([os.path.join(BUILD, 'app', 'plancia-cli'), 'history', 'import', '--plant', plant, 'Roof', table,
                        '--time', 'dmy', '--zone', 'UTC', '--column', '2=powerGenerating', '--column', '3=energyGeneratingTotal'],
                       check=True, timeout=120, stdout=subprocess.DEVNULL)
    write_settings(plant=plant, page='history', device='thing', history_source='import')
    world['program'] = Program()
    world['window'] = world['program'].window
    wait(lambda: world['window'].name == 'Roof', 30, 'the device of the last time')


def opens():
    find(world['window'], 'page tab', 'History', limit=30)
    act(find(page(), 'push button', 'Year', limit=30))
    act(find(page(), 'push button', 'Earlier'))
    wait(lambda: str(YEAR) in labels(page()) and any('kWh' in x for x in labels(page())), 30, 'the energies of last year')


def compares():
    act(page(), 'history.compare')
    words = wait(lambda: (lambda found: found if 'Difference' in found and str(YEAR - 1) in found else None)(labels(page())),
                 30, 'the year before and the difference')
    screenshot('story-year-bars')
    difference = words[words.index('Difference') + 1]
    percent = number(difference.split(',')[-1])
    if not 24 <= percent <= 26:
        raise Missing(f'the year before made a fifth less: {difference}')


def row_of(words):
    """Of the table between the cursors: mean, smallest, largest, energy, counter, change."""
    start = len(words) - 1 - words[::-1].index('Sun')
    return words[start + 1:start + 7]


def measures():
    """As curves, the year before dashed under it; between the cursors the area and the counter agree."""
    act(page(), 'history.curves')
    wait(lambda: any(x.startswith('Sun · ') for x in labels(page())), 30, 'the curve of the year before')
    act(page(), 'history.cursors')

    def complete():
        words = labels(page())
        if 'Sun' not in words or 'Change A to B' not in words:
            return None
        row = row_of(words)
        return (words, row) if 'kWh' in row[3] and 'kWh' in row[4] and number(row[3]) > 100 else None
    words, row = wait(complete, 30, 'the energies between the cursors')
    screenshot('story-year')
    span = next(x for x in words if x.startswith('A '))
    world['span'] = [datetime.datetime(YEAR, MONTHS[month], int(day), int(hour), int(minute), tzinfo=ZONE)
                     for day, month, hour, minute in re.findall(r'(\d+) ([A-Z][a-z]{2}) (\d\d):(\d\d)', span)[:2]]
    world['energy'] = number(row[3])
    if abs(number(row[4]) - number(row[3])) > 0.01 * number(row[3]):
        raise Missing(f'area and counter are not of one sun: {row}')


def exports():
    path = os.path.join(HOME, 'year.csv')
    act(page(), 'history.export')
    dialog = wait(lambda: next(w for w in world['program'].windows() if w.name == 'Export history'), what='the dialog')
    button = find(dialog, 'push button', 'Save\u2026')
    wait(lambda: button.getState().contains(pyatspi.STATE_SENSITIVE), 20, 'something to export')
    act(button)
    chooser = wait(lambda: next(w for w in world['program'].windows() if w.getRoleName() != 'frame'), what='the chooser')
    set_text(find(chooser, 'text', contains='Name'), path)
    act(find(chooser, 'push button', 'Save'))
    wait(lambda: os.path.exists(path), 30, 'the file')
    act(find(dialog, 'push button', 'Close', limit=20))
    world['path'] = path


def between(a, b, begin, end):
    """kWh under the line from a to b, as far as it lies between begin and end."""
    length = (b[0] - a[0]).total_seconds()
    low, high = max(a[0], begin), min(b[0], end)
    if high <= low:
        return 0
    first, last = (a[1] + (b[1] - a[1]) * (x - a[0]).total_seconds() / length for x in (low, high))
    return (first + last) / 2 * (high - low).total_seconds() / 3.6e6


def finds_it():
    with open(world['path'], encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    title = next(x for x in rows[0] if '(W)' in x)
    # In the hour that comes twice the plant's clock goes back.
    points, before = [], None
    for row in rows:
        if not row[title]:
            continue
        time = datetime.datetime.fromisoformat(row['time']).replace(tzinfo=ZONE)
        if before is not None and time <= before:
            time = time.replace(fold=1)
        before = time
        points.append((time.astimezone(datetime.timezone.utc), float(row[title])))
    energy = sum(between(a, b, *world['span']) for a, b in zip(points, points[1:]))
    if abs(energy - world['energy']) > 0.002 * energy:
        raise Missing(f"the window says {world['energy']} kWh, the file {energy}")


def ends():
    if world['program'].stop() != 0:
        raise Missing('the program ended with an error')


story(('puts two years of a portal\'s tables into the archive', imports), ('opens last year', opens),
      ('compares it with the year before', compares), ('reads the kWh between two cursors', measures),
      ('exports the year', exports), ('finds the same number in the file', finds_it), ('ends at once', ends))
