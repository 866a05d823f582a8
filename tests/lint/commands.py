#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two commands of the README where they cannot do their work, as TAP: without a display, on a system that is not
known, without the right to install. Nothing is installed or built here."""
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 60
# What the commands themselves use; nothing to compile or install with.
TOOLS = ('bash', 'env', 'dirname', 'sed', 'sort', 'id', 'mktemp', 'rm', 'cat', 'tail', 'grep')


def run(command, folder, **environment):
    done = subprocess.run([shutil.which('bash'), *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LIMIT, check=False, cwd=folder,
                          env={'PATH': folder, 'LC_ALL': 'C.UTF-8', **environment})
    return done.returncode, done.stdout, done.stderr


def bare_system(folder, *programs):
    """A folder that is the whole PATH; programs: (name, what it does)."""
    for tool in TOOLS:
        os.symlink(shutil.which(tool), os.path.join(folder, tool))
    for name, body in programs:
        path = os.path.join(folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'#!{shutil.which("bash")}\n{body}\n')
        os.chmod(path, 0o755)


def no_display():
    with tempfile.TemporaryDirectory() as folder:
        bare_system(folder)
        for arguments in ([], ['--demo'], ['plant.json']):
            code, output, complaints = run([f'{TOP}/app/run', *arguments], folder)
            assert (code, output, complaints.count('\n')) == (2, '', 1), (code, output, complaints)
            assert 'DISPLAY' in complaints, complaints


def no_display_that_answers():
    """The program itself: help and version need no display, the window does."""
    program = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia')
    home = {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    for display, options, expected in (({}, [], 2), ({'DISPLAY': ':4711'}, ['--demo'], 2), ({}, ['--version'], 0),
                                       ({}, ['--help'], 0)):
        done = subprocess.run([program, *options], env={**home, **display}, stdin=subprocess.DEVNULL, timeout=LIMIT,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == expected, (options, done)
        if expected == 2:
            assert (done.stdout, done.stderr.count('\n')) == ('', 1) and 'graphical session' in done.stderr, done


def unknown_system():
    with tempfile.TemporaryDirectory() as folder:
        bare_system(folder)
        for command, names in (('app/run', ('libgtk-4-dev', 'libmodbus-dev', 'meson')), ('tests/run', ('xvfb', 'mbpoll', 'gcc'))):
            code, output, complaints = run([f'{TOP}/{command}'], folder, DISPLAY=':99')
            assert (code, output) == (1, ''), (command, code, output)
            for name in names:
                assert f'  {name}\n' in complaints, (command, name, complaints)


def installs_what_is_missing():
    """With names, through sudo where that is needed, and not what is there."""
    with tempfile.TemporaryDirectory() as folder:
        bare_system(folder, ('dpkg-query', 'for name; do :; done; [ "$name" = libyaml-dev ] || echo installed'),
                    ('apt-get', 'echo "apt-get $*" >>log; [ "$1" = update ]'),
                    ('sudo', 'echo "sudo $*" >>log; "$@"'))
        code, output, _ = run(['-c', f'id() {{ echo 1000; }}; . {TOP}/app/packages.sh; need_packages build'], folder)
        with open(os.path.join(folder, 'log'), encoding='utf-8') as file:
            log = file.read().splitlines()
        assert (code != 0, output) == (True, 'Installing: libyaml-dev\n'), (code, output)
        assert log[0].startswith('sudo apt-get update') and log[1].startswith('apt-get update'), log
        assert log[2].startswith('sudo env') and log[3].endswith(' libyaml-dev') and len(log) == 4, log
        os.unlink(os.path.join(folder, 'sudo'))
        os.unlink(os.path.join(folder, 'log'))
        code, output, complaints = run(['-c', f'id() {{ echo 1000; }}; . {TOP}/app/packages.sh; need_packages build'], folder)
        assert (code, output) == (1, '') and '  libyaml-dev\n' in complaints, (code, output, complaints)
        assert not os.path.exists(os.path.join(folder, 'log'))


def installs_nothing_without_need():
    with tempfile.TemporaryDirectory() as folder:
        bare_system(folder, ('dpkg-query', 'echo installed'), ('apt-get', 'echo "apt-get $*" >>log'))
        code, output, complaints = run(['-c', f'. {TOP}/app/packages.sh; need_packages test'], folder)
        assert (code, output, complaints) == (0, '', ''), (code, output, complaints)
        assert not os.path.exists(os.path.join(folder, 'log'))


def main(*tests):
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        try:
            test()
            print('ok', number, test.__name__.replace('_', '-'))
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print('not ok', number, test.__name__.replace('_', '-'))
            print('#', repr(error))
    return 1 if failed else 0


sys.exit(main(no_display, no_display_that_answers, unknown_system, installs_what_is_missing, installs_nothing_without_need))
