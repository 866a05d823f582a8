#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the texts of the shipped register maps as a C header, for xgettext, which cannot read JSON: names of maps,
groups, registers and blocks, labels of tables, notes. po/update writes it to data/register-maps/map-strings.h.
Their contexts ("map", and "map bit" for the labels of bits) keep them apart from the words of the window."""
import glob
import json
import os
import re

MAPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'register-maps')


def texts(shipped):
    """(context, text) of all that people read of one map, in the order of the file. A map that extends another has only
    what differs."""
    words = [shipped.get('name'), *(group['name'] for group in shipped.get('groups', []))]
    for register in shipped.get('registers', []):
        words += [register.get('name'), register.get('note'), register.get('write', {}).get('note')]
    for block in shipped.get('write_blocks', []):
        words += [block.get('name'), block.get('note')]
    for table in shipped.get('value_tables', {}).values():
        words += [entry['label'] for entry in table]
    yield from (('map', word) for word in words)
    for table in shipped.get('bit_tables', {}).values():
        yield from (('map bit', entry['label']) for entry in table)


def main():
    seen = {}
    for path in sorted(glob.glob(os.path.join(MAPS, '*.json')) + glob.glob(os.path.join(MAPS, 'shared', '*.json'))):
        with open(path, encoding='utf-8') as file:
            seen.update((pair, None) for pair in texts(json.load(file)) if pair[1] and re.search('[A-Za-z]', pair[1]))
    print('/* SPDX-License-Identifier: GPL-3.0-or-later */')
    print('/* Written by po/update from the maps beside it; only xgettext reads it. */')
    print('/* clang-format off */')
    for context, text in seen:
        escaped = text.replace('\\', '\\\\').replace('"', '\\"')
        print(f'C_ ("{context}", "{escaped}")')


if __name__ == '__main__':
    main()
