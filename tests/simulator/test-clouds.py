#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""curl talks to both simulated clouds: profiles, kinds of devices, faults, writes with a callback, TLS, ten years."""
import http.server
import json
import os
import threading
import time
from datetime import datetime, timedelta, timezone

from peers import Simulator, device, equal, main, run, scenario

CLIENT = 'PlanciaDemo'
KEY = 'Zcs SIMULATED001'
TOKEN = 'SimulatedToken0001'
HYBRID = 'ZP1ES106K00003'
SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures')
LIMIT = 20


def thing(account, name='Thing', of='Hybrid', **more):
    return {'kind': 'thing', 'name': name, 'parent': account, 'of': of, **more}


def portal(**more):
    return {'kind': 'portal', 'name': 'Portal', 'route': 'portal', 'account': 'home', 'client': CLIENT, 'key': KEY, **more}


def system(**more):
    return {'kind': 'portal', 'name': 'System', 'route': 'system', 'account': 'new', 'token': TOKEN, 'callback_delay': 0.2,
            'callback_late': 0.8, **more}


def plant(cloud, *things, **changes):
    things = things or (thing(cloud['name']),)
    return scenario(device('wifi'), device('hybrid'), cloud, *things, **changes)


def command(name, keys=HYBRID, wanted='*', **more):
    return {name: {'command': name, 'params': {'thingKey': keys, 'requiredValues': wanted, **more}}}


def span(start, end):
    return {'start': start, 'end': end}


DAY = span('2026-06-10T22:00:00.000Z', '2026-06-11T21:59:59.999Z')


def headers(cloud, token=TOKEN):
    if cloud == 'system':
        return ['-H', f'Authorization: Bearer {token}']
    return ['-H', f'Authorization: {KEY}', '-H', f'Client: {CLIENT}']


def post(simulator, cloud, body, *options, path='', limit='15'):
    """(HTTP status, headers, body); status 0 if curl gave up."""
    text = body if isinstance(body, str) else json.dumps(body)
    code, output, _ = run('curl', '-s', '-i', '-m', limit, '-d', text, *headers(cloud), *options, simulator.url() + path)
    if code != 0:
        return 0, '', ''
    head, _, answer = output.partition('\r\n\r\n') if '\r\n\r\n' in output else output.partition('\n\n')
    return int(head.split()[1]), head, answer


def get(simulator, path, *options):
    return json.loads(run('curl', '-s', '-m', '10', *options, f'{simulator.url()}simulator/{path}')[1])


def set_fault(simulator, name, fault, *options):
    status, _, answer = post(simulator, 'portal', {'device': name, 'fault': fault}, *options, path='simulator/fault')
    equal((status, answer), (204, ''))


def ask(simulator, cloud, body, name=None):
    status, _, answer = post(simulator, cloud, body)
    equal(status, 200)
    found = json.loads(answer)
    return found[name] if name else found


def values(simulator, cloud, name, keys=HYBRID, **more):
    answer = ask(simulator, cloud, command(name, keys, **more), name)
    equal(answer['success'], True)
    return {key: value for element in answer['params']['value'] for key, value in element.items()}


def instant(stamp):
    return datetime.strptime(stamp, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc)


# --- profiles and kinds --------------------------------------------------------------------------


def sample_requests_are_understood():
    with open(os.path.join(SAMPLES, 'portal', 'portal-requests.json'), encoding='utf-8') as file:
        samples = json.load(file)
    things = [thing('Portal', 'a', serial='ZM1TEST00001'), thing('Portal', 'b', serial='ZA1TEST00002', model='string'),
              thing('Portal', 'c', serial='9900000003', model='meter')]
    with Simulator(plant(portal(), *things, commissioned='2025-03-01')) as simulator:
        for name, sample in samples.items():
            if name.startswith('_'):
                continue
            answer = ask(simulator, 'portal', sample['body'])
            equal(sorted(answer), sorted(sample['body']))
            for one in sample['body']:
                equal(answer[one]['success'], True)
                wanted = [k.strip() for k in sample['body'][one]['params']['thingKey'].split(',')]
                equal([list(e)[0] for e in answer[one]['params']['value']], wanted)


def same_shape_as_the_samples():
    """What the sample answers have for a hybrid, the simulated hybrid has too, and nothing else."""
    things = [thing('Portal', 'a', serial='ZM1TEST00001'), thing('Portal', 'b', serial='ZA1TEST00002', model='string'),
              thing('Portal', 'c', serial='9900000003', model='meter')]
    with open(os.path.join(SAMPLES, 'portal', 'portal-realtime-ok.json'), encoding='utf-8') as file:
        sample = {k: v for e in json.load(file)['realtimeData']['params']['value'] for k, v in e.items()}
    with Simulator(plant(portal(), *things, start='2026-06-12T11:00:00+02:00')) as simulator:
        found = values(simulator, 'portal', 'realtimeData', ','.join(sample))
    for key, fields in sample.items():
        equal(sorted(found[key]), sorted(fields))


def kinds_of_devices():
    things = [thing('Portal', model, serial=f'K{number}', model=model)
              for number, model in enumerate(('string', 'hybrid', 'hybrid-2', 'meter', 'storage'))]
    with Simulator(plant(portal(), *things, start='2026-06-12T11:00:00+02:00')) as simulator:
        now = values(simulator, 'portal', 'realtimeData', 'K0,K1,K2,K3,K4')
        past = values(simulator, 'portal', 'historicData', 'K0,K1,K2,K3,K4', **DAY)
        alarms = values(simulator, 'portal', 'deviceAlarm', 'K0,K3')
    assert 'batterySoC' not in now['K0'] and 'temperature' in past['K0']
    assert {'batterySoC', 'batteryCycletime'} <= set(now['K1']) and 'batterySoC2' not in now['K1']
    assert {'batterySoC2', 'batteryCycletime2'} <= set(now['K2']) and {'batterySoC2'} <= set(past['K2'])
    equal(now['K3']['energyImporting'], now['K3']['energyImportingTotal'])
    assert not {'temperature', 'powerDC', 'voltageDC', 'currentDC'} & set(past['K4'])
    assert {'voltageAC', 'batterySoC'} <= set(past['K4'])
    equal((alarms['K3'], 'deviceAlarm' in alarms['K0']), ({}, True))


def token_of_the_system():
    with Simulator(plant(system())) as simulator:
        equal(post(simulator, 'portal', command('realtimeData'))[0], 401)
        code, output, _ = run('curl', '-s', '-m', '10', '-o', '/dev/null', '-w', '%{http_code}', '-d', '{}', '-H',
                              'authorization: Bearer Other', simulator.url())
        equal((code, output), (0, '401'))
        assert values(simulator, 'system', 'realtimeData')[HYBRID]['powerConsuming'] >= 0
        # Credentials are in no listing.
        assert TOKEN not in json.dumps(simulator.served)


def six_days_of_the_system():
    with Simulator(plant(system())) as simulator:
        found = values(simulator, 'system', 'historicData', **span('2026-06-04T22:00:00Z', '2026-06-10T22:00:00Z'))
        assert 1650 < len(found[HYBRID]['ts']) < 1740, len(found[HYBRID]['ts'])
        answer = ask(simulator, 'system', command('historicData', **span('2026-06-04T22:00:00Z', '2026-06-10T22:00:01Z')))
        equal((answer['historicData']['success'], answer['historicData']['errorMessages']), (False, ['range over 144 hours']))


def ranges_over_the_limit():
    two_days = command('historicData', **span('2026-06-08T22:00:00Z', '2026-06-10T22:00:00Z'))

    def length(simulator):
        answer = ask(simulator, 'portal', two_days, 'historicData')
        return len(answer['params']['value'][0][HYBRID]['ts']) if answer['success'] else 0
    with Simulator(plant(portal(range='cut'))) as simulator:
        assert 270 < length(simulator) < 295
    with Simulator(plant(portal(range='serve'))) as simulator:
        assert 560 < length(simulator) < 580
    with Simulator(plant(portal())) as simulator:
        equal(length(simulator), 0)
        set_fault(simulator, 'Portal', 'range-cut')
        assert 270 < length(simulator) < 295
        set_fault(simulator, 'Portal', 'range-served')
        assert 560 < length(simulator) < 580


def clock_changes():
    for start, end, hours in (('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', 23), ('2025-10-25T22:00:00Z', '2025-10-26T22:59:59Z', 25)):
        with Simulator(plant(system(), commissioned='2025-10-01')) as simulator:
            found = values(simulator, 'system', 'historicData', **span(start, end))[HYBRID]
        times = sorted(zip(found['ts'], found['energyConsuming'], found['energyGenerating']))
        assert abs(len(set(found['ts'])) - hours * 12) < 10, len(times)
        # Counters begin and end with the local day.
        assert times[0][1] < 0.2 and times[0][2] == 0, times[0]
        assert times[-1][1] > 2 and times[-1][2] > 2, times[-1]
        equal(times[-1][2], max(row[2] for row in times))


def ten_years():
    with Simulator(plant(portal(), commissioned='2016-06-01')) as simulator:
        totals = []
        for year in range(2016, 2026):
            found = values(simulator, 'portal', 'historicData', **span(f'{year}-08-01T00:00:00Z', f'{year}-08-01T23:59:59Z'))
            rows = sorted(zip(found[HYBRID]['ts'], found[HYBRID]['energyGeneratingTotal']))
            assert 260 < len(rows) < 295, len(rows)
            totals.append(rows[0][1])
        # The same again: computed, not invented anew.
        again = values(simulator, 'portal', 'historicData', **span('2019-08-01T00:00:00Z', '2019-08-01T23:59:59Z'))[HYBRID]
        equal(sorted(zip(again['ts'], again['energyGeneratingTotal']))[0][1], totals[3])
    years = [b - a for a, b in zip(totals, totals[1:])]
    assert all(5000 < energy < 12000 for energy in years), years


def jitter_and_order():
    seen, seconds = set(), set()
    with Simulator(plant(portal())) as simulator:
        for _ in range(6):
            body = post(simulator, 'portal', command('realtimeData'))[2]
            seen.add(tuple(json.loads(body)['realtimeData']['params']['value'][0][HYBRID]))
        stamps = sorted(set(values(simulator, 'portal', 'historicData', **DAY)[HYBRID]['ts']))
    assert len(seen) > 2, seen
    steps = [(instant(b) - instant(a)).total_seconds() for a, b in zip(stamps, stamps[1:])]
    single = [s for s in steps if s < 500]
    assert 275 <= min(single) < 290 and 310 < max(single) <= 325, (min(single), max(single))
    seconds = {instant(s).second for s in stamps}
    assert len(seconds) > 15, seconds


# --- faults --------------------------------------------------------------------------------------


def faults_of_the_server():
    with Simulator(plant(portal(invalid_status=403))) as simulator:
        def answer(fault, limit='15'):
            set_fault(simulator, 'Portal', fault)
            return post(simulator, 'portal', command('realtimeData'), limit=limit)
        equal(answer('invalid-client')[::2], (403, 'INVALID CLIENT'))
        equal(answer('401')[::2], (401, ''))
        status, head, _ = answer('429')
        equal((status, 'retry-after: 5' in head.lower()), (429, True))
        for code in (502, 503):
            status, head, body = answer(str(code))
            equal((status, 'text/html' in head, body.startswith('<html>')), (code, True, True))
        equal(answer('empty')[::2], (200, ''))
        status, head, body = answer('html')
        equal((status, 'text/html' in head, body.startswith('<html>')), (200, True, True))
        equal(answer('cut')[0], 200)
        equal(answer('close')[0], 0)
        equal(answer('silent', '0.7')[0], 0)
        equal(answer('delay-4', '3')[0], 0)
        equal(answer('delay-12', '1')[0], 0)
        status, head, body = answer('huge')
        assert status == 200 and len(body) > 32 * 1024 * 1024
        equal(answer('none')[0], 200)
        equal(post(simulator, 'portal', {'device': 'Portal', 'fault': 'odd'}, path='simulator/fault')[0], 400)
        equal(post(simulator, 'portal', '[', path='simulator/fault')[0], 400)


def rate_limits():
    with Simulator(plant(portal(rate=3))) as simulator:
        equal([post(simulator, 'portal', command('realtimeData'))[0] for _ in range(5)], [200, 200, 200, 502, 502])
        equal(get(simulator, 'requests'), {'requests': 5})
    with Simulator(plant(system(), ), '--fault', 'System=rate-limit') as simulator:
        found = [post(simulator, 'system', command('realtimeData'))[:2] for _ in range(11)]
        equal([status for status, _ in found], [200] * 10 + [429])
        assert 'retry-after' in found[-1][1].lower()


def faults_of_commands():
    with Simulator(plant(portal())) as simulator:
        set_fault(simulator, 'Portal', 'refused-command')
        answer = ask(simulator, 'portal', command('realtimeData'), 'realtimeData')
        equal(answer, {'success': False, 'errorCodes': [-90008], 'errorMessages': ['thing not found']})
        set_fault(simulator, 'Portal', 'empty-value')
        equal(ask(simulator, 'portal', command('realtimeData'), 'realtimeData')['params'], {'value': []})


def faults_of_one_thing():
    things = [thing('Portal', 'A', serial='A'), thing('Portal', 'B', serial='B')]
    with Simulator(plant(portal(), *things, start='2026-06-12T12:00:00+02:00')) as simulator:
        plain = values(simulator, 'portal', 'realtimeData', 'A')['A']
        good = values(simulator, 'portal', 'historicData', 'B', **DAY)['B']

        def now(fault):
            set_fault(simulator, 'A', fault)
            found = values(simulator, 'portal', 'realtimeData', 'A,B')
            assert found['B']['powerConsuming'] > 0
            return found.get('A')

        def past(fault):
            set_fault(simulator, 'A', fault)
            found = values(simulator, 'portal', 'historicData', 'A', **DAY)['A']
            return found, list(zip(*[found['ts']]))
        equal(now('missing-thing'), None)
        equal(now('empty-thing'), {})
        assert None in now('null-cells').values()
        assert all(v == 0 for k, v in now('zero-burst').items() if k.startswith(('energy', 'power', 'battery')))
        assert any(isinstance(v, str) for k, v in now('text-number').items() if k.startswith('power'))
        # One answer of two is an hour older.
        ages = {instant(now('back-in-time')['lastUpdate']) for _ in range(4)}
        assert timedelta(minutes=55) < max(ages) - min(ages) < timedelta(minutes=65), ages
        frozen = [now('frozen') for _ in range(2)]
        equal(frozen[0], frozen[1] | {})
        gap = instant(plain['lastUpdate']) - instant(frozen[0]['lastUpdate'])
        assert timedelta(hours=3, minutes=50) < gap < timedelta(hours=4, minutes=10), gap
        stuck = now('stuck-power')
        assert instant(stuck['lastUpdate']) >= instant(plain['lastUpdate'])

        found, _ = past('null-cells')
        assert None in found['ts'] and None in found['powerConsuming']
        found, _ = past('zero-burst')
        assert found['energyGeneratingTotal'].count(0) >= 4, found['energyGeneratingTotal']
        found, _ = past('text-number')
        assert sum(isinstance(v, str) for v in found['powerConsuming']) > 80
        found, _ = past('duplicate-ts')
        assert len(found['ts']) - len(set(found['ts'])) > 20
        found, _ = past('unsorted-ts')
        assert sum(a > b for a, b in zip(found['ts'], found['ts'][1:])) > 20
        found, _ = past('short-array')
        equal(sorted({len(found['ts']) - len(v) for v in found.values()}), [0, 1])
        equal({len(v) for v in good.values()}, {len(good['ts'])})


def stale_power_stands_still():
    with Simulator(plant(portal(), start='2026-06-12T12:00:00+02:00', speed=600)) as simulator:
        set_fault(simulator, 'Thing', 'stuck-power')
        first = values(simulator, 'portal', 'realtimeData')[HYBRID]
        limit = time.monotonic() + LIMIT
        later = first
        while later['lastUpdate'] == first['lastUpdate'] and time.monotonic() < limit:
            later = values(simulator, 'portal', 'realtimeData')[HYBRID]
        assert later['lastUpdate'] > first['lastUpdate']
        for name in ('powerGenerating', 'energyGenerating', 'energyGeneratingTotal'):
            equal(later[name], first[name])


def self_signed():
    with Simulator(plant(portal(tls='self-signed'))) as simulator:
        assert simulator.url().startswith('https://')
        equal(post(simulator, 'portal', command('realtimeData'))[0], 0)
        status, _, answer = post(simulator, 'portal', command('realtimeData'), '-k')
        equal((status, json.loads(answer)['realtimeData']['success']), (200, True))
        first, second = fingerprint(simulator), None
        equal(fingerprint(simulator), first)
        set_fault(simulator, 'Portal', 'other-certificate', '-k')
        second = fingerprint(simulator)
        assert second != first
        set_fault(simulator, 'Portal', 'none', '-k')
        equal(fingerprint(simulator), first)


def fingerprint(simulator):
    import hashlib
    import socket
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    port = int(simulator.url().rsplit(':', 1)[1].rstrip('/'))
    with socket.create_connection(('127.0.0.1', port), timeout=10) as plain:
        with context.wrap_socket(plain) as secure:
            return hashlib.sha256(secure.getpeercert(True)).hexdigest()


# --- writes --------------------------------------------------------------------------------------


class Service:
    """The callback service of a customer, as any web server."""

    def __enter__(self):
        bodies = self.bodies = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # pylint: disable=invalid-name
                bodies.append(json.loads(self.rfile.read(int(self.headers['Content-Length']))))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_address[1]}/callback'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait(self, count):
        limit = time.monotonic() + LIMIT
        while len(self.bodies) < count and time.monotonic() < limit:
            time.sleep(0.02)
        equal(len(self.bodies), count)
        return self.bodies


def write(url, identifier='7d0c2f1e-0001', registers=None, keys=HYBRID):
    params = {'thingKey': keys, 'requestId': identifier, 'registers': registers or [{'address': 4368, 'values': [1]}]}
    if url:
        params['callbackUrl'] = url
    return {'write': {'command': 'write', 'params': params}}


def wait_for(simulator, test):
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit:
        writes = get(simulator, 'writes')
        if test(writes):
            return writes
        time.sleep(0.05)
    raise AssertionError(get(simulator, 'writes'))


def a_write_and_its_callback():
    with open(os.path.join(SAMPLES, 'system', 'write-callback.json'), encoding='utf-8') as file:
        sample = json.load(file)['ok']
    with Service() as service, Simulator(plant(system())) as simulator:
        answer = ask(simulator, 'system', write(service.url), 'write')
        equal(answer['success'], True)
        element = answer['params']['value'][0][HYBRID]
        equal((element['requestId'], element['status']), ('7d0c2f1e-0001', 'accepted'))
        body = service.wait(1)[0]
        equal(list(body), list(sample))
        found = body['writeCallback']['params']['value'][0][HYBRID]
        equal(sorted(found), sorted(sample['writeCallback']['params']['value'][0]['ZM1TEST00001']))
        equal((found['requestId'], found['status'], found['registers']),
              ('7d0c2f1e-0001', 'done', [{'address': 4368, 'result': 'ok'}]))
        done = wait_for(simulator, lambda writes: writes[0]['callbacks'] == 1)
        equal((len(done), done[0]['applied'], done[0]['status']), (1, True, 200))


def the_sample_write_is_understood():
    with open(os.path.join(SAMPLES, 'system', 'write-request.json'), encoding='utf-8') as file:
        sample = json.load(file)
    del sample['_basis']
    with Simulator(plant(system(), thing('System', serial='ZM1TEST00001'))) as simulator:
        answer = ask(simulator, 'system', sample, 'write')
        equal(answer['params']['value'][0]['ZM1TEST00001']['status'], 'accepted')


def variants_of_the_callback():
    with Service() as service, Simulator(plant(system(callback_url=service.url))) as simulator:
        def send(fault, identifier):
            set_fault(simulator, 'System', fault)
            equal(ask(simulator, 'system', write(None, identifier), 'write')['success'], True)
        send('callback-failed', 'f')
        body = service.wait(1)[0]['writeCallback']
        equal((body['success'], body['errorCodes'], body['errorMessages']), (False, [2], ['illegal data address']))
        equal(body['params']['value'][0][HYBRID]['registers'], [{'address': 4368, 'result': 'error', 'exception': 2}])
        send('callback-twice', 't')
        bodies = service.wait(3)
        equal(bodies[1]['writeCallback']['params']['value'][0][HYBRID]['requestId'],
              bodies[2]['writeCallback']['params']['value'][0][HYBRID]['requestId'])
        send('callback-wrong-id', 'w')
        equal(service.wait(4)[3]['writeCallback']['params']['value'][0][HYBRID]['requestId'], 'w-other')
        send('callback-never', 'n')
        send('callback-lost', 'l')
        send('callback-late', 'late')
        wait_for(simulator, lambda writes: writes[3]['applied'] and writes[5]['applied'])
        equal(len(service.bodies), 4)
        equal(service.wait(5)[4]['writeCallback']['params']['value'][0][HYBRID]['requestId'], 'late')
        equal([w['applied'] for w in get(simulator, 'writes')], [False, True, True, True, False, True])


def writes_that_are_refused():
    things = [thing('System'), thing('System', 'Other', serial='X1', owned='no'), thing('System', 'Gprs', serial='X2', logger='other')]
    with Simulator(plant(system(), *things)) as simulator:
        def refusal(body):
            answer = ask(simulator, 'system', body, 'write')
            equal(answer['success'], False)
            return answer['errorMessages'][0]
        assert 'owner' in refusal(write(None, keys='X1'))
        assert 'logger' in refusal(write(None, keys='X2'))
        assert 'thing' in refusal(write(None, keys='X3'))
        for bad in ([], [{'address': 1}], [{'address': 70000, 'values': [1]}], [{'address': 1, 'values': [65536]}],
                    [{'address': 1, 'values': []}], [{'address': 1, 'values': ['1']}], 7):
            assert 'mandatory' in refusal({'write': {'command': 'write', 'params': {
                'thingKey': HYBRID, 'requestId': 'a', 'registers': bad}}})
        assert 'mandatory' in refusal(write(None, identifier=''))
        set_fault(simulator, 'System', 'write-offline')
        assert 'on line' in refusal(write(None))
        set_fault(simulator, 'System', 'write-refused')
        assert 'owner' in refusal(write(None))
        assert not any(w['applied'] for w in get(simulator, 'writes'))
    # The Portal does not write.
    with Simulator(plant(portal())) as simulator:
        answer = ask(simulator, 'portal', write(None), 'write')
        equal((answer['success'], answer['errorMessages']), (False, ['no such command']))
        equal(get(simulator, 'writes'), [])


def ends_while_writes_wait():
    with Simulator(plant(system(callback_delay=60))) as simulator:
        ask(simulator, 'system', write('http://127.0.0.1:9/'))
    equal(simulator.process.returncode, 0)


main(sample_requests_are_understood, same_shape_as_the_samples, kinds_of_devices, token_of_the_system, six_days_of_the_system,
     ranges_over_the_limit, clock_changes, ten_years, jitter_and_order, faults_of_the_server, rate_limits, faults_of_commands,
     faults_of_one_thing, stale_power_stands_still, self_signed, a_write_and_its_callback, the_sample_write_is_understood,
     variants_of_the_callback, writes_that_are_refused, ends_while_writes_wait)
