#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli commission and report verify against a simulated plant."""
import csv
import json
import os
import shutil
import subprocess
import tempfile

from program import Plant, equal, main, refused, run


def text_of(path):
    """Of the PDF; without poppler's program there is nothing to look at."""
    if not shutil.which('pdftotext'):
        return None
    return subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, text=True, check=True).stdout


def makes_a_report():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.pdf')
        code, output, complaints = run('commission', plant.address('HYD 6000 ZSS'), '--auto', '--report', path,
                                       '--language', 'it', '--grid-code', 'cei-0-21', '--customer', 'Mario Rossi')
        equal(complaints, '')
        lines = output.splitlines()
        equal(len(lines), 12)
        # The simulated clock is of another year: nothing fails, and that is said.
        equal(code, 0)
        assert 'ZP1ES106K00003' in lines[1], lines
        with open(os.path.join(folder, 'report.json'), encoding='utf-8') as file:
            root = json.load(file)
        steps = {s['id']: s for s in root['data']['visit']['steps']}
        equal(steps['direction']['result'], 'skipped')
        equal(steps['country']['result'], 'open')
        equal(steps['grid']['result'], 'expected')
        equal(steps['clock']['result'], 'reservation')
        voltage = next(e for e in steps['grid']['evidence'] if e['key'] == 'grid_voltage_l1')
        equal((voltage['address'], voltage['unit'], len(voltage['words'])), ('0x048D', 'V', 4))
        equal(round(int(voltage['words'], 16) / 10, 1), voltage['number'])
        assert len(root['data']['snapshot']) > 150
        with open(os.path.join(folder, 'report.csv'), encoding='utf-8-sig') as file:
            rows = list(csv.reader(file, delimiter=';'))
        equal(len({len(row) for row in rows}), 1)
        assert any(row[2] == 'grid_voltage_l1' and row[6] == '0x048D' for row in rows)
        equal(rows[-1][4], root['sha256'])
        text = text_of(path)
        if text:
            equal(text.count(root['sha256']), text.count('\f'))
            assert 'ZP1ES106K00003' in text and 'Mario Rossi' in text


def finds_what_was_changed():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.pdf')
        annex = os.path.join(folder, 'report.json')
        run('commission', plant.address('HYD 6000 ZSS'), '--auto', '--report', path)
        for file in (path, annex):
            code, output, complaints = run('report', 'verify', file)
            equal((code, complaints), (0, ''))
            assert output.startswith('SHA-256 '), output
        with open(annex, encoding='utf-8') as file:
            root = json.load(file)
        # Written otherwise it is the same.
        with open(annex, 'w', encoding='utf-8') as file:
            json.dump(root, file, sort_keys=True)
        equal(run('report', 'verify', annex)[0], 0)
        root['data']['visit']['steps'][1]['result'] = 'failed'
        with open(annex, 'w', encoding='utf-8') as file:
            json.dump(root, file)
        refused(1, 'report', 'verify', annex, say='were changed')


def goes_on_where_it_was():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'house.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'House', 'zone': 'Europe/Rome', 'entries': [
                {'id': 'one', 'kind': 'inverter', 'name': 'HYD', 'address': plant.address('HYD 6000 ZSS')}]}, file)
        run('commission', 'HYD', '--plant', path, '--auto', '--installer', 'L. Bianchi')
        kept = os.path.join(folder, 'house.commissioning', 'one.json')
        with open(kept, encoding='utf-8') as file:
            visit = json.load(file)
        equal((visit['texts']['installer'], visit['texts']['name']), ('L. Bianchi', 'HYD'))
        equal(len(os.listdir(os.path.join(folder, 'house.snapshots'))), 1)
        began = visit['began']
        run('commission', 'HYD', '--plant', path, '--auto')
        with open(kept, encoding='utf-8') as file:
            visit = json.load(file)
        steps = {s['id']: s for s in visit['steps']}
        equal((visit['began'], visit['texts']['installer']), (began, 'L. Bianchi'))
        equal(len(steps['identity']['earlier']), 1)


def is_used_rightly():
    refused(2, 'commission', say='--auto')
    refused(2, 'commission', 'eth-stick://127.0.0.1/1', say='--auto')
    refused(2, 'commission', 'eth-stick://127.0.0.1/1', '--auto', '--grid-code', 'x', say='grid code')
    refused(2, 'commission', 'nowhere', '--auto', say='nowhere')
    refused(2, 'report', 'verify', say='verify')
    refused(1, 'report', 'verify', '/nowhere/x.json', say='/nowhere/x.json')


main(makes_a_report, finds_what_was_changed, goes_on_where_it_was, is_used_rightly)
