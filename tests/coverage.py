#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""coverage.py BUILD: how many lines of each folder the tests ran, from the counters that a build with -Db_coverage=true
left. The core is all but what draws and the two programs on top of it; it has to reach the goal. Beside testlog.json, in
coverage.json, the outcome as of a test."""
import concurrent.futures
import json
import os
import re
import subprocess
import sys

GOAL = 85
CORE = ('base', 'protocol', 'map', 'link', 'plant', 'backend', 'history', 'model', 'report', 'commission', 'findings', 'parcel')
BESIDES = ('simulator', 'cli')
FILE = re.compile(r"File '(?P<path>[^']*)'\nLines executed:(?P<percent>[\d.]+)% of (?P<lines>\d+)")

build = os.path.realpath(sys.argv[1])
app = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'app')


def counted(folder):
    """What gcov says of the objects of a folder: lines of each source file, and how many of them ran."""
    notes = [name for name in os.listdir(folder) if name.endswith('.gcno')]
    said = subprocess.run(['gcov', '--no-output', *notes], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=True).stdout
    for match in FILE.finditer(said):
        path = os.path.realpath(os.path.join(build, match['path']))
        if path.startswith(app + '/') and path.endswith('.c'):
            lines = int(match['lines'])
            yield os.path.relpath(path, app), lines, round(lines * float(match['percent']) / 100)


def folders():
    for way, _, files in os.walk(os.path.join(build, 'app')):
        if any(name.endswith('.gcno') for name in files):
            yield way


def share(rows):
    lines = sum(row[1] for row in rows)
    return 100 * sum(row[2] for row in rows) / lines if lines else 0


def main():
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        rows = sorted({row for found in pool.map(lambda folder: list(counted(folder)), folders()) for row in found})
    groups = {name: [row for row in rows if row[0].split('/')[0] == name] for name in CORE + BESIDES}
    print('Lines run by the tests without a window:')
    for name, found in groups.items():
        print(f'  {name:12}{share(found):6.1f} % of {sum(row[1] for row in found):6}')
    core = [row for name in CORE for row in groups[name]]
    reached = share(core)
    print(f'  {"core":12}{reached:6.1f} % of {sum(row[1] for row in core):6}, goal {GOAL} %')
    if '--files' in sys.argv:
        for row in sorted(rows, key=lambda row: row[2] - row[1]):
            print(f'  {row[0]:44}{share([row]):6.1f} % of {row[1]:6}')
    well = reached >= GOAL
    with open(os.path.join(build, 'meson-logs', 'coverage.json'), 'w', encoding='utf-8') as file:
        json.dump({'name': 'coverage of the core', 'stdout': f'{"" if well else "not "}ok 1 lines of the core',
                   'result': 'OK' if well else 'FAIL'}, file)
        file.write('\n')
    return 0 if well else 1


if __name__ == '__main__':
    sys.exit(main())
