#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli history: what is in the store is listed and exported; the numbers in the file are those of the database."""
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess

from program import DATA, equal, main, refused, run

ADDRESS = 'portal://office/ZM1TEST00001'
# 13 June 2026, 00:00 in Rome
BEGIN = 1781301600000
MINUTE = 60000
PNG = b'\x89PNG\r\n\x1a\n'
KEPT = os.environ.get('PLANCIA_SCREENSHOTS')
KEYS = ('powerGenerating', 'batterySoC', 'own_key')


def value(key, index):
    return {'powerGenerating': index * 12.5, 'batterySoC': index % 101, 'own_key': -index / 8}[key]


def fill(days=3):
    """A store with samples each five minutes, written by a program that is not ours."""
    equal(run('history', 'list', ADDRESS)[0], 0)
    with sqlite3.connect(os.path.join(DATA.name, 'plancia', 'history.sqlite')) as store:
        store.execute('DELETE FROM sample')
        store.execute('DELETE FROM series')
        for number, key in enumerate(KEYS, 1):
            store.execute('INSERT INTO series (id, device, source, key) VALUES (?, ?, ?, ?)', (number, ADDRESS, 'portal', key))
            store.executemany('INSERT INTO sample (series, ts, value) VALUES (?, ?, ?)',
                              [(number, BEGIN + 5 * MINUTE * i, value(key, i)) for i in range(days * 288)])
    store.close()


def export(*options):
    code, output, complaints = run('history', 'export', ADDRESS, *options)
    equal((code, complaints), (0, ''))
    return output


def lists_what_is_there():
    fill()
    code, output, _complaints = run('history', 'list', ADDRESS)
    equal(code, 0)
    lines = output.splitlines()
    equal(len(lines), 1 + len(KEYS))
    assert 'powerGenerating' in output and 'Production' in output and '2026-06-15' in output, output


def exports_as_csv():
    fill()
    rows = list(csv.reader(io.StringIO(export('--wide', '--time', 'iso'))))
    equal(rows[0], ['time', 'State of charge (%)', 'own_key', 'Production (W)'])
    equal(len(rows), 1 + 3 * 288)
    equal(rows[1 + 300][0], '2026-06-14T01:00:00+02:00')
    equal([float(x) for x in rows[1 + 300][1:]], [value(k, 300) for k in ('batterySoC', 'own_key', 'powerGenerating')])
    rows = list(csv.reader(io.StringIO(export('--from', '2026-06-14', '--to', '2026-06-14', '--key', 'own_key', '--separator',
                                              ';', '--decimal', ',', '--zone', 'UTC')), delimiter=';'))
    equal(rows[0], ['time', 'device', 'name', 'source', 'key', 'quantity', 'value', 'unit'])
    equal(len(rows), 1 + 288)
    equal(rows[1], ['2026-06-14 00:00:00', ADDRESS, ADDRESS, 'portal', 'own_key', 'own_key', '-39', ''])
    equal(rows[2][6], '-39,125')


def exports_as_json_lines():
    fill()
    lines = [json.loads(x) for x in export('--format', 'jsonl', '--time', 'unix', '--wide').splitlines()]
    equal(len(lines), 3 * 288)
    equal(lines[7], {'time': (BEGIN + 35 * MINUTE) / 1000, 'device': ADDRESS, 'name': ADDRESS, 'source': 'portal',
                     'values': {k: value(k, 7) for k in KEYS}})


def writes_files():
    fill()
    path = os.path.join(DATA.name, 'out.xlsx')
    equal(export('-o', path), '')
    with open(path, 'rb') as file:
        equal(file.read(2), b'PK')
    os.remove(path)
    equal([name for name in os.listdir(DATA.name) if name.startswith('out')], [])


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def draws_pictures():
    """What is drawn is looked at by programs that are not ours."""
    fill()
    paths = {kind: os.path.join(KEPT or DATA.name, 'history.' + kind) for kind in ('png', 'svg', 'pdf')}
    for path in paths.values():
        equal(export('-o', path), '')
    with open(paths['png'], 'rb') as file:
        equal(file.read(8), PNG)
    drawn = output_of('rsvg-convert', '-f', 'png', paths['svg'])
    equal(drawn[:8], PNG)
    assert len(drawn) > 10000, len(drawn)
    # Vectors: a picture of pixels would be an image in it.
    with open(paths['svg'], encoding='utf-8') as file:
        text = file.read()
    assert '<path' in text and '<image' not in text
    words = output_of('pdftotext', paths['pdf'], '-').decode()
    for word in (ADDRESS, '2026-06-13 00:00', 'Europe/Rome', 'Production', 'State of charge', 'own_key'):
        assert word in words, words
    fonts = output_of('pdffonts', paths['pdf']).decode().splitlines()[2:]
    assert fonts and all(' yes yes yes ' in line for line in fonts), fonts
    equal(len(output_of('pdfimages', '-list', paths['pdf']).splitlines()), 2)
    for path in paths.values():
        if not KEPT:
            os.remove(path)


def complains():
    fill()
    refused(2, 'history', say='list or export')
    refused(2, 'history', 'export', say='Say of what')
    refused(2, 'history', 'export', ADDRESS, '--format', 'ods', say='no format "ods"')
    refused(2, 'history', 'export', ADDRESS, '--from', 'yesterday', say='"yesterday" is no time')
    refused(2, 'history', 'export', ADDRESS, '--from', '2026-06-14', '--to', '2026-06-13', say='span is empty')
    refused(2, 'history', 'export', ADDRESS, '--decimal', ',', '--separator', ',', say='cannot be the same')
    refused(2, 'history', 'export', ADDRESS, '--zone', 'Europe/Roma', say='no time zone')
    refused(2, 'history', 'export', 'nowhere.plancia', say='nowhere.plancia')
    refused(1, 'history', 'export', 'portal://office/OTHER', say='has nothing of it')
    refused(1, 'history', 'export', ADDRESS, '--format', 'xlsx', say='needs a file')
    refused(1, 'history', 'export', ADDRESS, '-o', os.path.join(DATA.name, 'no', 'out.csv'), say='No such file')


if __name__ == '__main__':
    main(lists_what_is_there, exports_as_csv, exports_as_json_lines, writes_files, draws_pictures, complains)
