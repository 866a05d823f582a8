#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said of the Flatpak manifest without a runtime: its form, Flathub's rules for it, a reason for each
permission, a module for each library that the runtime lacks; and the manifest of a release made from it."""
import hashlib
import os
import re
import subprocess
import sys
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'simulator'))
from peers import equal, main  # noqa: E402  pylint: disable=wrong-import-position

TOP = os.path.dirname(os.path.dirname(HERE))
ID = 'io.github.plancia.Plancia'
MANIFEST = os.path.join(TOP, 'flatpak', ID + '.yml')
PERMISSIONS = ['--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--share=network', '--device=all']
# By the names of pkg-config: org.gnome.Platform//50 and its base have them; modules bring the others.
RUNTIME = {'glib-2.0', 'gio-2.0', 'gio-unix-2.0', 'json-glib-1.0', 'libsoup-3.0', 'sqlite3', 'libsecret-1', 'gtk4', 'libadwaita-1',
           'libzstd', 'libarchive', 'cairo', 'cairo-pdf', 'cairo-svg', 'pango', 'pangocairo'}
MODULES = {'libmodbus': 'libmodbus', 'libserialport': 'libserialport', 'yaml-0.1': 'libyaml', 'xlsxwriter': 'libxlsxwriter'}


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def archives(manifest):
    return [source for module in manifest['modules'] for source in module['sources'] if source['type'] == 'archive']


def has_its_form():
    text = read(MANIFEST)
    manifest = yaml.safe_load(text)
    equal((manifest['id'], manifest['command'], manifest['runtime']), (ID, 'plancia', 'org.gnome.Platform'))
    assert re.fullmatch(r'\d\d', manifest['runtime-version']), manifest
    assert '\t' not in text and 'md5' not in text and 'sha1:' not in text
    equal([module['name'] for module in manifest['modules']][-1], 'plancia')
    for source in archives(manifest):
        assert source['url'].startswith('https://') and re.fullmatch('[0-9a-f]{64}', source['sha256']), source


def asks_for_little_and_says_why():
    equal(yaml.safe_load(read(MANIFEST))['finish-args'], PERMISSIONS)
    reason = False
    for line in re.search(r'finish-args:\n(.*?)\n\n', read(MANIFEST), re.DOTALL)[1].splitlines():
        assert not line.strip().startswith('-') or reason, line
        reason = reason or line.strip().startswith('#')


def has_a_module_for_each_library():
    wanted = set(re.findall(r"dependency\('([\w.-]+)'", read(os.path.join(TOP, 'meson.build'))))
    brought = {module['name'] for module in yaml.safe_load(read(MANIFEST))['modules']}
    assert len(wanted) > 10, wanted
    for library in wanted - RUNTIME:
        assert MODULES.get(library) in brought, library
    equal(brought, set(MODULES.values()) | {'plancia'})


def readme_says_what_was_verified():
    text = read(os.path.join(TOP, 'flatpak', 'README.md'))
    for source in archives(yaml.safe_load(read(MANIFEST))):
        name = re.search(r'/(libmodbus|libserialport|libyaml|libxlsxwriter)[/-]', source['url'])[1]
        assert re.search(rf'^\| {name} [\d.]+ \|.*(computed)', text, re.MULTILINE), name
    assert 'has not been built' in text


def makes_the_manifest_of_a_release():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'plancia-1.tar.xz')
        with open(path, 'wb') as file:
            file.write(b'a release')
        url = 'https://example.org/plancia-1.tar.xz'
        text = subprocess.run([os.path.join(TOP, 'flatpak', 'release'), path, url], stdout=subprocess.PIPE, text=True,
                              check=True, timeout=30).stdout
    release, development = yaml.safe_load(text), yaml.safe_load(read(MANIFEST))
    equal(release['modules'][-1]['sources'],
          [{'type': 'archive', 'url': url, 'sha256': hashlib.sha256(b'a release').hexdigest()}])
    equal(release['modules'][:-1], development['modules'][:-1])
    equal(release['finish-args'], development['finish-args'])
    assert 'Development' not in text and 'type: dir' not in text


main(has_its_form, asks_for_little_and_says_why, has_a_module_for_each_library, readme_says_what_was_verified,
     makes_the_manifest_of_a_release)
