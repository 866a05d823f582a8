# SPDX-License-Identifier: GPL-3.0-or-later
"""The console: somebody makes a macro, lets it talk to the device, finds a line in what came and asks a question."""
import subprocess

from window import Missing, Program, act, click, find, press, screenshot, set_text, story, wait, walk

program = Program('--demo')
window = program.window


def page():
    return find(window, 'filler', 'PlanciaConsolePage')


def output():
    return find(page(), 'list', 'Console output', limit=20)


def says(words):
    return any(words in line.name for line in walk(output()) if line.getRoleName() == 'list item')


def type_words(words):
    subprocess.run(['xdotool', 'type', '--delay', '20', words], check=True)


def connects():
    find(window, 'label', contains='Simulated plant.', limit=30)
    program.go_to('CONNEXT')
    press('ctrl+2')
    act(find(page(), 'push button', 'Connect', limit=20))
    wait(lambda: says('Type help.'), 20, 'the greeting')


def makes_macro():
    act(find(page(), 'push button', 'New macro'))
    dialog = wait(lambda: next(w for w in program.windows() if w.name == 'Macro'), what='the dialog')
    name = find(dialog, 'text', 'Name on the button')
    set_text(name, 'Ask twice')
    click(find(dialog, 'text', 'Lines to send'))
    for line in ('status', '@wait for > ?$ or 3000', 'help', '@wait for list'):
        type_words(line)
        press('Return')
    screenshot('story-macro')
    act(find(dialog, 'push button', 'Save'))
    find(page(), 'push button', 'Ask twice')


def plays_macro():
    act(find(page(), 'push button', 'Ask twice'))
    wait(lambda: says('this list'), 20, 'the answer to the second line')
    screenshot('story-played')


def finds():
    act(window, 'win.search')
    entry = find(page(), 'entry', 'Find in the output')
    set_text(entry, 'this list')
    find(page(), name='1 of 1', limit=20)
    screenshot('story-found')
    press('Escape')


def asks():
    set_text(find(page(), 'text', 'Line to send'), 'help')
    act(find(page(), 'push button', 'Query'))
    find(page(), 'push button', 'Copy the answer', limit=20)
    screenshot('story-answer')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('connects the console', connects), ('makes a macro', makes_macro), ('plays it', plays_macro),
      ('finds a line', finds), ('asks a question', asks), ('ends at once', ends))
