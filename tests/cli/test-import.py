#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli history import: tables of this program and of others come into the store; what is stopped stays whole."""
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time

from program import DATA, PROGRAM, equal, main, refused, run

ADDRESS = 'portal://office/ZM1TEST00001'
OTHER = 'portal://office/ZM1TEST00002'
STORE = os.path.join(DATA.name, 'plancia', 'history.sqlite')
# 13 June 2026, 00:00 in Rome
BEGIN = 1781301600000
MINUTE = 60000
LIMIT = 60
ENVIRONMENT = {**os.environ, 'TZ': 'Europe/Rome'}


def cli(*arguments):
    return run(*arguments, env=ENVIRONMENT)


def stored(source='import', device=ADDRESS):
    """{key: [(time, value)]} as the program gives it back."""
    code, output, complaints = cli('history', 'export', device, '--source', source, '--time', 'unix', '--format', 'csv')
    equal((code, complaints), (0, ''))
    found = {}
    for line in output.splitlines()[1:]:
        cells = line.split(',')
        found.setdefault(cells[4], []).append((round(float(cells[0]) * 1000), float(cells[6])))
    return found


def clear():
    if os.path.exists(STORE):
        os.remove(STORE)
    for tail in ('-wal', '-shm'):
        if os.path.exists(STORE + tail):
            os.remove(STORE + tail)


def write(name, text, encoding='utf-8'):
    path = os.path.join(DATA.name, name)
    with open(path, 'w', encoding=encoding, newline='') as file:
        file.write(text)
    return path


def takes_its_own_export():
    for options in ((), ('--wide',), ('--separator', ';', '--decimal', ','), ('--time', 'iso'), ('--wide', '--time', 'unix')):
        clear()
        path = write('in.csv', 'time,Production (W),own_key\r\n' + ''.join(
            f'{(BEGIN + i * 5 * MINUTE) / 1000},{i * 12.5},{-i / 8}\r\n' for i in range(300)))
        code, output, complaints = cli('history', 'import', ADDRESS, path)
        equal((code, complaints), (0, ''))
        assert output.startswith('600 values imported, 0 cells'), output
        before = stored()
        equal(before['powerGenerating'], [(BEGIN + i * 5 * MINUTE, i * 12.5) for i in range(300)])
        back = os.path.join(DATA.name, 'back.csv')
        equal(cli('history', 'export', ADDRESS, '-o', back, *options)[0], 0)
        code, output, complaints = cli('history', 'import', OTHER, back)
        equal((code, complaints), (0, ''))
        equal(stored(device=OTHER), before)


def gives_each_device_of_a_plant_its_own():
    clear()
    plant = write('two.plancia', json.dumps({'format': 'plancia-plant', 'version': 1, 'name': 'Two', 'entries': [
        {'id': 'one', 'kind': 'thing', 'name': 'One', 'address': ADDRESS},
        {'id': 'two', 'kind': 'thing', 'name': 'Two', 'address': OTHER}]}))
    for name, factor in (('One', 1), ('Two', 2)):
        path = write('in.csv', 'time,own\n' + ''.join(f'{(BEGIN + i * MINUTE) / 1000},{i * factor}\n' for i in range(50)))
        equal(cli('history', 'import', name, path, '--plant', plant)[0], 0)
    back = os.path.join(DATA.name, 'both.csv')
    equal(cli('history', 'export', plant, '-o', back)[0], 0)
    clear()
    code, output, complaints = cli('history', 'import', plant, back)
    equal((code, complaints), (0, ''))
    equal(output.split()[0], '100')
    for name, last in (('One', '49'), ('Two', '98')):
        _code, output, _complaints = cli('history', 'export', name, '--plant', plant, '--wide')
        equal((len(output.splitlines()), output.split(',')[-1].strip()), (51, last))
    refused(2, 'history', 'import', plant, path, say='name one device')


def takes_tables_of_portals():
    clear()
    path = write('portale.csv', 'Impianto;Rossi à Roma\nData;Ora;Production [kW];Note;Altro\n'
                 '13/06/2026;00:00;1,5;x;1.234,5\n13/06/2026;00:05;-;y;2\n14/06/2026;00:10;0,25;z;3\n', 'windows-1252')
    code, output, complaints = cli('history', 'import', ADDRESS, path)
    equal((code, complaints), (0, ''))
    assert output.startswith('5 values'), output
    found = stored()
    equal(found['powerGenerating'], [(BEGIN, 1500.0), (BEGIN + (24 * 60 + 10) * MINUTE, 250.0)])
    equal([value for _, value in found['altro']], [1234.5, 2, 3])
    # A person says what a column is.
    clear()
    code, _output, complaints = cli('history', 'import', ADDRESS, path, '--column', '5=batterySoC', '--column', '3=')
    equal((code, complaints), (0, ''))
    equal([value for _, value in stored()['batterySoC']], [1234.5, 2, 3])
    equal(list(stored()), ['batterySoC'])


def knows_the_hour_that_comes_twice():
    clear()
    text = 'time,own\n' + ''.join(f'2026-10-25 {clock},{i}\n' for i, clock in enumerate(
        ('01:30', '02:00', '02:30', '02:00', '02:30', '03:00')))
    equal(cli('history', 'import', ADDRESS, write('autumn.csv', text))[0], 0)
    start = 1792884600000
    equal(stored()['own'], [(start + i * 30 * MINUTE, float(i)) for i in range(6)])


def says_where_it_cannot_read():
    clear()
    path = write('bad.csv', 'time,own\n2026-06-13 00:00,1\n2026-06-13 00:05,abc\nyesterday,3\n2026-06-13 00:10,4\n'
                 + '2026-06-13 00:15,5\n')
    code, output, complaints = cli('history', 'import', ADDRESS, path, '--column', '2=own', '--time', 'ymd')
    equal((code, output.split()[0]), (0, '3'))
    assert 'line 3, column 2: "abc" is no number' in complaints, complaints
    assert 'line 4, column 1: "yesterday" is no time' in complaints, complaints


def write_lines(pipe, begin, end):
    """In a thread of its own: a line a second into a pipe; without an end, until nobody reads any more."""
    try:
        with open(pipe, 'w', encoding='ascii') as file:
            file.write('time,own\n')
            for i in range(begin, end):
                file.write(f'{(BEGIN + i * 1000) // 1000},{i}\n')
    except BrokenPipeError:
        pass


def feed(pipe, end):
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_lines, args=(pipe, 0, end), daemon=True)
    writer.start()
    return writer


def reads_a_pipe_from_its_begin():
    clear()
    pipe = os.path.join(DATA.name, 'pipe.csv')
    writer = feed(pipe, 50000)
    code, output, complaints = cli('history', 'import', ADDRESS, pipe)
    writer.join(LIMIT)
    os.remove(pipe)
    equal((code, output.split()[0], complaints), (0, '50000', ''))
    equal(stored()['own'], [(BEGIN + i * 1000, float(i)) for i in range(50000)])


def values_in_store():
    if not os.path.exists(STORE):
        return 0
    try:
        with sqlite3.connect(f'file:{STORE}?mode=ro', uri=True) as store:
            return (store.execute('SELECT count(*) FROM sample').fetchone()[0]
                    + store.execute('SELECT ifnull(sum(count), 0) FROM chunk').fetchone()[0])
    except sqlite3.Error:
        return 0


def stopped_in_the_middle_it_stays_whole():
    """A table of a billion lines, through a pipe: what was put is a prefix, and the file is whole."""
    clear()
    pipe = os.path.join(DATA.name, 'endless.csv')
    writer = feed(pipe, 1000000000)
    with subprocess.Popen([PROGRAM, 'history', 'import', ADDRESS, pipe], env=ENVIRONMENT, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as process:
        limit = time.monotonic() + LIMIT
        while values_in_store() < 100000 and time.monotonic() < limit and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=LIMIT)
        equal(process.returncode, 1)
    writer.join(LIMIT)
    os.remove(pipe)
    found = stored()['own']
    # Each piece is a transaction: nothing is missing in what is there.
    equal(found, [(BEGIN + i * 1000, float(i)) for i in range(len(found))])
    assert 100000 <= len(found) < 1000000000, len(found)
    equal(int(output.split()[0]), len(found))
    with sqlite3.connect(STORE) as store:
        equal(store.execute('PRAGMA integrity_check').fetchone()[0], 'ok')
    store.close()


def complains():
    path = write('text.csv', 'no table\nat all\n')
    refused(2, 'history', 'import', ADDRESS, say='which file')
    refused(1, 'history', 'import', ADDRESS, path, say='no table with times')
    refused(1, 'history', 'import', ADDRESS, os.path.join(DATA.name, 'none.csv'), say='No such file')
    path = write('good.csv', 'time,own\n2026-06-13 00:00,1\n')
    refused(2, 'history', 'import', ADDRESS, path, '--column', '7=x', say='no column')
    code, output, _ = cli('history', 'import', ADDRESS, path, '--dry-run')
    equal((code, output), (0, '1\ttime\ttime\n2\town\town\n'))


if __name__ == '__main__':
    main(takes_its_own_export, gives_each_device_of_a_plant_its_own, takes_tables_of_portals,
         knows_the_hour_that_comes_twice, says_where_it_cannot_read, reads_a_pipe_from_its_begin,
         stopped_in_the_middle_it_stays_whole, complains)
