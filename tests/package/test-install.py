#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What "meson install" gives: exactly these files, which run from where they are; and the Debian package of them."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'simulator'))
from peers import equal, main  # noqa: E402  pylint: disable=wrong-import-position

TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ['PLANCIA_TEST_BUILD_DIR']
LIMIT = 100
SCRATCH = tempfile.TemporaryDirectory()
ROOT = os.path.join(SCRATCH.name, 'root')
PREFIX = None
# Where Debian's zsh looks.
ELSEWHERE = {'share/zsh/site-functions/_plancia-cli': 'share/zsh/vendor-completions/_plancia-cli'}


def run(*command, **environment):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=LIMIT, check=False, env={**os.environ, **environment})
    assert done.returncode == 0, (command, done)
    return done.stdout


def expected():
    with open(os.path.join(HERE, 'files.txt'), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names)


def gives_exactly_these_files():
    global PREFIX
    run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', DESTDIR=ROOT)
    found = files_below(ROOT)
    place = os.path.commonpath([os.path.dirname(os.path.dirname(p)) for p in found if p.endswith('bin/plancia')])
    PREFIX = os.path.join(ROOT, place)
    equal([os.path.relpath(os.path.join(ROOT, path), PREFIX) for path in found], expected())
    for name in ('plancia', 'plancia-cli', 'plancia-simulator'):
        equal(os.stat(f'{PREFIX}/bin/{name}').st_mode & 0o777, 0o755)


def names_no_folder_of_the_build():
    for name in ('plancia', 'plancia-cli', 'plancia-simulator'):
        copy = f'{SCRATCH.name}/{name}.stripped'
        run('strip', '-o', copy, f'{PREFIX}/bin/{name}')
        with open(copy, 'rb') as file:
            assert BUILD.encode() not in file.read(), name


def the_command_line_runs_from_there():
    program = f'{PREFIX}/bin/plancia-cli'
    assert 'zcs-3ph-hyd-g3' in run(program, 'map', 'list')
    assert 'Usage: plancia-cli' in run(program, '--help', LC_ALL='C.UTF-8', LANGUAGE='C')
    assert 'Uso: plancia-cli' in run(program, '--help', LC_ALL='C.UTF-8', LANGUAGE='it')
    assert 'Uso:' in run(f'{PREFIX}/bin/plancia-simulator', '--help', LC_ALL='C.UTF-8', LANGUAGE='it')


def ends_of_itself(process):
    limit = time.monotonic() + LIMIT
    while process.poll() is None and time.monotonic() < limit:
        time.sleep(0.1)
    return process.poll()


def the_window_opens_from_there():
    """With the schemas as the system's own trigger compiles them, on a bus of its own."""
    run('glib-compile-schemas', f'{PREFIX}/share/glib-2.0/schemas')
    home = os.path.join(SCRATCH.name, 'home')
    places = {name: os.path.join(home, name) for name in ('XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME')}
    environment = {k: v for k, v in os.environ.items() if k not in ('GSETTINGS_SCHEMA_DIR', 'DBUS_SESSION_BUS_ADDRESS')}
    environment.update(places, GSETTINGS_BACKEND='memory', GSK_RENDERER='cairo', LC_ALL='C.UTF-8', LANGUAGE='it',
                       DBUS_SESSION_BUS_ADDRESS='disabled:')
    environment.pop('G_DEBUG', None)
    process = subprocess.Popen([f'{PREFIX}/bin/plancia', '--demo'], env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        found = subprocess.run(['timeout', '60', 'xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(process.pid)],
                               stdout=subprocess.PIPE, text=True, check=False).stdout.split()
        assert found, (process.poll(), process.stderr.read() if process.poll() is not None else '')
        process.send_signal(signal.SIGTERM)
        equal(ends_of_itself(process), 0)
    finally:
        process.kill()
        process.wait()



def the_debian_package():
    if not all(map(shutil.which, ('dpkg-deb', 'dpkg-shlibdeps'))):
        print('# no dpkg here: the package is not made')
        return
    path = run(os.path.join(TOP, 'data', 'make-deb'), '--build', BUILD, '-o', SCRATCH.name).strip()
    again = f'{SCRATCH.name}/again'
    same = run(os.path.join(TOP, 'data', 'make-deb'), '--build', BUILD, '-o', again).strip()
    with open(path, 'rb') as one, open(same, 'rb') as other:
        assert one.read() == other.read(), 'two packages of one build differ'
    unpacked = f'{SCRATCH.name}/deb'
    run('dpkg-deb', '-x', path, unpacked)
    wanted = [ELSEWHERE.get(p, p) + ('.gz' if '/man1/' in p else '') for p in expected()]
    wanted += ['share/doc/plancia/changelog.gz', 'share/doc/plancia/copyright']
    equal(files_below(f'{unpacked}/usr'), sorted(wanted))
    equal(run('dpkg-deb', '-f', path, 'Package').strip(), 'plancia')
    for library in ('libgtk-4-1', 'libadwaita-1-0', 'libmodbus5', 'libserialport0'):
        assert library in run('dpkg-deb', '-f', path, 'Depends'), library
    assert 'Uso: plancia-cli' in run(f'{unpacked}/usr/bin/plancia-cli', '--help', LC_ALL='C.UTF-8', LANGUAGE='it')
    if shutil.which('lintian'):
        found = subprocess.run(['lintian', '--allow-root', '--fail-on', 'error', path], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, timeout=LIMIT, check=False)
        lines = [line for line in found.stdout.splitlines() if line.startswith(('E:', 'W:'))]
        equal((found.returncode, lines), (0, []))


main(gives_exactly_these_files, names_no_folder_of_the_build, the_command_line_runs_from_there, the_window_opens_from_there,
     the_debian_package)
