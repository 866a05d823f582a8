#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli cloud against Python's own HTTP server: every failure in words, retries, certificates, no secret anywhere."""
import hashlib
import http.server
import json
import os
import ssl
import subprocess
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone

from program import DATA, PROGRAM, TOP, equal, main, run

CLIENT, KEY, TOKEN = 'RossiArezzo77', 'Zcs k3yW0rdQ9xyz', 't0kenOfTheSystem'
THING = 'ZM1TEST00001'
ADDRESS = f'portal://office/{THING}'
PAGE = '<html><head><title>502 Proxy Error</title></head></html>'
CERTIFICATES = os.path.join(TOP, 'data', 'scenarios')


def stamp(**ago):
    return (datetime.now(timezone.utc) - timedelta(**ago)).strftime('%Y-%m-%dT%H:%M:%SZ')


def value(command, node):
    return {command: {'success': True, 'params': {'value': [{THING: node}]}}}


REALTIME = {'powerGenerating': 4180, 'energyGenerating': 12.5, 'energyGeneratingTotal': 900.1, 'newField': 7}


class Cloud(http.server.ThreadingHTTPServer):
    """Answers with what is in a list, the last one for ever: (status, body, headers) or a function of the request."""
    daemon_threads = True

    def __init__(self, *answers, certificate=None):
        self.answers, self.requests, self.times = list(answers), [], []
        super().__init__(('127.0.0.1', 0), Handler)
        scheme = 'http'
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(os.path.join(CERTIFICATES, certificate))
            self.socket = context.wrap_socket(self.socket, server_side=True)
            scheme = 'https'
        self.url = f'{scheme}://127.0.0.1:{self.server_address[1]}/'

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):  # pylint: disable=invalid-name
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        self.server.requests.append((self.path, dict(self.headers.items()), json.loads(body)))
        self.server.times.append(time.monotonic())
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer(self)
        if answer is None:
            return
        status, text, *headers = answer
        data = (json.dumps(text) if isinstance(text, dict) else text).encode()
        self.send_response(status)
        for name, content in (headers[0] if headers else {}).items():
            self.send_header(name, content)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def ask(verb, address, cloud, *arguments, secrets=f'client={CLIENT}\nkey={KEY}\ntoken={TOKEN}\n', **options):
    """The program with its secrets in a file that only it can read."""
    with tempfile.TemporaryFile('w+') as file:
        file.write(secrets)
        file.flush()
        file.seek(0)
        done = run('cloud', verb, address, *(('--url', cloud.url) if cloud else ()), '--credentials-fd',
                   str(file.fileno()), *arguments, pass_fds=(file.fileno(),), **options)
    for secret in (CLIENT, KEY, KEY.split()[1], TOKEN):
        assert secret not in done[1] + done[2], (secret, done)
    return done


def accepted():
    ok = (200, value('realtimeData', {**REALTIME, 'lastUpdate': stamp(minutes=4)}))
    with Cloud(ok) as cloud:
        code, output, complaints = ask('test', ADDRESS, cloud)
        equal((code, complaints), (0, ''))
        assert '4 values' in output and '4\u00a0min ago' in output, output
        path, headers, body = cloud.requests[0]
    equal(path, '/')
    equal((headers['Authorization'], headers['Client'], headers['Content-Type']), (KEY, CLIENT, 'application/json'))
    equal(body, {'realtimeData': {'command': 'realtimeData', 'params': {'thingKey': THING, 'requiredValues': '*'}}})


def blanks_are_trimmed():
    with Cloud((200, value('realtimeData', REALTIME))) as cloud:
        equal(ask('test', ADDRESS, cloud, secrets=f'client=  {CLIENT} \r\nkey={KEY}\t\r\n')[0], 0)
        equal(cloud.requests[0][1]['Client'], CLIENT)


def only_the_credentials():
    with Cloud((200, {'realtimeData': {'success': True, 'params': {'value': []}}})) as cloud:
        code, output, complaints = ask('test', 'portal://office', cloud)
    equal((code, complaints), (0, ''))
    assert 'accepted' in output, output


FAILURES = (
    ((200, 'INVALID CLIENT'), 'INVALID CLIENT', 1),
    ((401, ''), '401', 1),
    ((403, '{}'), '403', 1),
    ((502, PAGE), '502', 4),
    ((503, PAGE), '503', 4),
    ((429, ''), '429', 4),
    ((200, ''), 'got nothing', 4),
    ((200, PAGE), 'web page', 4),
    ((200, '{"realtimeData":{"succ'), 'expected JSON', 4),
    ((200, {'realtimeData': {'success': False, 'errorCodes': [-90008], 'errorMessages': ['thing not found']}}),
     'thing not found, -90008', 1),
    ((200, {'realtimeData': {'success': True, 'params': {'value': []}}}), 'nothing about this serial number', 1),
    ((200, value('realtimeData', {})), 'no values', 1),
    ((404, ''), '404', 1),
)


def hurried():
    """The Portal's profile, without a pause between two tries."""
    with open(os.path.join(TOP, 'data', 'cloud-profiles', 'azzurro-portal.json'), encoding='utf-8') as file:
        profile = json.load(file)
    profile['retrySeconds'] = [0, 0, 0]
    path = os.path.join(DATA.name, 'hurried.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(profile, file)
    return path


def failures_and_tries():
    for answer, words, tries in FAILURES:
        with Cloud(answer) as cloud:
            code, output, complaints = ask('realtime', ADDRESS, cloud, '--profile', hurried())
            equal((words, code, output), (words, 1, ''))
            assert words in complaints, complaints
            equal((words, len(cloud.requests)), (words, tries))
        with Cloud(answer) as cloud:
            equal((words, ask('test', ADDRESS, cloud)[0], len(cloud.requests)), (words, 1, 1))


def comes_back():
    good = (200, value('realtimeData', REALTIME))
    with Cloud((503, PAGE), (200, ''), good) as cloud:
        code, output, complaints = ask('realtime', ADDRESS, cloud)
        assert cloud.times[2] - cloud.times[1] > cloud.times[1] - cloud.times[0], cloud.times
        equal((code, complaints, len(cloud.requests)), (0, '', 3))
    assert 'powerGenerating' in output, output


def waits_as_it_is_told():
    good = (200, value('realtimeData', REALTIME))
    with Cloud((429, '', {'Retry-After': '2'}), good) as cloud:
        equal(ask('realtime', ADDRESS, cloud)[0], 0)
        assert cloud.times[1] - cloud.times[0] >= 1.9, cloud.times
    # Too long to be waited for: that is for another day.
    with Cloud((503, '', {'Retry-After': '3600'}), good) as cloud:
        equal((ask('realtime', ADDRESS, cloud)[0], len(cloud.requests)), (1, 1))


def nobody_there():
    with Cloud((200, '')) as cloud:
        pass
    code, _, complaints = ask('test', ADDRESS, cloud)
    equal(code, 1)
    assert 'refused' in complaints.lower() or 'connect' in complaints.lower(), complaints


def an_endless_answer():
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b' ' * (1 << 20))
        except OSError:
            pass
    with Cloud(endless) as cloud:
        code, _, complaints = ask('test', ADDRESS, cloud)
    equal(code, 1)
    assert 'more than' in complaints, complaints


def realtime_with_units():
    node = {**REALTIME, 'lastUpdate': stamp(minutes=2), 'batterySoC': 55, 'temperature': None}
    with Cloud((200, value('realtimeData', node))) as cloud:
        code, output, complaints = ask('realtime', ADDRESS, cloud, '--json')
    equal((code, complaints), (0, ''))
    found = json.loads(output)
    by_key = {r['key']: (r['value'], r['unit'], r['quality']) for r in found['readings']}
    equal(by_key, {'powerGenerating': (4180, 'W', 'good'), 'energyGenerating': (12.5, 'kWh', 'good'),
                   'energyGeneratingTotal': (900.1, 'kWh', 'good'), 'newField': (7, '', 'good'),
                   'batterySoC': (55, '%', 'good')})
    assert 100 < found['age'] < 200, found['age']


def yesterday_is_not_today():
    node = {**REALTIME, 'lastUpdate': stamp(days=2)}
    with Cloud((200, value('realtimeData', node))) as cloud:
        found = json.loads(ask('realtime', ADDRESS, cloud, '--json')[1])
    energy = [r for r in found['readings'] if r['key'] == 'energyGenerating'][0]
    equal(energy['value'], 0)
    assert 'midnight' in energy['message'], energy


def alarms_now():
    both = {**value('realtimeData', REALTIME), **value('deviceAlarm', {'deviceAlarm': [2, 4], 'lastUpdate': stamp()})}
    with Cloud((200, both)) as cloud:
        found = json.loads(ask('alarms', ADDRESS, cloud, '--json')[1])
        equal(sorted(cloud.requests[0][2]), ['deviceAlarm', 'realtimeData'])
    equal([(a['id'], a['until']) for a in found['alarms']], [(2, None), (4, None)])


def alarms_of_the_past():
    """Three days in three questions; what goes over a border is one interval."""
    def answer(handler):
        params = handler.server.requests[-1][2]['deviceHistoricAlarm']['params']
        day = params['start'][:10]
        cells = {'2025-06-09': ['[]', '[7]'], '2025-06-10': ['[7]', '[7,2]'], '2025-06-11': ['[2]', '[]']}[day]
        text = (f'{{"deviceHistoricAlarm":{{"success":true,"params":{{"value":[{{"{THING}":{{"ts":["{day}T08:00:00Z",'
                f'"{day}T09:00:00Z"],"deviceAlarm":[{cells[0]},{cells[1]}]}}}}]}}}}}}')
        return 200, text
    with Cloud(answer) as cloud:
        code, output, complaints = ask('alarms', ADDRESS, cloud, '--json', '--from', '2025-06-09T00:00:00Z', '--to',
                                       '2025-06-12T00:00:00Z')
        equal([r[2]['deviceHistoricAlarm']['params']['end'] for r in cloud.requests],
              ['2025-06-09T23:59:59.999Z', '2025-06-10T23:59:59.999Z', '2025-06-11T23:59:59.999Z'])
    equal((code, complaints), (0, ''))
    equal([(a['id'], a['since'][:16], a['until'][:16]) for a in json.loads(output)['alarms']],
          [(7, '2025-06-09T09:00', '2025-06-10T09:00'), (2, '2025-06-10T09:00', '2025-06-11T09:00')])


def another_profile():
    """The unpublished cloud, corrected by hand: other names, paths, header, zone and units."""
    profile = {'name': 'mine', 'baseUrl': 'https://example.invalid/', 'headers': {'X-Token': 'T {token}'},
               'commands': {'realtime': 'now'}, 'paths': {'realtime': '/api/now'},
               'request': {'keyParam': 'sn', 'valuesParam': 'what', 'allValues': 'all'},
               'answer': {'success': '/done', 'value': '/data'}, 'future': {'kept': True},
               'aliases': {'P_PV': {'to': 'powerGenerating', 'factor': 1000}, 'at': 'lastUpdate'}}
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(profile, file)
        file.flush()
        with Cloud((200, {'done': True, 'data': {THING: {'P_PV': 1.5, 'at': stamp(minutes=1)}}})) as cloud:
            code, output, complaints = ask('realtime', f'system://new/{THING}', cloud, '--profile', file.name, '--json')
            path, headers, body = cloud.requests[0]
    equal((code, complaints), (0, ''))
    equal((path, headers['X-Token']), ('/api/now', f'T {TOKEN}'))
    equal(body, {'now': {'command': 'now', 'params': {'sn': THING, 'what': 'all'}}})
    equal(json.loads(output)['readings'][0]['value'], 1500)


def a_profile_that_is_wrong():
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        file.write('{"name":"mine","baseUrl":"http://example.org/","headers":{},"commands":{"realtime":"x"}}')
        file.flush()
        code, _, complaints = ask('test', ADDRESS, None, '--profile', file.name)
    equal(code, 2)
    assert 'baseUrl' in complaints and 'in clear' in complaints, complaints


def the_system_has_no_address():
    code, _, complaints = ask('test', 'system://new', None)
    equal(code, 1)
    assert 'nobody has said where the service is' in complaints, complaints


def fingerprint(name):
    with open(os.path.join(CERTIFICATES, name), encoding='ascii') as file:
        text = file.read()
    begin, end = '-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(text[text.index(begin):text.index(end) + len(end)])).hexdigest()


def certificates():
    """Not trusted: shown, and nothing sent. Trusted: works. Another one than the trusted: blocked."""
    good = (200, value('realtimeData', REALTIME))
    first, other = fingerprint('certificate.pem'), fingerprint('other-certificate.pem')
    with Cloud(good, certificate='certificate.pem') as cloud:
        code, output, complaints = ask('test', ADDRESS, cloud)
        equal((code, cloud.requests), (1, []))
        assert first in complaints and first[:2].upper() + ':' in output and 'issued by' in output, (output, complaints)
        equal(ask('test', ADDRESS, cloud, '--trust', first.upper())[0], 0)
        equal(len(cloud.requests), 1)
        code, _, complaints = ask('test', ADDRESS, cloud, '--trust', other)
        equal((code, len(cloud.requests)), (1, 1))
        assert other in complaints and first in complaints, complaints


def secrets_are_nowhere():
    """Not in what is printed (ask checks that), logged, shown of the exchange, or kept; a server that repeats them too."""
    echo = (200, {'realtimeData': {'success': False, 'message': f'no {CLIENT} with {KEY} or {KEY.split()[1]}'}})
    environment = {**os.environ, 'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': '1'}
    with Cloud(echo) as cloud:
        code, output, complaints = ask('test', ADDRESS, cloud, '--exchange', env=environment)
        equal(code, 1)
        assert cloud.requests[0][1]['Authorization'] == KEY
        assert 'POST / HTTP/1.1' in output and '••••' in output and '••••' in complaints, (output, complaints)
    for folder, _, names in os.walk(DATA.name):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                kept = file.read()
            assert CLIENT.encode() not in kept and KEY.split()[1].encode() not in kept, name


def wrong_use():
    for arguments, words in ((('cloud',), 'Say what'), (('cloud', 'test'), 'Say which'),
                             (('cloud', 'realtime', 'portal://a'), 'which device'),
                             (('cloud', 'test', 'modbus-tcp://127.0.0.1/1'), 'account of a cloud'),
                             (('cloud', 'alarms', ADDRESS, '--to', '2025-01-01T00:00:00Z'), '--from'),
                             (('cloud', 'test', ADDRESS, '--trust', 'abc'), '--trust')):
        code, output, complaints = run(*arguments)
        equal((arguments, code, output), (arguments, 2, ''))
        assert words in complaints, complaints
    with tempfile.TemporaryFile('w+') as file:
        file.write('secretWithoutAName\n')
        file.flush()
        file.seek(0)
        code, output, complaints = run('cloud', 'test', ADDRESS, '--credentials-fd', str(file.fileno()),
                                       pass_fds=(file.fileno(),))
    equal((code, output), (2, ''))
    assert 'secretWithoutAName' not in complaints and 'client=' in complaints, complaints


def no_credentials():
    code, _, complaints = run('cloud', 'test', ADDRESS)
    equal(code, 1)
    assert 'no usable "client"' in complaints, complaints


def ends_at_once():
    def silent(handler):
        time.sleep(20)
    with Cloud(silent) as cloud:
        with subprocess.Popen([PROGRAM, 'cloud', 'test', ADDRESS, '--url', cloud.url, '--credentials-fd', '0'],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(f'client={CLIENT}\nkey={KEY}\n'.encode())
            process.stdin.close()
            limit = time.monotonic() + 20
            while not cloud.requests and time.monotonic() < limit:
                time.sleep(0.02)
            equal(len(cloud.requests), 1)
            process.terminate()
            process.wait(timeout=10)
            assert process.returncode != 0, process.returncode


if __name__ == '__main__':
    main(accepted, blanks_are_trimmed, only_the_credentials, failures_and_tries, comes_back, waits_as_it_is_told,
         nobody_there, an_endless_answer, realtime_with_units, yesterday_is_not_today, alarms_now, alarms_of_the_past,
         another_profile, a_profile_that_is_wrong, the_system_has_no_address, certificates, secrets_are_nowhere, wrong_use,
         no_credentials, ends_at_once)
