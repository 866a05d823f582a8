#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped maps, put together from what they extend, are register for register those that were taken apart: one hash a
register, group, write block, table and other member in tests/fixtures/maps/whole-maps.txt, in the order of the map.
With "--write FOLDER" the fixture is written from whole map files."""
import glob
import hashlib
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get('PLANCIA_TEST_BUILD_DIR', os.path.join(TOP, 'build'))
FIXTURE = os.path.join(TOP, 'tests', 'fixtures', 'maps', 'whole-maps.txt')
LISTS = ('registers', 'groups', 'write_blocks')
TABLES = ('value_tables', 'bit_tables')


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:12]


def plain(kind, entry):
    """Without what was added since: areas that are never written, read-backs that prove nothing."""
    if kind == 'limits':
        return {k: v for k, v in entry.items() if k != 'never_write'}
    if kind == 'registers' and 'write' in entry:
        return {**entry, 'write': {k: v for k, v in entry['write'].items() if k != 'read_back'}}
    return entry


def lines(whole):
    """One line a part: kind, key, hash. Lists keep their order, the rest is sorted."""
    for kind in LISTS:
        yield from (f'{kind} {entry["key"]} {digest(plain(kind, entry))}' for entry in whole.get(kind, []))
    for kind in TABLES:
        yield from (f'{kind} {name} {digest(rows)}' for name, rows in sorted(whole.get(kind, {}).items()))
    yield from (f'member {name} {digest(plain(name, value))}' for name, value in sorted(whole.items())
                if name not in LISTS + TABLES)


def wanted():
    """{map: lines} of the fixture"""
    maps, current = {}, None
    with open(FIXTURE, encoding='utf-8') as file:
        for line in file.read().splitlines():
            if line.startswith('map '):
                current = maps.setdefault(line[4:], [])
            elif line:
                current.append(line)
    return maps


def export(name):
    program = os.path.join(BUILD, 'app', 'plancia-cli')
    return json.loads(subprocess.run([program, 'map', 'export', name], check=True, capture_output=True).stdout)


def write(folder):
    with open(FIXTURE, 'w', encoding='utf-8') as out:
        for path in sorted(glob.glob(os.path.join(folder, '*.json'))):
            with open(path, encoding='utf-8') as file:
                whole = json.load(file)
            out.write('\n'.join([f'map {whole["id"]}', *lines(whole), '']) + '\n')


def main():
    if sys.argv[1:2] == ['--write']:
        write(sys.argv[2])
        return 0
    maps = wanted()
    failed = 0
    print(f'1..{len(maps) + 1}')
    for number, (name, expected) in enumerate(maps.items(), 1):
        got = list(lines(export(name)))
        wrong = sorted(set(got) ^ set(expected)) or ([] if got == expected else ['the order'])
        print('not ok' if wrong else 'ok', number, name)
        for line in wrong[:20]:
            print('#', line)
        failed += bool(wrong)
    registers = sum(line.startswith('registers ') for expected in maps.values() for line in expected)
    print('ok' if registers == 1552 else 'not ok', len(maps) + 1, 'all 1552 registers are in the fixture')
    return 1 if failed or registers != 1552 else 0


if __name__ == '__main__':
    sys.exit(main())
