# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed again and again while it fetches days from the portal: its store is whole each time and holds all
that was committed, and what was stored is shown later without the portal."""
import atexit
import datetime
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
import zoneinfo

from window import Missing, Program, act, click, find, labels, screenshot, story, wait, walk, write_settings

BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
sys.path.insert(0, os.path.join(os.environ['PLANCIA_TEST_SOURCE_DIR'], 'simulator'))
from peers import Simulator, device, scenario  # noqa: E402  pylint: disable=wrong-import-position

ZONE = zoneinfo.ZoneInfo('Europe/Rome')
HOME = os.environ['XDG_DATA_HOME']
STORE = os.path.join(HOME, 'plancia', 'history.sqlite')
CLIENT, KEY, THING = 'PlanciaDemo', 'Zcs SIMULATED001', 'ZP1ES106K00003'
ROUNDS = 5
# Most seconds from the click on a new day to the end of the program: a day of the simulator takes some tenths.
LONGEST = 0.8
MILLISECONDS = 1000
chance = random.Random(25)
held = {}
world = {}


def today():
    return datetime.datetime.now(ZONE).date()


def begins():
    """A portal whose inverter is two months old, a keyring in a file, a plant that names both."""
    portal = {'kind': 'portal', 'name': 'Portal', 'route': 'portal', 'account': 'home', 'client': CLIENT, 'key': KEY,
              'quirks': 'none'}
    thing = {'kind': 'thing', 'name': 'Thing', 'parent': 'Portal', 'of': 'Hybrid'}
    now = datetime.datetime.now(ZONE).replace(microsecond=0)
    plan = scenario(device('wifi'), device('hybrid'), portal, thing, start=now.isoformat(),
                    commissioned=(today() - datetime.timedelta(days=60)).isoformat())
    world['simulator'] = Simulator(plan).__enter__()
    # A story that fails leaves nothing behind.
    atexit.register(world['simulator'].process.kill)
    os.environ.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=os.path.join(HOME, 'story.keyring'),
                      SECRET_FILE_TEST_PASSWORD='story')
    for name, secret in (('client', CLIENT), ('key', KEY)):
        subprocess.run([os.path.join(BUILD, 'tests', 'plant', 'keep-secret'), 'home', name, secret], check=True)
    plant = {'format': 'plancia-plant', 'version': 1, 'name': 'Barn', 'entries': [
        {'id': 'cloud', 'kind': 'portal', 'name': 'Portal', 'address': 'portal://home', 'url': world['simulator'].url(),
         'children': [{'id': 'thing', 'kind': 'thing', 'name': THING, 'address': f'portal://home/{THING}'}]}]}
    world['plant'] = os.path.join(HOME, 'barn.json')
    with open(world['plant'], 'w', encoding='utf-8') as file:
        json.dump(plant, file)


def start():
    write_settings(plant=world['plant'], page='history', device='thing')
    program = Program()
    wait(lambda: program.window.name == THING, 30, 'the device of the last time')
    return program, find(program.window, 'filler', 'PlanciaHistoryPage', limit=30)


def stored_times(home):
    """All times that a store has, as its own command line tells: what is days old is packed."""
    done = subprocess.run([os.path.join(BUILD, 'app', 'plancia-cli'), 'history', 'export', '--plant', world['plant'], THING,
                           '--source', 'portal', '--format', 'jsonl', '--time', 'unix', '--wide'],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
                          env={**os.environ, 'XDG_DATA_HOME': home})
    return sorted({round(json.loads(line)['time'] * MILLISECONDS) for line in done.stdout.splitlines()})


def whole_days(connection, home):
    """Each local day that is covered whole, and when it was taken."""
    rows = connection.execute("SELECT start, end FROM coverage WHERE source = 'portal' ORDER BY start").fetchall()
    days = {}
    times = stored_times(home)
    for back in range(1, 60):
        day = today() - datetime.timedelta(days=back)
        first, last = (int(datetime.datetime.combine(d, datetime.time(), ZONE).timestamp()) * MILLISECONDS
                       for d in (day, day + datetime.timedelta(days=1)))
        if any(start <= first and last <= end for start, end in rows):
            days[day] = [at for at in times if first <= at < last]
    return days


def look_at_store():
    """A copy, so that the program itself has to mend what the kill left behind."""
    if not os.path.exists(STORE):
        return {}
    with tempfile.TemporaryDirectory() as home:
        folder = os.path.join(home, 'plancia')
        os.mkdir(folder)
        for suffix in ('', '-wal'):
            if os.path.exists(STORE + suffix):
                shutil.copy(STORE + suffix, folder)
        connection = sqlite3.connect(os.path.join(folder, 'history.sqlite'))
        answer = connection.execute('PRAGMA integrity_check').fetchone()[0]
        if answer != 'ok':
            raise Missing(f'the store is damaged: {answer}')
        has_tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'coverage'").fetchone()[0]
        days = whole_days(connection, home) if has_tables else {}
        connection.close()
    return days


def of_the_portal(day):
    """Times of a day as the portal tells them."""
    first, last = (datetime.datetime.combine(d, datetime.time(), ZONE).astimezone(datetime.timezone.utc)
                   for d in (day, day + datetime.timedelta(days=1)))
    body = {'historicData': {'command': 'historicData', 'params': {
        'thingKey': THING, 'requiredValues': '*', 'start': first.strftime('%Y-%m-%dT%H:%M:%S.000Z'),
        'end': (last - datetime.timedelta(milliseconds=1)).strftime('%Y-%m-%dT%H:%M:%S.999Z')}}}
    request = urllib.request.Request(world['simulator'].url(), json.dumps(body).encode(), {
        'Client': CLIENT, 'Authorization': KEY, 'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
    stamps = {part for part in text.split('"') if len(part) == 20 and part.endswith('Z') and part[10] == 'T'}
    instants = {datetime.datetime.fromisoformat(s.replace('Z', '+00:00')) for s in stamps}
    return [int(at.timestamp()) * MILLISECONDS for at in sorted(instants) if first <= at < last]


def compare(days):
    """Nothing that was there is gone, and a day that counts as covered is there whole."""
    for day, times in held.items():
        if days.get(day) != times:
            raise Missing(f'{day} had {len(times)} times and now has {len(days.get(day) or [])}')
    for day, times in days.items():
        if day not in held and times != of_the_portal(day):
            raise Missing(f'{day}: {len(times)} times are stored of {len(of_the_portal(day))}')
    held.update(days)


def is_killed():
    for number in range(ROUNDS):
        program, page = start()
        previous = find(page, 'push button', 'Earlier')
        for _ in range(len(held) + chance.randint(1, 3)):
            click(previous)
        time.sleep(chance.uniform(0, LONGEST))
        program.stop(signal.SIGKILL)
        compare(look_at_store())
        print(f'# kill {number + 1}: {len(held)} days whole', flush=True)


def goes_on():
    """What is missing is fetched as if nothing had been."""
    program, page = start()
    previous = find(page, 'push button', 'Earlier')
    for _ in range(4):
        click(previous)
    wait(lambda: (today() - datetime.timedelta(days=4)) in look_at_store(), 60, 'the day before')
    compare(look_at_store())
    if program.stop() != 0:
        raise Missing('the program ended with an error')
    if not held:
        raise Missing('nothing was ever stored')


def shows_it_without_the_portal():
    world['simulator'].__exit__()
    program, page = start()
    previous = find(page, 'push button', 'Earlier')
    for _ in range(4):
        click(previous)
    wait(lambda: any(node.name.startswith('Sun, ') and 'kW' in node.name for node in walk(page, tables=True)), 40,
         'points of the day')
    screenshot('story-killed')
    act(find(page, 'push button', 'Show as table'))
    table = find(page, 'tree table', 'Values of the day')
    wait(lambda: sum(node.getRoleName() == 'table row' for node in walk(table, tables=True)) > 90, 40, 'the whole day')
    if any('damaged' in word for word in labels(program.window)):
        raise Missing('the store was set aside')
    if [name for name in os.listdir(os.path.dirname(STORE)) if name.startswith('history') and
            name not in ('history.sqlite', 'history.sqlite-wal', 'history.sqlite-shm')]:
        raise Missing(f'the store was set aside: {os.listdir(os.path.dirname(STORE))}')
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('has a portal and a key', begins), ('is killed while it fetches', is_killed), ('fetches the rest', goes_on),
      ('shows what is stored without the portal', shows_it_without_the_portal))
