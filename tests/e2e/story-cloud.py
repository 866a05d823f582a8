# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story of a cloud: an office adds an account of Azzurro System beside the same inverter on its stick and an account
of the old portal, tests it, fetches a month, sees the strip fill, opens the alarms of that month, writes a setting through the
cloud and sees the callback arrive. At the end no secret of either cloud is anywhere."""
import atexit
import base64
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import datetime, timedelta, timezone

from window import Missing, Program, act, click, find, labels, press, screenshot, set_text, story, wait, word, write_settings

sys.path.insert(0, os.path.join(os.environ['PLANCIA_TEST_SOURCE_DIR'], 'simulator'))
from peers import Simulator, device, scenario  # noqa: E402  pylint: disable=wrong-import-position

BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
HOME = os.environ['XDG_DATA_HOME']
PLANT = os.path.join(HOME, 'plant.json')
KEYRING = os.path.join(HOME, 'story.keyring')
TOKEN, THING, NAME = 'Tok3nOfTheStory', 'ZP1ES106K00003', 'HYD 6000'
CLIENT, KEY, OLD = 'Cl1entOfTheStory', 'Zcs K3yOfTheStory', 'Old portal'
SECRETS = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': KEYRING, 'SECRET_FILE_TEST_PASSWORD': 'story'}
SETTING = 'Energy storage mode'
NEW = 'Timed charge and discharge'
WORDS = 'Grid voltage too low'
world = {}


def stamp(**ago):
    return (datetime.now(timezone.utc) - timedelta(**ago)).strftime('%Y-%m-%dT%H:%M:%SZ')


def begins():
    """A cloud and a stick that lead to one inverter, which had an alarm ten days ago; a keyring in a file."""
    hybrid = device('hybrid', alarms=[{'id': 2, 'from': stamp(days=10), 'to': stamp(hours=156)}])
    system = {'kind': 'portal', 'name': 'System', 'route': 'system', 'account': 'new', 'token': TOKEN, 'callback_delay': 1}
    thing = {'kind': 'thing', 'name': 'Thing', 'parent': 'System', 'of': 'Hybrid'}
    portal = {'kind': 'portal', 'name': 'Portal', 'route': 'portal', 'account': 'home', 'client': CLIENT, 'key': KEY}
    same = {'kind': 'thing', 'name': 'Same', 'parent': 'Portal', 'of': 'Hybrid'}
    plant = scenario(device('wifi'), hybrid, system, thing, portal, same, start=stamp(), commissioned=stamp(days=60)[:10])
    simulator = world['simulator'] = Simulator(plant).__enter__()
    # A story that fails leaves nothing behind.
    atexit.register(simulator.process.kill)
    for name, secret in (('client', CLIENT), ('key', KEY)):
        subprocess.run([os.path.join(BUILD, 'tests', 'plant', 'keep-secret'), 'home', name, secret], check=True,
                       env={**os.environ, **SECRETS})
    url = next(cloud['url'] for cloud in simulator.served['clouds'] if cloud['profile'] == 'azzurro-portal')
    with open(PLANT, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'entries': [
            {'id': 'inverter', 'name': NAME, 'kind': 'inverter', 'address': simulator.address('Hybrid'),
             'map': 'zcs-3ph-hyd-g3'},
            {'id': 'old', 'name': OLD, 'kind': 'portal', 'address': 'portal://home', 'url': url, 'children': [
                {'id': 'same', 'name': 'The same', 'kind': 'thing', 'address': f'portal://home/{THING}'}]}]}, file)
    with socket.create_server(('127.0.0.1', 0)) as free:
        port = free.getsockname()[1]
    write_settings(receiver_port=port, receiver_url=f'http://127.0.0.1:{port}/')
    program = world['program'] = Program(PLANT, environment=SECRETS)
    world['window'] = program.window
    program.go_to(NAME)


def window_called(name):
    return wait(lambda: next((w for w in world['program'].windows() if w.name == name), None), 20, f'window {name}')


def says(root, words, limit=20):
    wait(lambda: any(words in label for label in labels(root)), limit, words)


def is_added():
    act(world['window'], 'win.add-portal')
    dialog = window_called(word('Portal account'))
    act(find(dialog, 'push button', 'Azzurro System'))
    for title, content in ((word('Token'), TOKEN), (word('Address of the service'), world['simulator'].url()),
                           (word('Serial numbers'), THING)):
        set_text(find(dialog, 'text', title), content)
    act(find(dialog, 'push button', word('_Test connection')))
    says(dialog, THING)
    says(dialog, word('Accepted. %s sent its values %s ago.').split(' %s')[0])
    screenshot('story-cloud-account')
    act(find(dialog, 'push button', word('_Add account')))
    wait(lambda: world['window'].name.startswith('Azzurro System'), 20, 'the account')


def fetches_a_month():
    window = world['window']
    act(find(window, 'push button', word('Download history'), limit=20, last=True))
    act(find(window, 'push button', word('Fetch'), limit=20, last=True))
    says(window, word('Complete'), 120)
    screenshot('story-cloud-month')
    press('Escape')


def has_alarms():
    """The one of ten days ago is there as an interval, though nobody looked then."""
    window = world['window']
    world['program'].go_to(THING)
    click(find(window, 'page tab', word('Alarms'), limit=20))
    says(window, WORDS, 30)
    screenshot('story-cloud-alarms')


def listens():
    """The receiver is off until it is wanted."""
    window = world['window']
    world['program'].go_to('Azzurro System')
    click(find(window, 'page tab', word('Overview'), limit=20))
    says(window, word('Off'))
    click(find(window, 'label', word('Receive answers here')))
    says(window, word('Listening on port %u. No call yet').split('%u')[0])


def choose(dialog, name):
    click(find(dialog, 'combo box', word('Setting')))
    set_text(find(dialog, 'entry', limit=20), name)
    time.sleep(0.4)
    press('Return')


def writes():
    window = world['window']
    act(find(window, 'push button', word('View only')))
    find(window, 'push button', word('Installer'))
    act(find(window, 'push button', word('_Write…')))
    dialog = window_called(word('Write through Azzurro System'))
    says(dialog, word('The vendor lets only devices on a ZSM-WIFI-USB or ZSM-ETH-USB be written.'))
    screenshot('story-cloud-write')
    click(find(dialog, 'label', word('I own the advanced system it is in')))
    click(find(dialog, 'label', word('Its datalogger')))
    press('Up', 'Return')
    wait(lambda: word('Another, or not known') not in labels(dialog), 20, 'the stick')
    choose(dialog, SETTING)
    screenshot('story-cloud-chosen')
    click(find(dialog, 'check box', NEW))
    act(find(dialog, 'push button', word('_Review…')))
    title = 'Write 1 setting'
    review = window_called(title)
    says(review, THING)
    screenshot('story-cloud-review')
    act(find(review, 'push button', title))
    wait(lambda: word('Verified').lower() in [label.lower() for label in labels(review)], 60, 'verified')
    screenshot('story-cloud-verified')
    act(find(review, 'push button', word('Close')))


def callback_arrives():
    """On the account's page: the life of the request, and the body with its time; the cloud was asked once."""
    window = world['window']
    says(window, word('Verified'))
    says(window, word('Listening on port %u. Last call %s').split('%u')[0])
    # The end of the page, where the bodies are.
    subprocess.run(['xdotool', 'mousemove', '700', '600', 'click', '--repeat', '25', '--delay', '30', '5'], check=True)
    time.sleep(0.5)
    click(find(window, 'label', word('Received')))
    says(window, word('Answer to a write'))
    screenshot('story-cloud-callback')
    with urllib.request.urlopen(world['simulator'].url() + 'simulator/writes', timeout=20) as answer:
        sent = json.load(answer)
    if len(sent) != 1 or not sent[0]['applied'] or sent[0]['callbacks'] != 1:
        raise Missing(f'one write and one callback should have been: {sent}')
    with open(os.path.join(HOME, 'plancia', 'callbacks.txt'), encoding='utf-8') as file:
        _, _, fate, _, body = file.read().strip().split('\t')
    if fate != 'matched' or sent[0]['requestId'] not in base64.b64decode(body).decode():
        raise Missing(f'the body is not kept: {fate} {body}')


def opens(address):
    """Whether the command line gets values with what is in the keyring."""
    cloud = 'azzurro-portal' if address.startswith('portal') else 'azzurro-system'
    url = next(c['url'] for c in world['simulator'].served['clouds'] if c['profile'] == cloud)
    done = subprocess.run([os.path.join(BUILD, 'app', 'plancia-cli'), 'cloud', 'test', address, '--url', url],
                          env={**os.environ, **SECRETS}, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0


def is_forgotten():
    """What this computer kept of the account goes with it, out of the keyring too; of the other one it stays."""
    window = world['window']
    accounts = os.path.join(HOME, 'plancia', 'cloud-accounts')
    kept = set(os.listdir(accounts)) - {'home'}
    if len(kept) != 1:
        raise Missing(f'one account should be kept: {os.listdir(accounts)}')
    account = kept.pop()
    if not opens(f'system://{account}/{THING}'):
        raise Missing('the command line should find the token in the keyring')
    click(find(find(window, 'list', word('Devices')), 'label', 'Azzurro System'), button=3)
    act(find(window, 'menu item', word('Re_move…'), limit=20))
    question = wait(lambda: next((w for w in world['program'].windows()
                                  if any('Azzurro System' in label and '?' in label for label in labels(w))), None), 20,
                    'the question')
    screenshot('story-cloud-remove')
    act(find(question, 'push button', word('_Remove')))
    wait(lambda: account not in os.listdir(accounts), 20, 'the settings of the account gone')
    wait(lambda: 'Azzurro System' not in labels(find(window, 'list', word('Devices'))), 20, 'the account gone')
    wait(lambda: not opens(f'system://{account}/{THING}'), 20, 'the token gone from the keyring')
    if not opens(f'portal://home/{THING}'):
        raise Missing('the credentials of the other account should still be there')


def ends():
    with open(f'/proc/{world["program"].process.pid}/cmdline', 'rb') as file:
        world['arguments'] = file.read()
    if world['program'].stop() != 0:
        raise Missing('the program ended with an error')


def leaves_its_token_nowhere():
    """No secret is in the plant, the store, the list of downloads, the journal, what came back, the settings or the arguments."""
    looked_at = []
    secrets = [secret.encode() for secret in (TOKEN, CLIENT, KEY, KEY.split()[1])]
    if any(secret in world['arguments'] for secret in secrets):
        raise Missing('a secret is in the arguments')
    for root in (HOME, os.environ['XDG_CONFIG_HOME'], os.environ['XDG_CACHE_HOME'], os.environ['XDG_RUNTIME_DIR']):
        for folder, _, names in os.walk(root):
            for path in (os.path.join(folder, name) for name in names):
                if path == KEYRING or not os.path.isfile(path):
                    continue
                with open(path, 'rb') as file:
                    text = file.read()
                if any(secret in text for secret in secrets):
                    raise Missing(f'a secret is in {path}')
                looked_at.append(os.path.basename(path))
    for name in ('plant.json', 'history.sqlite', 'downloads.ini', 'callbacks.txt', 'keyfile'):
        if name not in looked_at:
            raise Missing(f'{name} is not among {looked_at}')


story(('has a cloud and a stick', begins), ('adds and tests the account', is_added), ('fetches a month', fetches_a_month),
      ('opens the alarms', has_alarms), ('listens for answers', listens), ('writes through the cloud', writes),
      ('sees the callback arrive', callback_arrives), ('forgets the account', is_forgotten),
      ('ends at once', ends),
      ('leaves its token nowhere', leaves_its_token_nowhere))
