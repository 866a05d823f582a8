# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window over AT-SPI, as a person with a screen reader would. What GTK 4.8 does its own way: the name of
a button may repeat its mnemonic, a menu button is two nested buttons, only the top level is "showing", tables expose some
two hundred rows. Every wait is bounded."""
import gettext
import os
import re
import signal
import subprocess
import sys
import time

import gi
import pyatspi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

# Milliseconds for an answer, and for the first of a program; 800 is what it comes with, which a busy machine misses.
Atspi.set_timeout(20000, 30000)

PATIENCE = 3
KEYFILE = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
TABLES = {'tree table', 'table'}
_catalogue = gettext.translation('plancia', os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'po'),
                                 [os.environ.get('STORY_LANGUAGE') or 'en'], fallback=True)


def word(english):
    """As the program says it in the language of the story, without its mnemonic."""
    return _catalogue.gettext(english).replace('_', '')


def _untranslated():
    """Words that the catalogue says otherwise, and that are nothing in the language of the story."""
    known = {(key[0] if isinstance(key, tuple) else key).split('\x04')[-1].replace('_', ''): value.replace('_', '')
             for key, value in getattr(_catalogue, '_catalog', {}).items() if value}
    native = set(known.values())
    return {word for word, value in known.items() if word and word != value and word not in native}


UNTRANSLATED = _untranslated()


class Missing(Exception):
    """What was waited for did not come."""


def wait(question, limit=10.0, what='condition'):
    """The first true answer within limit seconds of a machine that has time, a few times as many of one that has none."""
    end = time.monotonic() + PATIENCE * limit
    answer = None
    while True:
        try:
            answer = question()
            if answer:
                return answer
        except Exception as error:  # objects vanish while one looks at them
            answer = error
        if time.monotonic() > end:
            raise Missing(f'{what}: {answer!r}')
        time.sleep(0.03)


def walk(node, tables=False):
    yield node
    try:
        if not tables and node.getRoleName() in TABLES:
            return
        count = node.childCount
    except Exception:
        return
    for index in range(count):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, tables)


def is_mapped(node):
    try:
        return node.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width > 0
    except Exception:
        return True


def is_visible(node):
    return node.getState().contains(pyatspi.STATE_VISIBLE) and is_mapped(node)


def has_name(node, name):
    return node.name == name or node.name.endswith(' ' + name)


def find(root, role=None, name=None, contains=None, limit=10.0, tables=False, last=False):
    def go():
        found = None
        for node in walk(root, tables):
            try:
                if role and node.getRoleName() != role:
                    continue
                if name is not None and not has_name(node, name):
                    continue
                if contains is not None and contains not in node.name:
                    continue
                if not is_visible(node):
                    continue
            except Exception:
                continue
            if not last:
                return node
            found = node
        return found
    return wait(go, limit, f'{role} {name or contains!r}')


def act(node, action='click'):
    actions = node.queryAction()
    names = [actions.getName(i) for i in range(actions.nActions)]
    if action not in names:
        raise Missing(f'{node.name!r} has no action {action}, only {names}')
    actions.doAction(names.index(action))


def text(node):
    content = node.queryText()
    return content.getText(0, content.characterCount)


def set_text(node, value):
    node.queryEditableText().setTextContents(value)


def labels(root, tables=True):
    """All visible words, in tree order."""
    words = []
    for node in walk(root, tables):
        try:
            if node.getRoleName() in ('label', 'static') and node.name and is_mapped(node):
                words.append(node.name)
        except Exception:
            continue
    return words


def press(*keys):
    """Real keys to the focused window, in xdotool's names."""
    subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)


def click(node, times=1, button=1):
    """The real pointer on the middle of a widget. There is no window manager: windows begin at 0, 0."""
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    subprocess.run(['xdotool', 'mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2),
                    'click', '--repeat', str(times), '--delay', '60', str(button)], check=True)


class Program:
    """The program under test, in a home folder of its own."""

    def __init__(self, *arguments, environment=None, wait_for_window=True, output=None):
        build = os.environ['PLANCIA_TEST_BUILD_DIR']
        self.process = subprocess.Popen([os.path.join(build, 'app', 'plancia'), *arguments],
                                        env={**os.environ, **(environment or {})}, stdout=output, stderr=output)
        self.application = None
        self.window = None
        if wait_for_window:
            self.application = wait(self._find, 20, 'program on the accessibility bus')
            self.window = find(self.application, 'frame')
            # Without a window manager the keys go to the window under the pointer once a dialog was closed.
            subprocess.run(['xdotool', 'mousemove', '3', '3'], check=True)

    def _find(self):
        desktop = pyatspi.Registry.getDesktop(0)
        return next((a for a in desktop if a and a.name == 'plancia' and a.get_process_id() == self.process.pid), None)

    def go_to(self, device):
        """Looks at a device, as Ctrl+K and its name do."""
        act(self.window, 'win.go-to-device')
        entry = find(self.window, 'entry', word('Search devices'))
        set_text(entry, device)
        # The list follows a moment after the last key.
        wait(lambda: is_visible(entry) and text(entry) == device, what='name typed')
        time.sleep(0.4)
        press('Return')
        wait(lambda: self.window.name.startswith(device), what=f'{device} looked at')

    def windows(self):
        return [self.application.getChildAtIndex(i) for i in range(self.application.childCount)]

    def stop(self, how=signal.SIGTERM, limit=10):
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Missing('the program did not end')


def screenshot(name, width=1200, height=760):
    """A picture of the window for people, if a folder for pictures is given."""
    folder = os.environ.get('PLANCIA_SCREENSHOTS')
    if folder:
        subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+0+0', '+repage',
                        os.path.join(folder, name + '.png')], check=False)


def is_dark():
    """What is on the screen: a point of the header bar."""
    shade = subprocess.run(['import', '-window', 'root', '-crop', '1x1+150+8', '-format', '%[fx:100*luminance]', 'info:'],
                           capture_output=True, check=True, text=True).stdout
    return float(shade) < 50


def set_dark(dark):
    """As a person does in the system's settings: the program follows at once."""
    group = f"[org/gnome/desktop/interface]\ncolor-scheme='{'prefer-dark' if dark else 'default'}'\n"
    with open(KEYFILE, encoding='utf-8') as file:
        others = re.sub(r'\[org/gnome/desktop/interface\]\n[^\[]*', '', file.read())
    with open(KEYFILE + '.new', 'w', encoding='utf-8') as file:
        file.write(others + group)
    os.rename(KEYFILE + '.new', KEYFILE)
    wait(lambda: is_dark() == dark, what='dark' if dark else 'light')


def write_settings(**keys):
    """Settings as they were at the last end; names with _ for -."""
    def form(value):
        if isinstance(value, bool):
            return str(value).lower()
        return str(value) if isinstance(value, (int, list)) else f"'{value}'"
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write('[io/github/plancia/Plancia]\n')
        file.writelines(f'{name.replace("_", "-")}={form(value)}\n' for name, value in keys.items())


def story(*steps):
    """Runs steps (name, function) in order as TAP; a failed one ends the story."""
    print(f'1..{len(steps)}', flush=True)
    for number, (name, step) in enumerate(steps, 1):
        try:
            step()
        except Exception as error:
            print(f'not ok {number} {name}\n# {type(error).__name__}: {error}', flush=True)
            screenshot('failed-' + name.replace(' ', '-'))
            for rest in range(number + 1, len(steps) + 1):
                print(f'not ok {rest} {steps[rest - 1][0]}\n# not reached', flush=True)
            sys.exit(1)
        print(f'ok {number} {name}', flush=True)
