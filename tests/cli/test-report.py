#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli report PLANT: the numbers on paper are those in the store."""
import json
import os
import re
import sqlite3
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

from program import DATA, equal, main, refused, run

ROME = ZoneInfo('Europe/Rome')
KEPT = os.environ.get('PLANCIA_SCREENSHOTS')
PLANT = os.path.join(DATA.name, 'Rossi.plancia')
STORE = os.path.join(DATA.name, 'plancia', 'history.sqlite')
DAYS = 30
# kWh of each day of June, and of the June before
NOW = [10 + (i * 7) % 23 for i in range(DAYS)]
BEFORE = [6 + (i * 5) % 13 for i in range(DAYS)]


def at(year, day, hour=0, minute=0):
    return int(datetime(year, 6, 1, hour, minute, tzinfo=ROME).timestamp() + 0) * 1000 + day * 86400000


def samples(year, days):
    """Lifetime counters: production from 6 to 18, half of it exported, every ten minutes."""
    total = 1000.0 * (year - 2020)
    for day, energy in enumerate(days):
        for step in range(144):
            part = min(max(step - 36, 0), 72) / 72
            yield at(year, day) + step * 600000, total + energy * part
        total += energy


def fill():
    """A plant of one inverter on the portal and one read here that is the same, by a program that is not ours."""
    with open(PLANT, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'place': {'zone': 'Europe/Rome'}, 'entries': [
            {'id': 'thing', 'kind': 'thing', 'name': 'Roof', 'address': 'portal://office/ZM1TEST00001'},
            {'id': 'stick', 'kind': 'inverter', 'name': 'Roof, read here', 'address': 'eth-stick://192.0.2.1/1'}]}, file)
    equal(run('history', 'list', PLANT)[0], 0)
    with sqlite3.connect(STORE) as store:
        store.execute('DELETE FROM sample')
        store.execute('DELETE FROM series')
        number = 0
        for device, source in (('thing', 'portal'), ('stick', 'local')):
            for key, part in (('energyGeneratingTotal', 1), ('energyExportingTotal', 0.5), ('energyImportingTotal', 0.25),
                              ('energyConsumingTotal', 0.75)):
                number += 1
                store.execute('INSERT INTO series (id, device, source, key) VALUES (?, ?, ?, ?)', (number, device, source, key))
                for year, days in ((2026, NOW), (2025, BEFORE)):
                    if device == 'thing' or year == 2026:
                        store.executemany('INSERT INTO sample (series, ts, value) VALUES (?, ?, ?)',
                                          [(number, time, value * part) for time, value in samples(year, days)])
    store.close()


def report(*options):
    path = os.path.join(KEPT or DATA.name, f'report{"-".join(options).replace("-", "")}.pdf')
    code, output, complaints = run('report', PLANT, '--month', '2026-06', '-o', path, *options)
    equal((code, output, complaints), (0, '', ''))
    text = subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, text=True, check=True).stdout
    return path, text.replace('\xa0', ' ')


def adds_up():
    fill()
    path, text = report('--language', 'en')
    equal(re.search(r'Produced +(\S+) kWh +(\S+) kWh +\+(\S+) kWh', text).groups(),
          (str(sum(NOW)), str(sum(BEFORE)), f'{sum(NOW) - sum(BEFORE)}'))
    assert sum(NOW) - sum(BEFORE) >= 100
    equal(re.search(r'Exported +(\S+) kWh', text).group(1), f'{sum(NOW) / 2:.0f}')
    best, worst = NOW.index(max(NOW)), NOW.index(min(NOW))
    equal(re.search(r'Best day +(\d+) June: (\S+) kWh', text).groups(), (str(best + 1), f'{max(NOW):.1f}'))
    equal(re.search(r'Worst day +(\d+) June: (\S+) kWh', text).groups(), (str(worst + 1), f'{min(NOW):.1f}'))
    # A day's line: produced, used, exported, imported, the year before, known.
    for day in (0, 12, 29):
        row = re.search(rf'^ *{day + 1} June +(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\d+) %', text, re.MULTILINE)
        equal([float(x) for x in row.groups()[:5]],
              [float(f'{x:.1f}') for x in (NOW[day], NOW[day] * 0.75, NOW[day] / 2, NOW[day] / 4, BEFORE[day])])
    assert 'counted once' in text and 'No alarms were seen' in text, text
    info = subprocess.run(['pdfinfo', path], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert 'Monthly report' in info and re.search('Tagged: +yes', info), info
    fonts = subprocess.run(['pdffonts', path], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[2:]
    assert fonts and all(' yes yes yes ' in line for line in fonts), fonts


def speaks_italian():
    fill()
    _path, text = report('--language', 'it')
    assert 'Impianto' in text and 'Produzione' in text and f'{max(NOW)},0 kWh' in text, text


def notices_a_year_without_its_year_before():
    fill()
    with sqlite3.connect(STORE) as store:
        store.execute('DELETE FROM sample WHERE ts < ?', (at(2026, -20),))
    store.close()
    _path, text = report('--language', 'en')
    assert re.search(r'Produced +' + str(sum(NOW)) + r' kWh +—', text), text


def complains():
    fill()
    refused(2, 'report', say='Say of which plant')
    refused(2, 'report', PLANT, '--month', '2026-13', say='is no month')
    refused(2, 'report', PLANT, '--language', 'tlh', say='no language')
    refused(1, 'report', PLANT, '--month', '2019-01', '-o', os.path.join(DATA.name, 'no.pdf'), say='no energies')
    refused(1, 'report', PLANT, '--month', '2026-06', '-o', os.path.join(DATA.name, 'no', 'no.pdf'), say='No such file')


if __name__ == '__main__':
    main(adds_up, speaks_italian, notices_a_year_without_its_year_before, complains)
