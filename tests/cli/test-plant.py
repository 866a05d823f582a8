#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plant in one file: what is made here is a zip to others, what others zip is one to us; into nothing and out again it is the
same, twice is once, two laptops may come in either order; what is damaged or hostile costs itself alone, a killed program nothing."""
import base64
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import zipfile

from program import PROGRAM, equal, main, run

MINUTE = 60000
JUNE = 1780272000000  # 2026-06-01 UTC
ENTRIES = [{'id': 'stick', 'kind': 'stick', 'name': 'Stick', 'address': 'eth-stick://192.168.1.116', 'children': [
    {'id': 'inv', 'kind': 'inverter', 'name': 'Inverter', 'address': 'eth-stick://192.168.1.116/1'}]},
           {'id': 'cloud', 'kind': 'thing', 'name': 'Cloud', 'address': 'portal://office/ZE1ES330J1E258'}]


class Computer:
    """A data folder with a plant in it, or none yet."""

    def __init__(self, name=None, entries=ENTRIES, plant_id='plant-1'):
        self.folder = tempfile.mkdtemp(dir=ROOT)
        self.environment = {**os.environ, 'XDG_DATA_HOME': self.folder, 'XDG_CONFIG_HOME': os.path.join(self.folder, 'config'),
                            'GSETTINGS_BACKEND': 'memory'}
        self.data = os.path.join(self.folder, 'plancia')
        os.makedirs(self.data)
        self.plant = os.path.join(self.data, 'casa-rossi.json')
        if name:
            self.write(self.plant, {'format': 'plancia-plant', 'version': 1, 'id': plant_id, 'name': name, 'entries': entries,
                                    'from_later': {'kept': True}})
            # Makes the two files.
            equal(self.run('journal')[0], 0)
            equal(self.run('history', 'list', self.plant)[0], 0)

    @staticmethod
    def write(path, document):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(document, file)

    def run(self, *arguments):
        return run(*arguments, env=self.environment)

    def sql(self, name, *statements):
        file = sqlite3.connect(os.path.join(self.data, name))
        with file:
            for statement in statements:
                file.execute(*statement)
        file.close()

    def series(self, device, source, key, samples):
        self.sql('history.sqlite', ('INSERT OR IGNORE INTO series (device, source, key) VALUES (?, ?, ?)', (device, source, key)),
                 *(('INSERT OR REPLACE INTO sample SELECT id, ?, ? FROM series WHERE device = ? AND source = ? AND key = ?',
                    (when, value, device, source, key)) for when, value in samples))

    def cover(self, device, source, start, end, kind, when, reason=None):
        self.sql('history.sqlite', ('INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)',
                                    (device, source, start, end, kind, when, reason)))

    def request(self, when, value, events, device='inv'):
        number = when % 1000000007
        self.sql('journal.sqlite', ('INSERT OR IGNORE INTO session VALUES (1, ?, ?, ?)', (when, 'plancia', 'anna')),
                 ('INSERT INTO request VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 16, 4487, 1, ?, ?)',
                  (number, when, 'Casa Rossi', device, 'Inverter', 'ZP1ES110', 'eth-stick://192.168.1.116/1', 'm', 'anna', 'write',
                   '0000', value)),
                 ('INSERT INTO item VALUES (?, 0, ?, ?, 4487, 1, ?, ?)', (number, 'limit', 'Limit', '0', value)),
                 *(('INSERT INTO event (request, time, what, message) VALUES (?, ?, ?, ?)', (number, t, what, words))
                   for t, what, words in events))

    def snapshot(self, when, note='', device='inv'):
        stamp = time.strftime('%Y%m%dT%H%M%S', time.gmtime(when // 1000))
        iso = time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(when // 1000))
        self.write(self.plant.replace('.json', f'.snapshots/{device}.{stamp}.{when % 1000:03d}Z.json'),
                   {'format': 'plancia-snapshot', 'version': 1, 'time': f'{iso}.{when % 1000:03d}Z', 'reason': 'request',
                    'note': note, 'device': {'id': device, 'name': device, 'serial': 'ZP1ES110'}, 'registers': [
                        {'key': 'serial', 'address': '0x0445', 'words': '5A50 3145', 'value': 'ZP1ES110'}]})

    def visit(self, began, steps, file='inv.json', device='inv', **texts):
        self.write(self.plant.replace('.json', f'.commissioning/{file}'),
                   {'format': 'plancia-commissioning', 'version': 1, 'device': device, 'began': began, 'simulated': False,
                    'texts': texts, 'steps': [{'id': name, 'result': result, 'proposed': result, 'time': when, 'evidence': [],
                                               'findings': [], 'earlier': []} for name, result, when in steps]})

    def alarm(self, since, until, device='inv'):
        equal(self.run('plant', 'export', self.plant, '-o', os.path.join(ROOT, 'x.plancia-site'))[0], 0)
        self.sql('history.sqlite', ('INSERT INTO alarm VALUES (?, ?, ?, 3, 12, ?, ?, ?, ?, 1029, 8, ?, 0, 0, 1500.5, NULL)',
                                    (device, 'local', 'fault_1', since, until, 'Inverter', 'm', 'Grid over-voltage')))

    def history(self):
        """Rows of "history list", as words."""
        code, output, complaints = self.run('history', 'list', self.plant)
        equal((code, complaints), (0, ''))
        return [line.split() for line in output.splitlines()[1:]]

    def export(self, *options):
        path = os.path.join(tempfile.mkdtemp(dir=ROOT), 'a.plancia-site')
        code, output, complaints = self.run('plant', 'export', self.plant, '-o', path, *options)
        equal((code, complaints), (0, ''))
        return path

    def take(self, path, code=0, *options):
        found, output, complaints = self.run('plant', 'import', path, *options)
        equal((found, code and bool(complaints)), (code, bool(code)))
        return output, complaints

    def state(self):
        """Everything that can be asked: all entries of an export, but when it was made."""
        with zipfile.ZipFile(self.export()) as file:
            state = {name: file.read(name) for name in file.namelist()}
        manifest = json.loads(state.pop('plancia-site.json'))
        equal(sorted(manifest['entries']), sorted(state))
        return state


ROOT = tempfile.mkdtemp()


def laptop(number, plant_id='plant-1'):
    """Both have been at the same place; some of what they have is the same."""
    computer = Computer('Casa Rossi', plant_id=plant_id)
    generator = random.Random(number)
    start = JUNE + number * 1000 * MINUTE
    computer.series('inv', 'local', 'pac', [(start + i * MINUTE, generator.randrange(5000)) for i in range(600)])
    computer.series('inv', 'local', 'soc', [(start + i * MINUTE, i / 10) for i in range(300)])
    # What the cloud said is the same moment for both, and once another value.
    computer.series('cloud', 'portal', 'powerGenerating', [(JUNE + i * 5 * MINUTE, 100 + i + (number if i == 7 else 0))
                                                          for i in range(200)])
    computer.cover('cloud', 'portal', JUNE, JUNE + (1000 + number * 100) * MINUTE, 3, JUNE + number)
    computer.cover('cloud', 'portal', JUNE + 2000 * MINUTE, JUNE + (3000 + number * 500) * MINUTE, 1, JUNE + number, f'no {number}')
    computer.cover('cloud', 'portal', JUNE + 40000 * MINUTE, JUNE + 50000 * MINUTE, 2, JUNE)
    computer.request(JUNE + 5000, '0001', [(JUNE + 5001, 'left', None), (JUNE + 5002, 'verified', None),
                                           (JUNE + 6000 + number, 'note', f'from {number}')])
    computer.request(JUNE + number * 7777, f'000{number}', [(JUNE + number * 7777 + 1, 'left', None)])
    computer.snapshot(JUNE + 123, f'note of {number}')
    computer.snapshot(JUNE + number * 60000 + 456)
    computer.visit(JUNE, [('link', 'as_expected', JUNE + 10), ('identity', 'failed' if number == 2 else 'open', JUNE + number)],
                   customer='Rossi', installer='Anna' if number == 1 else '')
    computer.visit(JUNE - number * 1000, [('link', 'as_expected', JUNE - 5)], file=f'inv.2026010{number}T000000Z.json')
    computer.alarm(JUNE + 9000, 0 if number == 1 else JUNE + 99000)
    return computer


def others_read_it():
    path = laptop(1).export()
    with zipfile.ZipFile(path) as file:
        equal(file.testzip(), None)
        equal(file.namelist()[0], 'plancia-site.json')
        for name in file.namelist():
            if name.endswith('.json'):
                json.loads(file.read(name))
            # A person unpacks it anywhere.
            assert not name.startswith('/') and '..' not in name, name
    done = subprocess.run(['unzip', '-tqq', path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    equal((done.returncode, done.stdout), (0, b''))
    equal([name for name in os.listdir(os.path.dirname(path))], ['a.plancia-site'])


def we_read_others():
    """In another order, with folders, all packed or all stored, streamed without sizes before the data."""
    source = laptop(1)
    with zipfile.ZipFile(source.export()) as file:
        entries = [(name, file.read(name)) for name in file.namelist()]
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = os.path.join(ROOT, f'foreign-{method}.plancia-site')
        with open(path, 'wb') as raw, zipfile.ZipFile(Stream(raw), 'w', method) as file:
            file.writestr('history/', b'')
            for name, data in reversed(entries):
                file.writestr(name, data)
        office = Computer()
        office.take(path)
        equal(office.state(), source.state())


class Stream:
    """A file that cannot be gone back in."""

    def __init__(self, file):
        self.file = file

    def write(self, data):
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def into_nothing_and_out():
    source = laptop(1)
    office = Computer()
    output, _ = office.take(source.export())
    assert 'a new plant' in output, output
    equal(office.state(), source.state())
    with open(office.plant, encoding='utf-8') as file:
        equal(json.load(file)['from_later'], {'kept': True})
    before = office.state()
    output, _ = office.take(source.export())
    assert 'Everything was here already.' in output, output
    equal(office.state(), before)
    # Each source stays one.
    equal({row[1] for row in office.history()}, {'local', 'portal'})


def in_either_order():
    parts = [laptop(1).export(), laptop(2).export()]
    states = []
    for order in (parts, parts[::-1], parts + parts[::-1]):
        office = Computer('Casa Rossi')
        for part in order:
            office.take(part)
        states.append(office.state())
    for other in states[1:]:
        for name in states[0]:
            equal((name, other.get(name)), (name, states[0][name]))
        equal(sorted(other), sorted(states[0]))
    journal = json.loads(states[0]['journal/0001.json'])['requests']
    equal([len(r['events']) for r in journal if r['new'] == '0001' and r['time'] == JUNE + 5000], [4])
    alarms = json.loads(states[0]['alarms/0001.json'])['alarms']
    equal([a['until'] for a in alarms], [JUNE + 99000])
    note = json.loads(states[0][next(n for n in states[0] if n.endswith('.123Z.json'))])['note']
    equal(note, 'note of 1\nnote of 2')
    visit = json.loads(states[0]['commissioning/inv.json'])
    equal((visit['texts']['installer'], [s['result'] for s in visit['steps']]), ('Anna', ['as_expected', 'failed']))


def devices_by_serial():
    """The same inverter was added by another person, under another id, elsewhere on the network."""
    there = Computer('Casa Rossi', [{'id': 'other', 'kind': 'inverter', 'name': 'Inverter 1', 'address': 'eth-stick://10.0.0.7/1'},
                                    {'id': 'new', 'kind': 'meter', 'name': 'Meter', 'address': 'eth-stick://10.0.0.7/2'}], 'plant-1')
    there.snapshot(JUNE + 999, device='other')
    there.series('other', 'local', 'pac', [(JUNE, 5)])
    there.request(JUNE + 31, '0005', [], device='other')
    here = laptop(1)
    output, _ = here.take(there.export())
    assert '1 new device' in output, output
    state = here.state()
    plant = json.loads(state['plant.json'])
    equal([e['id'] for e in plant['entries']], ['stick', 'cloud', 'new'])
    assert not any('other' in name for name in state), sorted(state)
    assert all(r['device_id'] == 'inv' for r in json.loads(state['journal/0001.json'])['requests'])


def history_by_choice():
    source = laptop(1)
    with zipfile.ZipFile(source.export('--history', 'none')) as file:
        assert not any(n.startswith('history/') for n in file.namelist()), file.namelist()
        assert 'journal/0001.json' in file.namelist()
    with zipfile.ZipFile(source.export('--device', 'Cloud')) as file:
        equal({n.split('/')[1] for n in file.namelist() if n.startswith('history/')}, {'cloud'})
    office = Computer()
    office.take(source.export('--from', '2026-06-02', '--to', '2026-06-02'))
    rows = office.history()
    # A day of Rome begins two hours before one of UTC.
    assert rows and all('2026-06-01' <= row[-2] and row[-1] <= '2026-06-02' for row in rows), rows


def damaged(data, seed):
    """What a bad stick or mail does to a file."""
    generator = random.Random(seed)
    data = bytearray(data)
    if seed % 3 == 0:
        return bytes(data[:generator.randrange(len(data))])
    for _ in range(generator.choice((1, 4))):
        place = generator.randrange(len(data))
        data[place] ^= 1 << generator.randrange(8)
    return bytes(data)


def saves_what_it_can():
    source = laptop(1)
    path = source.export()
    with open(path, 'rb') as file:
        whole = file.read()
    state = source.state()
    wrong = os.path.join(ROOT, 'wrong.plancia-site')
    taken = 0
    for seed in range(12):
        with open(wrong, 'wb') as file:
            file.write(damaged(whole, seed))
        office = Computer()
        code, output, complaints = office.run('plant', 'import', wrong)
        assert code in (0, 1) and (code == 0 or complaints), (seed, code, complaints)
        if not os.path.exists(office.plant):
            equal(code, 1)
            continue
        taken += 1
        found = office.state()
        # Nothing of it is other than it was.
        for name, data in found.items():
            if name.endswith('.days'):
                continue
            assert name in state and json.loads(data) == json.loads(state[name]), (seed, name)
        if sorted(found) != sorted(state):
            assert code == 1 and complaints, (seed, sorted(set(state) - set(found)))
    assert taken > 4, taken


def says_what_is_lost():
    source = laptop(1)
    path = source.export()
    with zipfile.ZipFile(path) as file:
        places = {i.filename: i.header_offset + 30 + len(i.filename) for i in file.infolist()}
        sizes = {i.filename: i.compress_size for i in file.infolist()}
    with open(path, 'rb') as file:
        whole = bytearray(file.read())
    days = next(n for n in places if n.startswith('history/inv/'))
    whole[places[days] + sizes[days] // 2] ^= 0xff
    whole[places['journal/0001.json'] + sizes['journal/0001.json'] // 2] ^= 0xff
    # The list at the end is gone, too.
    whole = whole[:-200]
    with open(path, 'wb') as file:
        file.write(whole)
    office = Computer()
    _, complaints = office.take(path, 1)
    assert 'journal' in complaints and 'damaged' in complaints, complaints
    assert 'History of June 2026 (inv, local): damaged in places' in complaints, complaints
    assert 'may have been more' in complaints, complaints
    equal({row[0] for row in office.history()}, {'Inverter', 'Cloud'})


def make(name, entries, **options):
    path = os.path.join(ROOT, name)
    with zipfile.ZipFile(path, 'w', options.get('method', zipfile.ZIP_DEFLATED)) as file:
        for key, data in entries:
            file.writestr(key, data if isinstance(data, (bytes, str)) else json.dumps(data))
    return path


def refuses():
    office = Computer()
    plant = {'format': 'plancia-plant', 'version': 1, 'id': 'x', 'name': 'X', 'entries': []}
    head = {'format': 'plancia-site', 'version': 2, 'plant': {'id': 'x', 'name': 'X'}}
    _, complaints = office.take(make('newer.plancia-site', [('plancia-site.json', head), ('plant.json', plant)]), 1)
    assert 'version' in complaints and not os.path.exists(office.plant), complaints
    for name, data in (('empty', b''), ('text', b'no zip at all'), ('short', b'PK\x03\x04'), ('end', b'PK\x05\x06' + bytes(18))):
        path = os.path.join(ROOT, name)
        with open(path, 'wb') as file:
            file.write(data)
        office.take(path, 1)
    office.take(ROOT, 1)
    office.take(os.path.join(ROOT, 'nowhere'), 1)
    _, complaints = office.take(make('other.zip', [('letter.txt', 'hello')]), 1)
    assert 'not one of a plant' in complaints, complaints


def hostile():
    """Names that climb, two of a name, bombs, other encodings, deep JSON, things that are not what they say."""
    good = {'format': 'plancia-plant', 'version': 1, 'id': 'x', 'name': 'Hostile', 'entries': []}
    import warnings
    warnings.simplefilter('ignore')
    climbing = '/'.join(('..', '..', 'escaped.json'))
    path = make('hostile.plancia-site', [
        ('plant.json', good), ('plant.json', {**good, 'name': 'Second'}), (climbing, '{}'), ('/etc/escaped', '{}'),
        ('snapshots/' + climbing, '{}'), ('maps/..\\escaped.json', '{}'), ('snapshots/bomb.json', b'0' * (64 << 20)),
        ('maps/deep.json', '[' * 100000), ('maps/.hidden.json', '{}'), ('commissioning/x.json', '{"format": "plancia-commissioning"}'),
        ('journal/0001.json', {'format': 'plancia-journal', 'version': 1, 'requests': [{'time': 'yesterday'}]}),
        ('history/a/b/2026-13.days', b'PLNCDAY1'), ('history/a/b/2026-06.days', b'PLNCDAY1' + os.urandom(4000)),
        ('history/%2E%2E/local/2026-06.days', b'PLNCDAY1'), ('alarms/0001.json', '{"format": 7}'), ('snapshots/caf\xe9.json', '{}')])
    with open(path, 'r+b') as file:
        data = bytearray(file.read())
        # The name is no text, and the flag that says it is one is off.
        data = data.replace('snapshots/caf\xe9'.encode(), b'snapshots/caf\xff\xfe')
        file.seek(0)
        file.write(data)
    office = Computer()
    _, complaints = office.take(path, 1)
    for words in ('twice', 'larger than', 'nothing that belongs', 'not what it should be'):
        assert words in complaints, (words, complaints)
    found = [os.path.join(a, b) for a, _, c in os.walk(office.folder) for b in c]
    assert not any('escaped' in name for name in found) and os.path.exists(os.path.join(office.data, 'hostile.json')), found
    assert not os.path.exists('/etc/escaped')
    with open(os.path.join(office.data, 'hostile.json'), encoding='utf-8') as file:
        equal(json.load(file)['name'], 'Hostile')


def locked():
    plant = {'format': 'plancia-plant', 'version': 1, 'id': 'x', 'name': 'X', 'entries': []}
    path = make('locked.plancia-site', [('plant.json', plant), ('snapshots/a.json', '{}')], method=zipfile.ZIP_STORED)
    with open(path, 'r+b') as file:
        data = bytearray(file.read())
        for mark, offset in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
            place = data.rindex(mark)
            data[place + offset] |= 1
        file.seek(0)
        file.write(data)
    _, complaints = Computer().take(path, 1)
    assert 'password' in complaints, complaints


def large():
    """Some months of many values, so that there is time to be stopped."""
    computer = Computer('Casa Rossi')
    table = os.path.join(ROOT, 'table.csv')
    with open(table, 'w', encoding='utf-8') as file:
        file.write('time,a,b,c\n')
        for day in range(1, 29):
            for minute in range(0, 1440):
                file.write(f'2026-02-{day:02d} {minute // 60:02d}:{minute % 60:02d}:00,{minute},{day * minute},{minute % 7}\n')
    equal(computer.run('history', 'import', 'Inverter', table, '--plant', computer.plant)[0], 0)
    computer.snapshot(JUNE)
    computer.request(JUNE, '0001', [])
    return computer


def killed_at_any_time():
    source = large()
    path = source.export()
    office = laptop(2)
    before = office.state()
    began = time.monotonic()
    equal(Computer().run('plant', 'import', path)[0], 0)
    length = time.monotonic() - began
    for part in range(5):
        process = subprocess.Popen([PROGRAM, 'plant', 'import', path, '--into', office.plant], env=office.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(length * part / 4)
        process.kill()
        process.wait(60)
        found = office.state()
        # All that was here is here as it was; of the file nothing, or some.
        for name, data in before.items():
            if name.split('/')[0] in ('snapshots', 'commissioning'):
                equal(found[name], data)
        assert {r['time'] for r in json.loads(before['journal/0001.json'])['requests']} <= \
            {r['time'] for r in json.loads(found['journal/0001.json'])['requests']}
    office.take(path)
    whole = laptop(2)
    whole.take(path)
    equal(office.state(), whole.state())


def stopped():
    """Before it is done nothing has changed, and no half file is left."""
    source = large()
    path = source.export()
    office = laptop(2)
    before = office.state()
    process = subprocess.Popen([PROGRAM, 'plant', 'import', path, '--into', office.plant], env=office.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode in (1, -signal.SIGINT), process.returncode
    assert process.returncode < 0 or 'nothing was changed' in complaints, complaints
    equal(office.state(), before)


def no_secrets():
    """What is beside the plant on this computer and secret stays there."""
    source = laptop(1)
    secret = 'hunter2-not-for-the-office'
    for name in ('callback-secret', 'clouds/office/profile.json', 'downloads.ini'):
        path = os.path.join(source.data, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(secret)
    with zipfile.ZipFile(source.export()) as file:
        for name in file.namelist():
            assert secret.encode() not in file.read(name) and secret not in name, name


def recordings_of_the_plant():
    """Those of visits to it; they lie in one folder with those of others."""
    source = laptop(1)
    for name, plant in (('Casa Rossi 2026-06-12 09.15.00', 'plant-1'), ('Other 2026-06-12 10.00.00', 'plant-2')):
        document = json.dumps({'format': 'plancia-plant', 'version': 1, 'id': plant, 'name': 'X', 'entries': []}).encode()
        path = os.path.join(source.data, 'recordings', name + '.plancia-recording')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'plancia-recording 1\nstart 1764080000000000\nfile plant.json {base64.b64encode(document).decode()}\nend 5\n')
    office = Computer()
    for _ in range(2):
        office.take(source.export())
        equal(os.listdir(os.path.join(office.data, 'recordings')), ['Casa Rossi 2026-06-12 09.15.00.plancia-recording'])
    equal(office.state(), source.state())


def a_damaged_archive_here():
    """Nothing is taken into it, and nothing else changes either: the program that owns it mends it first."""
    path = laptop(1).export()
    office = laptop(2)
    file = os.path.join(office.data, 'history.sqlite')
    office.sql('history.sqlite', ('PRAGMA wal_checkpoint(TRUNCATE)',))
    with open(file, 'r+b') as raw:
        raw.seek(4096)
        raw.write(os.urandom(os.path.getsize(file) - 4096))
    before = sorted(os.path.join(a, b) for a, _, c in os.walk(office.folder) for b in c if not b.endswith(('-wal', '-shm')))
    _, complaints = office.take(path, 1)
    assert 'History store' in complaints, complaints
    equal(sorted(os.path.join(a, b) for a, _, c in os.walk(office.folder) for b in c if not b.endswith(('-wal', '-shm'))), before)


def dry_run():
    source = laptop(1)
    office = laptop(2)
    before = office.state()
    output, _ = office.take(source.export(), 0, '--dry-run')
    really, _ = office.take(source.export(), 0)
    equal(output, really)
    assert office.state() != before


try:
    main(others_read_it, we_read_others, into_nothing_and_out, in_either_order, devices_by_serial, history_by_choice, saves_what_it_can,
         says_what_is_lost, refuses, hostile, locked, killed_at_any_time, stopped, no_secrets, recordings_of_the_plant,
         a_damaged_archive_here, dry_run)
finally:
    shutil.rmtree(ROOT)
