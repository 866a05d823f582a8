#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""curl talks to the simulated Azzurro Portal."""
import json
import re
import time
from datetime import datetime, timedelta, timezone

from peers import Simulator, device, equal, main, run, scenario

CLIENT = 'PlanciaDemo'
KEY = 'Zcs SIMULATED001'
HYBRID = 'ZP1ES106K00003'
STRING = 'ZS2ES150P00004'
METER = '9900000003'
STAMP = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
FLOWS = ('Generating', 'Consuming', 'Autoconsuming', 'Importing', 'Exporting', 'Charging', 'Discharging')


def plant(quirks='none', **changes):
    alarms = [{'id': 2, 'from': '2026-06-11T10:00:00+02:00', 'to': '2026-06-11T11:00:00+02:00'},
              {'id': 170, 'from': '2026-06-12T13:00:00+02:00'}]
    meter = {'kind': 'meter', 'name': 'Meter', 'parent': 'Line', 'unit': 7, 'map': 'chint-dtsu666', 'serial': METER,
             'members': ['Hybrid']}
    portal = {'kind': 'portal', 'name': 'Portal', 'route': 'portal', 'account': 'home', 'client': CLIENT, 'key': KEY,
              'quirks': quirks}
    things = [{'kind': 'thing', 'name': f'{of} thing', 'parent': 'Portal', 'of': of}
              for of in ('Hybrid', 'String', 'Meter')]
    return scenario(device('wifi'), device('hybrid', alarms=alarms), device('eth'), device('string'), device('hub'),
                    device('line'), meter, portal, *things, **changes)


def command(name, things=HYBRID, wanted='*', **more):
    return {name: {'command': name, 'params': {'thingKey': things, 'requiredValues': wanted, **more}}}


def day(start='2026-06-10T22:00:00.000Z', end='2026-06-11T21:59:59.999Z'):
    return {'start': start, 'end': end}


def post(simulator, body, client=CLIENT, key=KEY, *options):
    """(HTTP status, content type, body)"""
    text = body if isinstance(body, str) else json.dumps(body)
    code, output, complaints = run('curl', '-s', '-S', '-m', '15', '-X', 'POST', '-H', f'Client: {client}',
                                   '-H', f'Authorization: {key}', '-H', 'Content-Type: application/json',
                                   '-w', '\n%{http_code} %{content_type}', '-d', text, *options, simulator.url())
    assert code == 0, complaints
    answer, _, status = output.rpartition('\n')
    status, _, kind = status.partition(' ')
    return int(status), kind, answer


def ask(simulator, body):
    status, kind, answer = post(simulator, body)
    equal((status, kind.split(';')[0]), (200, 'application/json'))
    return json.loads(answer)


def things(answer, name):
    equal(answer[name]['success'], True)
    found = {}
    for element in answer[name]['params']['value']:
        equal(len(element), 1)
        found.update(element)
    return found


def instant(stamp):
    assert STAMP.match(stamp), stamp
    return datetime.strptime(stamp, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc)


def check_balances(get, tolerance):
    for kind, suffix in (('power', ''), ('energy', ''), ('energy', 'Total')):
        value = {flow: get(f'{kind}{flow}{suffix}') for flow in FLOWS}
        if any(v is None for v in value.values()):
            continue
        made = value['Autoconsuming'] + value['Charging'] + value['Exporting']
        used = value['Autoconsuming'] + value['Importing'] + value['Discharging']
        limit = tolerance[kind + suffix]
        assert abs(value['Generating'] - made) <= limit, (kind, suffix, value)
        assert abs(value['Consuming'] - used) <= limit, (kind, suffix, value)
        assert all(v >= 0 for v in value.values()), value


TOLERANCE = {'power': 0, 'energy': 1e-6, 'energyTotal': 0.31}


def realtime():
    with Simulator(plant(start='2026-06-12T11:05:30+02:00')) as simulator:
        found = things(ask(simulator, command('realtimeData', f'{HYBRID}, {STRING},{METER}, 123')), 'realtimeData')
    equal(sorted(found), sorted([HYBRID, STRING, METER]))
    now = datetime(2026, 6, 12, 9, 5, 30, tzinfo=timezone.utc)
    for thing in found.values():
        assert timedelta(0) <= now - instant(thing['lastUpdate']) < timedelta(minutes=11), thing
        assert instant(thing['thingFind']) < instant(thing['lastUpdate'])
    equal(sorted(found[STRING]),
          ['energyGenerating', 'energyGeneratingTotal', 'lastUpdate', 'powerGenerating', 'thingFind'])
    equal(sorted(found[METER]), ['energyExporting', 'energyExportingTotal', 'energyImporting', 'energyImportingTotal',
                                 'lastUpdate', 'powerExporting', 'powerImporting', 'thingFind'])
    # The daily fields of a meter are not daily.
    equal(found[METER]['energyImporting'], found[METER]['energyImportingTotal'])
    hybrid = found[HYBRID]
    check_balances(hybrid.get, TOLERANCE)
    assert hybrid['powerGenerating'] > 500 and 0 <= hybrid['batterySoC'] <= 100, hybrid
    assert 'temperature' not in hybrid and 'energyGeneratingTotalDecimal' not in hybrid


def chosen_values():
    with Simulator(plant()) as simulator:
        found = things(ask(simulator, command('realtimeData', wanted='powerGenerating, batterySoC')), 'realtimeData')
        equal(sorted(found[HYBRID]), ['batterySoC', 'powerGenerating'])
        body = command('historicData', wanted='ts,temperature', **day())
        equal(sorted(things(ask(simulator, body), 'historicData')[HYBRID]), ['temperature', 'ts'])


def historic_of_a_hybrid():
    with Simulator(plant()) as simulator:
        body = command('historicData', f'{HYBRID},{METER}', **day())
        found = things(ask(simulator, body), 'historicData')
    columns = found[HYBRID]
    times = [instant(t) for t in columns['ts']]
    assert 270 <= len(times) <= 292, len(times)
    assert datetime(2026, 6, 10, 22, tzinfo=timezone.utc) <= min(times)
    assert max(times) <= datetime(2026, 6, 11, 22, tzinfo=timezone.utc)
    # Never on the minute: stamps carry odd seconds.
    assert len({t.second for t in times}) > 5
    for name, column in columns.items():
        equal((name, len(column)), (name, len(times)))
    order = sorted(range(len(times)), key=times.__getitem__)
    steps = [(times[b] - times[a]).total_seconds() for a, b in zip(order, order[1:]) if times[a] != times[b]]
    assert 280 <= sorted(steps)[len(steps) // 2] <= 320 and min(steps) > 200, steps
    for row in order:
        check_balances(lambda name, row=row: columns[name][row] if name in columns else None, TOLERANCE)
    for name in columns:
        if name.startswith('energy'):
            values = [columns[name][row] for row in order]
            assert all(a <= b for a, b in zip(values, values[1:])), (name, values)
    assert columns['energyGenerating'][order[0]] < 0.05 and columns['energyGenerating'][order[-1]] > 5
    assert 'energyAutoconsumingTotal' not in columns and 'energyAutoconsumingTotalDecimal' not in columns
    # Energies are the powers, integrated: trapezium over five-minute samples.
    power = [columns['powerGenerating'][row] for row in order]
    at = [times[row].timestamp() for row in order]
    total = sum((power[i] + power[i + 1]) / 2 * (at[i + 1] - at[i]) for i in range(len(at) - 1)) / 3.6e6
    gained = columns['energyGenerating'][order[-1]] - columns['energyGenerating'][order[0]]
    assert abs(total - gained) < 0.05 * gained, (total, gained)
    # A meter over the hybrid alone sees what the hybrid says.
    meter = dict(zip(found[METER]['ts'], found[METER]['energyExporting']))
    assert max(meter.values()) > min(meter.values())


def historic_of_a_string_inverter_sleeps():
    with Simulator(plant()) as simulator:
        columns = things(ask(simulator, command('historicData', STRING, **day())), 'historicData')[STRING]
    times = sorted(instant(t) for t in columns['ts'])
    assert 100 <= len(times) <= 200, len(times)
    assert times[0].hour >= 3 and times[-1].hour <= 20, (times[0], times[-1])
    assert max(columns['powerGenerating']) > 1500


def historic_ends_with_now():
    with Simulator(plant()) as simulator:
        body = command('historicData', **day('2026-06-11T22:00:00Z', '2026-06-12T22:00:00Z'))
        columns = things(ask(simulator, body), 'historicData')[HYBRID]
        assert max(instant(t) for t in columns['ts']) <= datetime(2026, 6, 12, 12, 6, tzinfo=timezone.utc)
        body = command('historicData', **day('2025-01-01T00:00:00Z', '2025-01-01T12:00:00Z'))
        equal(things(ask(simulator, body), 'historicData')[HYBRID]['ts'], [])


def historic_over_the_clock_change():
    plan = plant(start='2026-03-31T12:00:00+02:00', commissioned='2026-03-20')
    with Simulator(plan) as simulator:
        body = command('historicData', **day('2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'))
        columns = things(ask(simulator, body), 'historicData')[HYBRID]
        assert 258 <= len(columns['ts']) <= 280, len(columns['ts'])
        order = sorted(range(len(columns['ts'])), key=columns['ts'].__getitem__)
        assert columns['energyConsuming'][order[0]] < 0.2 < columns['energyConsuming'][order[-1]]


def longer_than_a_day_is_refused():
    with Simulator(plant()) as simulator:
        for span in (day('2026-06-10T22:00:00.000Z', '2026-06-11T22:00:00.001Z'), {}, {'start': '2026-06-10T22:00:00Z'},
                     day('2026-06-11T22:00:00Z', '2026-06-10T22:00:00Z'), day('soon', 'later')):
            answer = ask(simulator, command('historicData', **span))['historicData']
            equal(answer['success'], False)
            assert answer['errorMessages'], answer


def alarms():
    with Simulator(plant()) as simulator:
        found = things(ask(simulator, command('deviceAlarm', f'{HYBRID}, {STRING}, {METER}')), 'deviceAlarm')
        equal(found[HYBRID]['deviceAlarm'], [170])
        instant(found[HYBRID]['lastUpdate'])
        equal((found[STRING]['deviceAlarm'], found[METER]), ([], {}))


def historic_alarms():
    with Simulator(plant()) as simulator:
        found = things(ask(simulator, command('deviceHistoricAlarm', f'{HYBRID},{METER}', **day())),
                       'deviceHistoricAlarm')
    equal(found[METER], {})
    pairs = list(zip(found[HYBRID]['ts'], found[HYBRID]['deviceAlarm']))
    equal(len(pairs), len(found[HYBRID]['ts']))
    raised = [t for t, ids in pairs if ids]
    assert all(ids in ([], [2]) for _, ids in pairs)
    assert 9 <= len(raised) <= 14, raised
    assert all('2026-06-11T08:00:00Z' <= t <= '2026-06-11T09:00:00Z' for t in raised), raised


def commands_together():
    with Simulator(plant()) as simulator:
        body = {**command('historicData', wanted='ts,temperature', **day()), **command('realtimeData')}
        answer = ask(simulator, body)
        equal(sorted(answer), ['historicData', 'realtimeData'])
        things(answer, 'historicData')
        things(answer, 'realtimeData')


def who_may_ask():
    with Simulator(plant()) as simulator:
        for client, key in (('Somebody', KEY), (CLIENT, 'SIMULATED001'), (CLIENT, f'"{KEY}"'), ('', '')):
            equal(post(simulator, command('realtimeData'), client, key), (200, 'text/plain', 'INVALID CLIENT'))
        # Header names do not mind the case.
        code, output, _ = run('curl', '-s', '-m', '10', '-H', f'client: {CLIENT}', '-H', f'authorization: {KEY}', '-d',
                              json.dumps(command('realtimeData')), simulator.url())
        equal((code, HYBRID in output), (0, True))


def what_is_no_question():
    with Simulator(plant()) as simulator:
        equal(post(simulator, '{"realtimeData": {"comm')[0], 400)
        equal(post(simulator, '[1, 2]')[0], 400)
        equal(post(simulator, '[' * 100000)[0], 400)
        equal(ask(simulator, {'realtimeData': 7})['realtimeData']['success'], False)
        equal(ask(simulator, {'reboot': {'command': 'reboot', 'params': {'thingKey': HYBRID}}})['reboot']['success'],
              False)
        equal(run('curl', '-s', '-m', '10', '-o', '/dev/null', '-w', '%{http_code}', simulator.url())[1], '405')


def with_fault(fault, *more):
    return Simulator(plant(), '--fault', f'Portal={fault}', *more)


def faults():
    with with_fault('invalid-client') as simulator:
        equal(post(simulator, command('realtimeData')), (200, 'text/plain', 'INVALID CLIENT'))
    with with_fault('502') as simulator:
        status, kind, body = post(simulator, command('realtimeData'))
        equal((status, kind, body.startswith('<html>')), (502, 'text/html', True))
    with with_fault('empty') as simulator:
        equal(post(simulator, command('realtimeData'))[::2], (200, ''))
    with with_fault('cut') as simulator:
        status, _, body = post(simulator, command('realtimeData'))
        equal((status, body[:1], len(body) > 50), (200, '{', True))
        try:
            json.loads(body)
            raise AssertionError('the JSON is whole')
        except ValueError:
            pass
    with with_fault('missing-thing') as simulator:
        equal(things(ask(simulator, command('realtimeData')), 'realtimeData'), {})
    with Simulator(plant(), '--fault', 'String thing=missing-thing') as simulator:
        found = things(ask(simulator, command('realtimeData', f'{HYBRID},{STRING}')), 'realtimeData')
        equal(list(found), [HYBRID])
    with with_fault('slow') as simulator:
        begin = time.monotonic()
        things(ask(simulator, command('realtimeData')), 'realtimeData')
        assert 1.8 < time.monotonic() - begin < 20


def shows_quirks():
    with Simulator(plant(quirks='all', speed=0)) as simulator:
        columns = things(ask(simulator, command('historicData', **day())), 'historicData')[HYBRID]
        rows = len(columns['ts'])
        equal(len(columns['temperature']), rows - 1)
        assert None in columns['batterySoC']
        assert any(isinstance(v, str) for v in columns['powerConsuming'])
        equal({columns[name][30] for name in columns if name.startswith('energy')}, {0})
        found = things(ask(simulator, command('realtimeData')), 'realtimeData')[HYBRID]
        age = datetime(2026, 6, 12, 12, 5, 30, tzinfo=timezone.utc) - instant(found['lastUpdate'])
        # The minute is odd: the newest packet.
        assert age < timedelta(minutes=11), age
    with Simulator(plant(quirks='all', speed=0, start='2026-06-12T14:06:30+02:00')) as simulator:
        found = things(ask(simulator, command('realtimeData')), 'realtimeData')[HYBRID]
        equal(instant(found['lastUpdate']).hour, 11)


def stops_while_an_answer_waits():
    with with_fault('slow') as simulator:
        code, _, _ = run('curl', '-s', '-m', '0.3', '-d', '{}', '-H', f'Client: {CLIENT}', '-H',
                         f'Authorization: {KEY}', simulator.url())
        equal(code, 28)
    equal(simulator.process.returncode, 0)


main(realtime, chosen_values, historic_of_a_hybrid, historic_of_a_string_inverter_sleeps, historic_ends_with_now,
     historic_over_the_clock_change, longer_than_a_day_is_refused, alarms, historic_alarms, commands_together, who_may_ask,
     what_is_no_question, faults, shows_quirks, stops_while_an_answer_waits)
