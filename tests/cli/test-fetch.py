#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli history fetch and gaps against Python's own HTTP server: killed at any moment and begun again, halved windows, holes."""
import contextlib
import http.server
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from datetime import datetime, timezone

from program import DATA, PROGRAM, TOP, equal, main, refused, run

SECRETS = 'client=RossiArezzo77\nkey=Zcs k3yW0rdQ9xyz\n'
ADDRESS = 'portal://office/ZM1TEST00001'
HOUR = 3600
LIMIT = 60
YEAR = ('--from', '2024-01-01', '--to', '2024-12-31')
ENVIRONMENT = {**os.environ, 'TZ': 'Europe/Rome'}


def seconds(stamp):
    return datetime.fromisoformat(stamp.replace('Z', '+00:00')).timestamp()


def history(start, end):
    """A value each two hours, each its own time's."""
    first = -(-int(start) // (2 * HOUR)) * 2 * HOUR
    times = range(first, int(end) + 1, 2 * HOUR)
    return {'ts': [datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ') for t in times],
            'powerGenerating': [t / HOUR % 977 for t in times], 'batterySoC': [t / HOUR % 101 for t in times]}


ALARM = (seconds('2024-12-22T10:00:00Z'), seconds('2024-12-25T08:00:00Z'))


def alarms(start, end):
    """A packet each ten minutes; number 7 is on for three days."""
    times = range(-(-int(start) // 600) * 600, int(end) + 1, 600)
    return {'ts': [datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ') for t in times],
            'deviceAlarm': [[7] if ALARM[0] <= t < ALARM[1] else [] for t in times]}


class Cloud(http.server.ThreadingHTTPServer):
    """Any past; answer (start, end): another status, text for a span, or None."""
    daemon_threads = True

    def __init__(self, answer=lambda start, end: None):
        self.answer, self.asked = answer, []
        super().__init__(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server_address[1]}/'

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):  # pylint: disable=invalid-name
        body = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        params = next(iter(body.values()))['params']
        start, end = seconds(params['start']), seconds(params['end'])
        if 'historicData' in body:
            self.server.asked.append((start, end))
        status, text = self.server.answer(start, end) or (200, None)
        if text is None:
            found = {'historicData': history(start, end), 'deviceHistoricAlarm': alarms(start, end)}
            text = json.dumps({name: {'success': True, 'params': {'value': [{params['thingKey']: found[name]}]}}
                               for name in body})
        self.send_response(status)
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def profile(**changes):
    with open(os.path.join(TOP, 'data', 'cloud-profiles', 'azzurro-portal.json'), encoding='utf-8') as file:
        node = {**json.load(file), 'spacingMilliseconds': 0, 'retrySeconds': [], **changes}
    path = os.path.join(DATA.name, 'fast.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(node, file)
    return path


def begin(cloud, *span, **changes):
    file = tempfile.TemporaryFile('w+')
    file.write(SECRETS)
    file.flush()
    file.seek(0)
    command = [PROGRAM, 'history', 'fetch', ADDRESS, *span, '--url', cloud.url, '--profile', profile(**changes), '--credentials-fd',
               str(file.fileno())]
    assert 'k3yW0rd' not in ' '.join(command)
    with file:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=ENVIRONMENT, pass_fds=(file.fileno(),))


def fetch(cloud, *span, **changes):
    process = begin(cloud, *span, **changes)
    output, complaints = process.communicate(timeout=LIMIT)
    assert 'k3yW0rd' not in output + complaints
    return process.returncode, output, complaints


def until_asked(cloud, process, number):
    limit = time.monotonic() + LIMIT
    while len(cloud.asked) < number and process.poll() is None:
        assert time.monotonic() < limit, cloud.asked
        time.sleep(0.002)


def gaps(*span):
    code, output, complaints = run('history', 'gaps', ADDRESS, *span, '--json', env=ENVIRONMENT)
    equal((code, complaints), (0, ''))
    return [json.loads(line) for line in output.splitlines()]


def export():
    code, output, complaints = run('history', 'export', ADDRESS, '--format', 'jsonl', '--time', 'unix', env=ENVIRONMENT)
    equal((code, complaints), (0, ''))
    return output


def forget():
    shutil.rmtree(os.path.join(DATA.name, 'plancia'), ignore_errors=True)


def is_within(span, missing):
    return any(seconds(gap['from']) <= span[0] and span[1] <= seconds(gap['to']) for gap in missing)


def killed_twenty_times():
    chance = random.Random(20240101)
    forget()
    with Cloud() as cloud:
        equal(fetch(cloud, *YEAR)[0], 0)
        equal(len(cloud.asked), 366)
    undisturbed = export()
    assert undisturbed.count('\n') > 8000, len(undisturbed)
    forget()
    with Cloud() as cloud:
        for _ in range(20):
            missing = gaps(*YEAR)
            before = len(cloud.asked)
            process = begin(cloud, *YEAR)
            until_asked(cloud, process, before + chance.randint(1, 17))
            time.sleep(chance.random() / 50)
            process.kill()
            process.communicate(timeout=LIMIT)
            assert all(is_within(span, missing) for span in cloud.asked[before:]), (missing, cloud.asked[before:])
        missing, before = gaps(*YEAR), len(cloud.asked)
        assert missing
        equal(fetch(cloud, *YEAR)[0], 0)
        assert all(is_within(span, missing) for span in cloud.asked[before:])
        equal(gaps(*YEAR), [])
        equal(export(), undisturbed)
        # Nothing is left to be asked for.
        before = len(cloud.asked)
        equal(fetch(cloud, *YEAR)[:2], (0, '0 pieces fetched, 0 values.\n'))
        equal(len(cloud.asked), before)


def newest_first_by_the_clock():
    forget()
    with Cloud() as cloud:
        equal(fetch(cloud, '--from', '2024-03-30', '--to', '2024-04-01')[0], 0)
    equal(len(cloud.asked), 3)
    assert cloud.asked == sorted(cloud.asked, reverse=True), cloud.asked
    equal(sum(round((end - start) / HOUR) for start, end in cloud.asked), 71)


def a_refused_range_is_halved():
    refusal = json.dumps({'historicData': {'success': False, 'errorMessages': ['range too long']}})
    forget()
    with Cloud(lambda start, end: (200, refusal) if end - start > 6.1 * HOUR else None) as cloud:
        code, _output, complaints = fetch(cloud, '--from', '2024-06-01', '--to', '2024-06-03')
        equal((code, complaints), (0, ''))
        # Once it is known how much is too much, no more is asked for.
        equal(sum(end - start > 6.1 * HOUR for start, end in cloud.asked), 2)
    equal(gaps('--from', '2024-06-01', '--to', '2024-06-03'), [])


def holes():
    """A day that fails is a gap with its reason and is fetched again; an empty one is remembered."""
    span = ('--from', '2024-06-01', '--to', '2024-06-03')
    bad, empty = seconds('2024-06-02T06:00:00Z'), seconds('2024-06-01T06:00:00Z')
    nothing = json.dumps({'historicData': {'success': True, 'params': {'value': [{'ZM1TEST00001': {'ts': []}}]}}})

    def answer(start, end, failing=True):
        if failing and start < bad < end:
            return 503, '<html>503</html>'
        return (200, nothing) if start < empty < end else None
    forget()
    with Cloud(answer) as cloud:
        code, _output, complaints = fetch(cloud, *span)
        equal(code, 1)
        assert '503' in complaints, complaints
        gap, = gaps(*span)
        equal((gap['state'], gap['from'][:10]), ('failed', '2024-06-02'))
        assert '503' in gap['reason'], gap
        before = len(cloud.asked)
        cloud.answer = lambda start, end: answer(start, end, False)
        equal(fetch(cloud, *span)[0], 0)
        equal(len(cloud.asked), before + 1)
        equal(gaps(*span), [])


def interrupted():
    forget()
    with Cloud() as cloud:
        process = begin(cloud, *YEAR)
        until_asked(cloud, process, 5)
        process.send_signal(signal.SIGINT)
        output, complaints = process.communicate(timeout=LIMIT)
        equal(process.returncode, 1)
        assert 'Stopped' in complaints and 'fetched' in output, (output, complaints)
        equal(fetch(cloud, '--from', '2024-12-20', '--to', '2024-12-31')[0], 0)
    equal(gaps('--from', '2024-12-20', '--to', '2024-12-31'), [])


def alarms_are_kept():
    """As one interval, though it came in pieces, newest first; together with the values or in requests of their own."""
    for together in (2, 1):
        forget()
        with Cloud() as cloud:
            equal(fetch(cloud, '--from', '2024-12-20', '--to', '2024-12-28', commandsPerPost=together)[0], 0)
        path = os.path.join(DATA.name, 'plancia', 'history.sqlite')
        with contextlib.closing(sqlite3.connect(path)) as store:
            found = store.execute('SELECT id, since, until, source FROM alarm').fetchall()
        equal((together, found), (together, [(7, int(ALARM[0] * 1000), int(ALARM[1] * 1000), 'portal')]))


def refused_account():
    forget()
    with Cloud(lambda start, end: (200, 'INVALID CLIENT')) as cloud:
        code, _output, complaints = fetch(cloud, *YEAR)
        equal((code, len(cloud.asked)), (1, 1))
        assert 'INVALID CLIENT' in complaints, complaints


def wrong_use():
    refused(2, 'history', 'fetch', say='Say of what')
    refused(2, 'history', 'fetch', ADDRESS, say='--from')
    refused(2, 'history', 'gaps', say='Say of what')


main(killed_twenty_times, newest_first_by_the_clock, a_refused_range_is_halved, holes, interrupted, alarms_are_kept, refused_account, wrong_use)
