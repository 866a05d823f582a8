#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the texts of the shipped register maps as a C header, for xgettext, which cannot read JSON: names of maps,
groups, registers and blocks, labels of tables, notes. po/update writes it to data/register-maps/map-strings.h."""
import glob
import json
import os
import re

MAPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'register-maps')


def texts(shipped):
    """Every text of one map that people read, in the order of the file."""
    yield shipped['name']
    for group in shipped.get('groups', []):
        yield group['name']
    for register in shipped['registers']:
        yield register['name']
        yield register.get('note')
        yield register.get('write', {}).get('note')
    for block in shipped.get('write_blocks', []):
        yield block.get('name')
        yield block.get('note')
    for table in [*shipped.get('value_tables', {}).values(), *shipped.get('bit_tables', {}).values()]:
        for entry in table:
            yield entry['label']


def main():
    seen = {}
    for path in sorted(glob.glob(os.path.join(MAPS, '*.json'))):
        with open(path, encoding='utf-8') as file:
            seen.update((text, None) for text in texts(json.load(file)) if text and re.search('[A-Za-z]', text))
    print('/* SPDX-License-Identifier: GPL-3.0-or-later */')
    print('/* Written by po/update from the maps beside it; only xgettext reads it. */')
    print('/* clang-format off */')
    for text in seen:
        escaped = text.replace('\\', '\\\\').replace('"', '\\"')
        print(f'N_ ("{escaped}")')


if __name__ == '__main__':
    main()
