#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table without an end through a pipe into the store, stopped in its middle, and then again from its begin: how fast, in how much
memory, and whether what is there is whole and nothing is twice. LINES=50000000 are a billion values, STOP says
after how many of the lines, AGAIN=0 leaves the second time out."""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import Event, Process, Value

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.environ.setdefault('PLANCIA_TEST_BUILD_DIR', os.path.join(os.path.dirname(TESTS), 'build'))
PROGRAM = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
ADDRESS = 'portal://office/ZM1TEST00001'
LINES = int(os.environ.get('LINES', '400000'))
STOP = int(os.environ.get('STOP', str(LINES // 2)))
COLUMNS = 20
STEP = 10  # s
BEGIN = 1199145600  # 2008
BLOCK = 8640


def tails():
    """What stands behind the time of a line, for a day."""
    dice = random.Random(2008)
    return [','.join(f'{dice.randrange(4000) / 10:.1f}' for _ in range(COLUMNS)) for _ in range(BLOCK)]


def write(pipe, written, wanted):
    """The table, until it was read to its end; written: lines of it."""
    days = tails()
    while wanted.wait():
        try:
            with open(pipe, 'w', encoding='ascii', newline='') as file:
                file.write('time,' + ','.join(f'key{column}' for column in range(COLUMNS)) + '\n')
                written.value = 0
                for first in range(0, LINES, BLOCK):
                    lines = min(BLOCK, LINES - first)
                    file.write(''.join(f'{BEGIN + (first + line) * STEP},{days[line]}\n' for line in range(lines)))
                    written.value = first + lines
            wanted.clear()
        except BrokenPipeError:
            pass


def watch(process, curve):
    page = os.sysconf('SC_PAGESIZE')
    while process.poll() is None:
        try:
            with open(f'/proc/{process.pid}/statm', encoding='ascii') as file:
                curve.append(int(file.read().split()[1]) * page / 2 ** 20)
        except (OSError, IndexError):
            return
        time.sleep(0.1)


def import_table(folder, pipe, written, stop_at):
    """(what it says, seconds, MiB as a curve); interrupted when so many lines were written."""
    begin, curve = time.monotonic(), []
    written.value = 0
    with subprocess.Popen([PROGRAM, 'history', 'import', ADDRESS, pipe, '--time', 'unix'], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, 'XDG_DATA_HOME': folder}) as process:
        threading.Thread(target=watch, args=(process, curve), daemon=True).start()
        while stop_at is not None and process.poll() is None and written.value < stop_at:
            time.sleep(0.05)
        if stop_at is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
        output = process.stdout.read()
    return int(output.split()[0]), time.monotonic() - begin, curve


def stored(folder):
    """(values, days twice, what the check says, bytes) of the file."""
    path = os.path.join(folder, 'plancia', 'history.sqlite')
    with sqlite3.connect(path) as file:
        rows = file.execute('SELECT count(*) FROM sample').fetchone()[0]
        sealed, chunks, days = file.execute('SELECT sum(count), count(*), count(DISTINCT id) FROM chunk').fetchone()
        check = file.execute('PRAGMA integrity_check').fetchone()[0]
    file.close()
    return rows + (sealed or 0), chunks - days, check, os.path.getsize(path)


def report(what, folder, result):
    said, seconds, curve = result
    values, twice, check, size = stored(folder)
    thinned = [curve[i * (len(curve) - 1) // 9] for i in range(10)] if curve else []
    print(f'{what}: {said / 1e6:.1f} million values in {seconds:.1f} s ({said / seconds / 1e6:.2f} million/s), '
          f'{values / 1e6:.1f} million in the file, {size / max(values, 1):.2f} bytes each; check: {check}')
    print('  memory, MiB:', ' '.join(f'{value:.0f}' for value in thinned), flush=True)
    assert check == 'ok' and twice == 0 and values == said, (check, twice, values, said)
    assert values % COLUMNS == 0, values


def main():
    folder = tempfile.mkdtemp()
    pipe = os.path.join(folder, 'table.csv')
    os.mkfifo(pipe)
    written, wanted = Value('q', 0), Event()
    wanted.set()
    writer = Process(target=write, args=(pipe, written, wanted), daemon=True)
    writer.start()
    try:
        report('stopped in the middle', folder, import_table(folder, pipe, written, STOP))
        if os.environ.get('AGAIN', '1') != '0':
            report('again, to its end', folder, import_table(folder, pipe, written, None))
    finally:
        writer.terminate()
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main())
