#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli findings: a string that gives half since a day is found in a store that was written by another program."""
import json
import math
import os
import sqlite3
import tempfile

from program import DATA, equal, main, refused, run

# 1 March 2026, 00:00 in Rome
BEGIN = 1772319600000
MINUTE = 60000
DAYS = 90
BROKEN = 50
CACHE = tempfile.TemporaryDirectory()
os.environ['XDG_CACHE_HOME'] = CACHE.name
PLANT = os.path.join(DATA.name, 'rossi.plancia')


def power(minute):
    """Of a string on a clear day, W."""
    return max(0.0, 3000 * math.sin(math.pi * (minute - 390) / 700)) if 390 < minute < 1090 else 0.0


def samples(key):
    for day in range(DAYS):
        for minute in range(0, 1440, 15):
            value = power(minute) * (1 + 0.01 * math.sin(day * 7.0 + len(key)))
            if key == 'pv2_power' and day >= BROKEN:
                value /= 2
            yield BEGIN + (day * 1440 + minute) * MINUTE, round(value)


def fill():
    with open(PLANT, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'zone': 'Europe/Rome', 'entries': [
            {'id': 'roof', 'kind': 'inverter', 'name': 'Roof', 'address': 'modbus-tcp://127.0.0.1:9/1'}]}, file)
    equal(run('history', 'list', PLANT)[0], 0)
    with sqlite3.connect(os.path.join(DATA.name, 'plancia', 'history.sqlite')) as store:
        store.execute('DELETE FROM sample')
        store.execute('DELETE FROM series')
        for number, key in enumerate(('pv1_power', 'pv2_power'), 1):
            store.execute('INSERT INTO series (id, device, source, key) VALUES (?, ?, ?, ?)', (number, 'roof', 'local', key))
            store.executemany('INSERT INTO sample (series, ts, value) VALUES (?, ?, ?)',
                              [(number, time, value) for time, value in samples(key)])
    store.close()


def finds_the_string():
    fill()
    code, output, complaints = run('findings', PLANT, '--json')
    equal((code, complaints), (0, ''))
    found = [json.loads(line) for line in output.splitlines()]
    equal([finding['rule'] for finding in found], ['string-weak'])
    finding = found[0]
    equal((finding['name'], finding['string'], finding['until']), ('Roof', 2, None))
    equal((finding['since'][:10], finding['known_until'][:10]), ('2026-04-20', '2026-05-30'))
    assert 49 <= finding['found'] <= 51 and 99 <= finding['expected'] <= 101, finding
    lost = sum(power(minute) for minute in range(0, 1440, 15)) / 4 / 1000 / 2 * (DAYS - BROKEN)
    assert abs(finding['energy_kwh'] - lost) < 0.05 * lost, (finding['energy_kwh'], lost)
    equal((finding['energy_is'], finding['rule_source']), ('lost', "Plancia's own rule"))
    equal(len(finding['evidence']), 2)
    assert len(finding['evidence'][0]['days']) > 50
    assert finding['look_at']


def says_it_to_people():
    fill()
    for options in ((), ('--open',)):
        code, output, complaints = run('findings', PLANT, *options)
        equal((code, complaints), (0, ''))
        assert 'Roof' in output and 'PV2 gives' in output and 'since 20 April 2026, known until 29 May 2026' in output, output
    assert os.listdir(os.path.join(CACHE.name, 'plancia', 'findings'))


def lists_plants():
    fill()
    code, output, complaints = run('plants', PLANT, 'none.plancia', '--json')
    equal((code, complaints), (0, ''))
    rossi, none = (json.loads(line) for line in output.splitlines())
    equal((rossi['plant'], rossi['state'], rossi['open_findings']), ('Rossi', 'fault', 1))
    equal(rossi['last_contact'][:10], '2026-05-29')
    equal((none['plant'], none['state']), ('none', 'unreadable'))
    code, output, complaints = run('plants', PLANT)
    equal((code, complaints), (0, ''))
    assert 'See its findings' in output, output


def says_what_is_wrong():
    refused(2, 'findings', say='Say of which plant')
    refused(2, 'findings', os.path.join(DATA.name, 'none.plancia'), say='none.plancia')


main(finds_the_string, says_it_to_people, lists_plants, says_what_is_wrong)
