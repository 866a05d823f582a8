# SPDX-License-Identifier: GPL-3.0-or-later
"""A person adds an account of Azzurro System: the certificate that nobody vouches for is looked at and trusted, the test
succeeds, values come, another certificate is refused. At the end the token is nowhere: not in a log with everything in it,
not in the plant, the settings, the store, the transcript, the recording or the arguments."""
import atexit
import os
import subprocess
import sys

from window import Missing, Program, act, find, labels, screenshot, set_text, story, wait, word

BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
sys.path.insert(0, os.path.join(os.environ['PLANCIA_TEST_SOURCE_DIR'], 'simulator'))
from peers import Simulator, device, scenario  # noqa: E402  pylint: disable=wrong-import-position

HOME = os.environ['XDG_DATA_HOME']
KEYRING = os.path.join(HOME, 'story.keyring')
LOG = os.path.join(HOME, 'log-of-the-story')
TOKEN, THING = 'Tok3nNobodyMaySee', 'ZP1ES106K00003'
SECRETS = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': KEYRING, 'SECRET_FILE_TEST_PASSWORD': 'story'}
world = {}


def begins():
    """Azzurro System over TLS with a certificate of its own, and a keyring in a file."""
    system = {'kind': 'portal', 'name': 'System', 'route': 'system', 'account': 'new', 'token': TOKEN, 'tls': 'self-signed'}
    thing = {'kind': 'thing', 'name': 'Thing', 'parent': 'System', 'of': 'Hybrid'}
    world['simulator'] = Simulator(scenario(device('wifi'), device('hybrid'), system, thing)).__enter__()
    # A story that fails leaves nothing behind.
    atexit.register(world['simulator'].process.kill)
    world['log'] = open(LOG, 'wb')  # pylint: disable=consider-using-with
    world['program'] = Program(environment={**SECRETS, 'G_MESSAGES_DEBUG': 'all'}, output=world['log'])


def window_called(name):
    return wait(lambda: next((w for w in world['program'].windows() if w.name == name), None), 20, f'window {name}')


def says(root, words):
    wait(lambda: any(words in label for label in labels(root)), 20, words)


def is_filled_in():
    act(world['program'].window, 'win.add-portal')
    dialog = world['dialog'] = window_called('Portal account')
    act(find(dialog, 'push button', 'Azzurro System'))
    for title, text in (('Token', f' "{TOKEN}" '), ('Address of the service', world['simulator'].url()),
                        ('Serial numbers', THING)):
        set_text(find(dialog, 'text', title), text)
    says(dialog, 'unverified')


def certificate_is_trusted():
    dialog = world['dialog']
    act(find(dialog, 'push button', word('_Test connection')))
    says(dialog, 'Nobody vouches')
    act(find(dialog, 'push button', word('Look at the _certificate…')))
    question = wait(lambda: next((w for w in world['program'].windows()
                                  if any('Trust this certificate?' in label for label in labels(w))), None), 20,
                    'the certificate')
    says(question, 'SHA-256')
    says(question, 'Issuer')
    screenshot('story-account-certificate')
    act(find(question, 'push button', word('_Trust this certificate')))
    says(dialog, f'Accepted. {THING}')
    screenshot('story-account')


def values_come():
    act(find(world['dialog'], 'push button', word('_Add account')))
    window = world['program'].window
    wait(lambda: window.name.startswith('Azzurro System'), 20, 'the account')
    says(window, 'Accepted')
    if any('Unverified profile' in label for label in labels(window)):
        raise Missing('the profile counts as unverified after a test that succeeded')
    act(find(window, 'push button', word('Ask now')))
    world['program'].go_to(THING)


def is_recorded():
    """The command line with the same keyring: what was asked goes into a transcript and a recording."""
    account = os.listdir(os.path.join(HOME, 'plancia', 'cloud-accounts'))[0]
    address = f'system://{account}/{THING}'
    environment = {**os.environ, **SECRETS, 'G_MESSAGES_DEBUG': 'all'}
    for arguments in (('read', address, '--transcript', os.path.join(HOME, 'transcript'), '--pcapng',
                       os.path.join(HOME, 'recording')), ('cloud', 'test', address, '--exchange')):
        done = subprocess.run([os.path.join(BUILD, 'app', 'plancia-cli'), *arguments, '--url', world['simulator'].url()],
                              stdout=world['log'], stderr=world['log'], env=environment, timeout=60, check=False)
        if done.returncode != 0:
            raise Missing(f'{arguments[0]} ended with {done.returncode}')


def is_nowhere():
    with open(f'/proc/{world["program"].process.pid}/cmdline', 'rb') as file:
        arguments = file.read()
    if world['program'].stop() != 0:
        raise Missing('the program ended with an error')
    world['log'].close()
    if TOKEN.encode() in arguments:
        raise Missing('the token is in the arguments')
    looked_at = []
    for root in (HOME, os.environ['XDG_CONFIG_HOME'], os.environ['XDG_CACHE_HOME'], os.environ['XDG_RUNTIME_DIR']):
        for folder, _, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                if path == KEYRING or not os.path.isfile(path):
                    continue
                with open(path, 'rb') as file:
                    if TOKEN.encode() in file.read():
                        raise Missing(f'the token is in {path}')
                looked_at.append(name)
    for name in ('log-of-the-story', 'transcript', 'recording', 'account.ini'):
        if name not in looked_at:
            raise Missing(f'{name} is not among {looked_at}')


story(('has a cloud and a keyring', begins), ('is filled in', is_filled_in),
      ('looks at the certificate and trusts it', certificate_is_trusted), ('shows values', values_come),
      ('is recorded', is_recorded), ('leaves its token nowhere', is_nowhere))
