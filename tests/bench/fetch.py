#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of one device from the simulated portal into the store, over a plain loop that only downloads and throws away; and how
much memory ten years take, from their begin to their end."""
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.environ.setdefault('PLANCIA_TEST_BUILD_DIR', os.path.join(os.path.dirname(TESTS), 'build'))
sys.path[:0] = [os.path.join(TESTS, 'simulator')]
from peers import Simulator, device, scenario  # noqa: E402  pylint: disable=wrong-import-position

PROGRAM = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
PROFILE = os.path.join(os.path.dirname(TESTS), 'data', 'cloud-profiles', 'azzurro-portal.json')
CLIENT, KEY, THING = 'PlanciaDemo', 'Zcs SIMULATED001', 'ZP1ES106K00003'
ROUNDS = int(os.environ.get('ROUNDS', '3'))
PLANT = scenario(device('wifi'), device('hybrid'),
                 {'kind': 'portal', 'name': 'Portal', 'route': 'portal', 'account': 'home', 'client': CLIENT, 'key': KEY},
                 {'kind': 'thing', 'name': 'Thing', 'parent': 'Portal', 'of': 'Hybrid'}, commissioned='2015-01-01')


def plain(url, days):
    """Seconds of the loop, on one connection."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    day = datetime(2025, 1, 1, tzinfo=timezone.utc)
    for number in range(days):
        start, end = day + timedelta(number), day + timedelta(number + 1)
        params = {'thingKey': THING, 'requiredValues': '*', 'start': f'{start:%Y-%m-%dT%H:%M:%S.000Z}',
                  'end': f'{end:%Y-%m-%dT%H:%M:%S.000Z}'}
        body = json.dumps({'historicData': {'command': 'historicData', 'params': params}})
        headers = {'Client': CLIENT, 'Authorization': KEY, 'Content-Type': 'application/json'}
        try:
            connection.request('POST', '/', body, headers)
            answer = connection.getresponse().read()
        except (http.client.HTTPException, OSError):  # the server has ended the connection
            connection.close()
            connection.request('POST', '/', body, headers)
            answer = connection.getresponse().read()
        assert b'"success":true' in answer.replace(b' ', b''), answer[:200]
    return time.monotonic() - begin


def resident(pid):
    """MiB of a process now; 0: it has gone."""
    try:
        with open(f'/proc/{pid}/statm', encoding='ascii') as file:
            return int(file.read().split()[1]) * os.sysconf('SC_PAGESIZE') / 2 ** 20
    except (OSError, IndexError):
        return 0


def watch(pid, curve):
    """Appends what the process holds, ten times a second, until it ends."""
    while (now := resident(pid)) > 0:
        curve.append(now)
        time.sleep(0.1)


def thin(curve, wanted=12):
    """So many of its values, evenly, without its begin and end as a program."""
    whole = curve[1:-1] or curve
    return [whole[number * (len(whole) - 1) // (wanted - 1)] for number in range(wanted)]


def fetch(url, folder, first, last, curve=None):
    """(seconds, KiB at the most) of the program; what it holds meanwhile goes into curve."""
    profile = os.path.join(folder, 'fast.json')
    with open(PROFILE, encoding='utf-8') as file:
        node = {**json.load(file), 'spacingMilliseconds': 0}
    with open(profile, 'w', encoding='utf-8') as file:
        json.dump(node, file)
    with tempfile.TemporaryFile('w+') as secrets:
        secrets.write(f'client={CLIENT}\nkey={KEY}\n')
        secrets.flush()
        secrets.seek(0)
        begin = time.monotonic()
        process = subprocess.Popen([PROGRAM, 'history', 'fetch', f'portal://home/{THING}', '--from', first, '--to', last, '--url',
                                    url, '--profile', profile, '--credentials-fd', str(secrets.fileno())],
                                   stdout=subprocess.PIPE, pass_fds=(secrets.fileno(),), env={**os.environ, 'XDG_DATA_HOME': folder})
        threading.Thread(target=watch, args=(process.pid, curve if curve is not None else []), daemon=True).start()
        output = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    assert status == 0, output
    return time.monotonic() - begin, usage.ru_maxrss


def main():
    ratios = []
    with Simulator(PLANT) as simulator:
        url = simulator.url()
        for _ in range(ROUNDS):
            folder = tempfile.mkdtemp()
            base = plain(url, 365)
            ours, memory = fetch(url, folder, '2025-01-01', '2025-12-31')
            shutil.rmtree(folder)
            ratios.append(ours / base)
            print(f'year: plain loop {base:.2f} s, into the store {ours:.2f} s, ratio {ours / base:.2f}, {memory / 1024:.0f} MiB',
                  flush=True)
        print(f'fetch year ratio {statistics.median(ratios):.2f} (aim 2)')
        if os.environ.get('YEARS', '10') != '0':
            folder = tempfile.mkdtemp()
            last = 2015 + int(os.environ.get('YEARS', '10')) - 1
            curve = []
            seconds, memory = fetch(url, folder, '2015-01-01', f'{last}-12-31', curve)
            shutil.rmtree(folder)
            print('memory from begin to end, MiB:', ' '.join(f'{value:.0f}' for value in thin(curve)))
            print(f'fetch ten years {seconds:.1f} s, {memory / 1024:.0f} MiB at the most (aim 120)')


if __name__ == '__main__':
    main()
