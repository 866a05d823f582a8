#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of plancia-cli: a row for each request, on disk before it leaves; a program that is killed at any step of a
write leaves the truth behind, and nothing is sent twice. Raw writes."""
import json
import os
import subprocess
import tempfile

from program import PROGRAM, Server, equal, main, refused, run
from stalling import Stalling

MAP = ('--map', 'sim-heat-pump')
LIMIT = 60


def home(folder):
    return {**os.environ, 'XDG_DATA_HOME': folder}


def journal(environment, *options):
    code, output, complaints = run('journal', '--json', *options, env=environment)
    equal((code, complaints), (0, ''))
    return json.loads(output)


def killed_at(number, applies, folder):
    """(the device, journal) after plancia-cli was killed while it waited for the answer to this request; None if it ended
    before."""
    device = Stalling(number, applies)
    process = subprocess.Popen([PROGRAM, 'write', device.address, *MAP, 'flow_setpoint=40.5', '--yes'],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=home(folder))
    while not device.stalled.wait(0.02):
        if process.poll() is not None:
            device.close()
            return None
    process.kill()
    process.wait(LIMIT)
    device.close()
    return device, journal(home(folder))


def check_kill(number, applies):
    """False when the program was done before that request."""
    with tempfile.TemporaryDirectory() as folder:
        found = killed_at(number, applies, folder)
        if found is None:
            return False
        device, rows = found
        assert len(device.writes) <= 1, device.writes
        if not device.writes:
            equal(rows, [])
            return True
        equal([(r['outcome'], r['address'], r['raw_old'], r['raw_new']) for r in rows], [('open', 0x51, '015E', '0195')])
        settle_later(device, rows[0], folder)
        return True


def settle_later(device, row, folder):
    """The next start says so, and reads back what is there; nothing is written again."""
    again = Stalling(words=device.words)
    replace_route(folder, again.address)
    code, _, complaints = run('write', again.address, *MAP, 'flow_setpoint=40.5', '--dry-run', env=home(folder))
    equal(code, 0)
    assert f'--read-back {row["id"]}' in complaints and 'flow_setpoint' in complaints, complaints
    code, output, complaints = run('journal', '--read-back', str(row['id']), env=home(folder))
    holds = device.words[0x51] == 405
    equal((code, output, complaints), (0 if holds else 1, f'{row["id"]}: {"verified" if holds else "differs"}\n', ''))
    equal(again.writes, [])
    equal(journal(home(folder), '--open'), [])
    again.close()


def replace_route(folder, address):
    """The device comes back at another port here: a new row of the same request, as the file does not let its rows change."""
    import sqlite3
    with sqlite3.connect(os.path.join(folder, 'plancia', 'journal.sqlite')) as file:
        file.execute('DROP TRIGGER request_keep')
        file.execute('UPDATE request SET route = ?', (address,))


def killed_at_each_step():
    number = 1
    while check_kill(number, True):
        number += 1
    assert number > 3, number
    number = 1
    while check_kill(number, False):
        number += 1
    assert number > 3, number


def a_row_for_each_request():
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        code, _, _ = run('write', server.address, *MAP, 'flow_setpoint=40.5', 'tank_setpoint=48', '--yes', env=home(folder))
        equal(code, 0)
        rows = journal(home(folder))
        # The second has its value already: nothing is sent, so there is no row.
        equal([(r['registers'][0]['key'], r['outcome'], r['sent'], r['kind'], r['raw_read_back']) for r in rows],
              [('flow_setpoint', 'verified', True, 'write', '0195')])
        equal(rows[0]['route'], server.address)
        csv = os.path.join(folder, 'journal.csv')
        equal(run('journal', '--csv', csv, env=home(folder)), (0, '', ''))
        with open(csv, encoding='utf-8', newline='') as file:
            lines = file.read().split('\r\n')
        equal((len(lines), lines[0].split(',')[:3]), (3, ['time', 'plant', 'device']))
        assert 'flow_setpoint' in lines[1] and 'verified' in lines[1], lines
        equal(run('journal', '--note', '1=first of the day', env=home(folder))[0], 0)
        equal(journal(home(folder))[0]['note'], 'first of the day')
        code, output, _ = run('journal', '--device', server.address, '--counts', '--json', env=home(folder))
        equal([(c['address'], c['writes']) for c in json.loads(output)], [(0x51, 1)])
        code, output, _ = run('journal', env=home(folder))
        assert 'flow_setpoint' in output and 'verified' in output, output


def nothing_is_sent_without_a_journal():
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        blocked = os.path.join(folder, 'file')
        with open(blocked, 'w', encoding='utf-8'):
            pass
        code, _, complaints = run('write', server.address, *MAP, 'flow_setpoint=40.5', '--yes', env=home(blocked))
        equal((code, server.writes()), (1, []))
        assert 'journal' in complaints, complaints


def raw_writes():
    with tempfile.TemporaryDirectory() as folder:
        device = Stalling()
        where = ('write', device.address, *MAP)
        refused(2, *where, '--raw', '0x51=400', '--yes', say='--accept-risk')
        refused(2, *where, '--raw', '0x51=4x0', '--yes', say='4x0')
        refused(2, *where, '--raw', '0x51', '--yes', say='ADDRESS=WORD')
        refused(2, *where, '--raw', '0x51=1', 'flow_setpoint=40', '--yes', say='--raw')
        refused(2, *where, '--raw', '0x51=1', '--function', '5', '--yes', say='6 or 16')
        equal(device.writes, [])
        code, output, _ = run(*where, '--raw', '0x51=0x190,490', '--dry-run', env=home(folder))
        equal((code, device.writes), (0, []))
        assert '01 10 00 51 00 02 04 01 90 01 EA' in output, output
        sure = ('--yes', '--accept-risk')
        code, _, complaints = run(*where, '--raw', '0x51=0x190,490', *sure, env=home(folder))
        equal((code, complaints, device.writes), (0, '', [(16, 0x51, [400, 490])]))
        code, _, complaints = run(*where, '--raw', '0x51=-2,480', '--function', '6', *sure, env=home(folder))
        equal((code, complaints, device.writes[1:]), (0, '', [(6, 0x51, [0xfffe]), (6, 0x52, [480])]))
        equal([(r['kind'], r['raw_old'], r['raw_new'], r['outcome']) for r in journal(home(folder))],
              [('raw', '01EA', '01E0', 'verified'), ('raw', '0190', 'FFFE', 'verified'),
               ('raw', '015E 01E0', '0190 01EA', 'verified')])
        device.close()


def grid_code_and_firmware_are_not_written():
    device = Stalling()
    for address in ('0x0800', '0x0A0F', '0x2004', '0x2040'):
        refused(2, 'write', device.address, '--map', 'zcs-3ph-hyd-g3', '--raw', f'{address}=1', '--yes', '--accept-risk',
                say='never written')
    equal(device.writes, [])
    device.close()


main(killed_at_each_step, a_row_for_each_request, nothing_is_sent_without_a_journal, raw_writes,
     grid_code_and_firmware_are_not_written)
