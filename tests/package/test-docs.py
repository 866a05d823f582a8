#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Man pages and completions know exactly the verbs and options that --help has: each is asked through the program
that reads it: man, bash, fish; zsh checks its file."""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'simulator'))
from peers import equal, main  # noqa: E402  pylint: disable=wrong-import-position

BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
DOCS = os.path.join(BUILD, 'data', 'cli')
CLI = os.path.join(BUILD, 'app', 'plancia-cli')
LIMIT = 60
# Verbs that only group others.
GROUPS = ('history', 'plant', 'replay')


def output(*command, **environment):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=LIMIT, check=False, env={**os.environ, **environment})
    assert done.returncode == 0, (command, done)
    return done.stdout


def options_in(text):
    return set(re.findall(r'^ {2,}(?:-\w, )?(--[\w-]+)', text, re.MULTILINE))


def verbs():
    """{"history list": its options}, from the program itself."""
    found = {}
    for verb in re.findall(r'^  plancia-cli ([a-z-]+)', output(CLI, '--help'), re.MULTILINE):
        below = re.findall(rf'^  plancia-cli {verb} ([a-z-]+)', output(CLI, verb, '--help'), re.MULTILINE)
        for name in [f'{verb} {word}' for word in below] or [verb]:
            found[name] = options_in(output(CLI, *name.split(), '--help'))
    assert len(found) > 12 and {'history list', 'history export', 'read', 'cloud'} <= set(found), found
    return found


def man_page(name):
    return output('man', '-l', os.path.join(DOCS, name + '.1'), MANWIDTH='200', MANPAGER='cat', MAN_KEEP_FORMATTING='',
                  LC_ALL='C.UTF-8', GROFF_NO_SGR='1')


def plain(text):
    return re.sub('.\b', '', text)


def man_page_of_the_command_line():
    text = plain(man_page('plancia-cli'))
    chapter = re.search(r'^VERBS$(.*?)^[A-Z]', text, re.DOTALL | re.MULTILINE)[1]
    parts = re.split(r'^   ([a-z][a-z -]*)$', chapter, flags=re.MULTILINE)[1:]
    found = {name: options_in(body) | {'--help'} for name, body in zip(parts[::2], parts[1::2])}
    equal(found, verbs())


def man_pages_of_the_others():
    for name in ('plancia', 'plancia-simulator'):
        chapter = re.search(r'^OPTIONS$(.*?)^[A-Z]', plain(man_page(name)), re.DOTALL | re.MULTILINE)[1]
        equal(options_in(chapter), options_in(output(os.path.join(BUILD, 'app', name), '--help')))


def man_pages_are_well_formed():
    for name in ('plancia', 'plancia-cli', 'plancia-simulator'):
        done = subprocess.run(['man', '--warnings', '-l', os.path.join(DOCS, name + '.1')], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, timeout=LIMIT, check=True,
                              env={**os.environ, 'MANWIDTH': '80', 'LC_ALL': 'C.UTF-8', 'MANPAGER': 'cat'})
        equal(done.stderr, '')
        with open(os.path.join(DOCS, name + '.1'), encoding='utf-8') as file:
            assert '@' not in re.sub(r'[\w.]+@[\w.]+', '', file.read()), name


ASK_BASH = r'''
source "$1"; shift
compopt() { :; }
COMP_WORDS=(plancia-cli "$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
_plancia_cli
printf '%s\n' "${COMPREPLY[@]}"
'''


def ask_bash(*words):
    return set(output('bash', '-c', ASK_BASH, 'bash', os.path.join(DOCS, 'plancia-cli'), *words).split())


def bash():
    expected = verbs()
    equal(ask_bash(''), {name.split()[0] for name in expected} | {'--help', '--version'})
    for group in GROUPS:
        equal(ask_bash(group, ''), {n.split()[1] for n in expected if n.startswith(group + ' ')} | {'--help'})
    for name, options in expected.items():
        equal(ask_bash(*name.split(), '--'), options)
    equal(ask_bash('map', 'im'), {'import'})
    equal(ask_bash('read', 'eth'), {'eth-stick://'})
    equal(ask_bash('read', '--function', '='), {'3', '4'})
    assert 'test-docs.py' in output('bash', '-c', f'cd {HERE}; {ASK_BASH}', 'bash', os.path.join(DOCS, 'plancia-cli'),
                                    'read', '--map', '=', 'test-d')


def ask_fish(line):
    script = f'source {DOCS}/plancia-cli.fish; complete -C "{line}"'
    return {row.split('\t')[0] for row in output('fish', '--no-config', '-c', script).splitlines()}


def fish():
    expected = verbs()
    folder = os.environ['PLANCIA_TEST_BUILD_DIR'] + '/data/cli'
    equal({w for w in ask_fish('plancia-cli ') if not os.path.exists(w.rstrip('/')) and not w.startswith('-')} -
          set(os.listdir(folder)), {name.split()[0] for name in expected})
    for name, options in expected.items():
        equal({w for w in ask_fish(f'plancia-cli {name} --') if w.startswith('--')}, options)
    equal(ask_fish('plancia-cli read --function='), {'--function=3', '--function=4'})


def zsh():
    """It needs a terminal to complete: the file is read, and parsed by zsh."""
    path = os.path.join(DOCS, '_plancia-cli')
    if shutil.which('zsh'):
        output('zsh', '-n', path)
    with open(path, encoding='utf-8') as file:
        text = file.read()
    parts = re.split(r'^    \("([a-z -]+)"\)$', text, flags=re.MULTILINE)[1:]
    found = {name: set(re.findall(r"^ +(?:_arguments )?'\*?(--[\w-]+)", body.split(';;')[0], re.MULTILINE))
             for name, body in zip(parts[::2], parts[1::2])}
    equal(found, verbs())


def history_explains_itself():
    text = output(CLI, 'history', '--help')
    equal(re.findall(r'^  plancia-cli history (\w+)', text, re.MULTILINE), ['list', 'gaps', 'fetch', 'export', 'import'])
    assert 'plancia-cli history fetch [OPTION' in output(CLI, 'history', 'fetch', '--help')


main(man_page_of_the_command_line, man_pages_of_the_others, man_pages_are_well_formed, bash, fish, zsh, history_explains_itself)
