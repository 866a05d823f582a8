#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py FOLDER: writes the seeds of the fuzz targets, TARGET-NUMBER, from the vectors, fixtures, maps and scenarios."""
import glob
import io
import json
import os
import struct
import sys
import warnings
import zipfile
import zlib

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
DATA = os.path.join(TESTS, '..', 'data')
ADDRESSES = ['eth-stick://192.168.1.116/1?framing=auto', 'wifi-stick://192.168.1.119/1?serial=2712345678',
             'hub://192.168.1.50:1234/inverters/3', 'hub://[fe80::1]/chargers', 'psc://panel.local/12',
             'rs485:///dev/ttyUSB0/1?baud=9600&format=8N1', 'connext:///dev/ttyACM0', 'portal://account/ZE1ES330',
             'modbus-tcp://10.0.0.1:5020/255', 'power-magic://192.168.1.60/1']
TRANSCRIPT = 'plancia-transcript 1\n12.345 > 01 030484000a\n12.391 < 01 0304140102\n13.400 ! 01 timed-out 5000 ms\n'
# A read of two registers and its answer, one that was refused, one that was silent, a console, what a cloud said.
TAPE = """plancia-recording 1
start 1772323200000000
file plant.json eyJuYW1lIjogIlJvc3NpIn0=
link 0 modbus-tcp://192.168.1.60
x 1000000 0 modbus-tcp 1 as-asked 1000 192.168.1.60:502 AAcAAAAGAQMEBAAC AAcAAAAHAQMEAQL//w==
x 2000000 0 modbus-tcp 1 exception 1000 192.168.1.60:502 AAcAAAAGAQMEBAAC AAcAAAADAYMC
x 3000000 0 modbus-tcp 1 no-answer 3000000 192.168.1.60:502 AAcAAAAGAQMEBAAC - io 24 no answer
link 1 connext:///dev/ttyACM0
x 4000000 1 console -1 unasked 0 /dev/ttyACM0 - Ym9vdA0K
r 5000000 1 device cG93ZXIgZ29vZCAxIG51bWJlciAzIDAK
lost 2
end 9000000
"""
LOGGERS = ['192.168.1.20,34EAE7001122,2712345678', '192.168.1.20,34:EA:E7:00:11:22 ,17\r\n',
           '192.168.1.20,34EAE7001122,HF-LPB100', '10.0.0.1,34EAE7001122,0', 'HF-A11ASSISTHREAD', '+ok=\r\n\r\n']
TYPED = ['help\\r\\n', '48 65 6c 6c 6f', 'a\\x00\\t\\\\', 'Stato: 3 °C\r\nok\r\n> ', '\x1b[31mred\x1b[0m\n']

MACROS = ['[{"name": "Version", "text": "version\\n@wait for OK or 500\\n@repeat 3", "key": "<Control>1", "colour": "blue"}]',
          'a\n@wait 200\n@wait for (READY|ok) or 2000\n@repeat 3\n@hex 01 03 00 00\n@@text\\x41\\r', '@wait for ( or 1\n@repeat 0']
HEARTBEAT = 'a50100104712604e1caba1008015'
# type; orders and count; scale; eight words; what is typed
REGISTERS = ['000000' + '00' * 16 + 'ff30', '040000' + 'ffff' * 4 + '00' * 8 + '31', '020300' + 'ffff8000' * 4 + '2d31', '070000' + '7fef' + 'ff' * 6 + '00' * 8 + '31',
             '000400' + '00' * 15 + '01' + '33', '0e0300' + 'ff' * 16 + '2d312c35', '081f01' + '5a503145' * 4 + '414243',
             '0a1c00' + 'ffff0001' * 4 + '302c35', '0d0005' + '001a0006000c000e00050025' + '00' * 4,
             '0b0002' + '0e05' * 8 + '31343a3035', '0c0000' + '0c1f' * 8 + '31322d3331', '060001' + '42c80000' * 4 + '31302c35']

# Sealed days: decimals with zstd, plain doubles without and with it.
CHUNKS = ['81013c80d88dc58164810128b52ffd2481a5000040c0cf24001eb3011e04005a3900c880ebfe0444208666c1',
          '02000480d88dc5816425c0cf2400001a1aa81a5555ff555555ff555555ff555555ff555555ff55d5e5eff53f3f3f3f',
          '82002880d88dc58164e90228b52ffd64690095000038c0cf240055d53f0410004a511e9b629e2c556250bb']

SCOPE = {'version': 6, 'adapters': [{'settings': {'devices': [{'id': 1, 'slaveid': 3, 'int32littleendian': True}]}}],
         'scope': [{'text': 'A', 'expression': '${40001}'}, {'text': 'B', 'expression': '${i7@1: s32b} / 10'},
                   {'text': 'C', 'expression': '${h1} + ${h2}'}, {'text': 'D', 'expression': '${c5@2:f32b}*0.5'}]}
CONTROL = '''<modbuscontrol><Modbus><SlaveID>1</SlaveID><Value32BitEndian>big</Value32BitEndian></Modbus><tab><name>N</name>
<var><reg>40001</reg><text>A</text><type>uint32</type><decimals>2</decimals><rw>rw</rw></var>
<var><reg>*</reg><text>B</text><type>float32</type><rw>r</rw></var></tab></modbuscontrol>'''
SOLARMAN = ['''default: {code: 3, update_interval: 5}
parameters:
  - group: A
    items:
      - {name: V, rule: 1, scale: [0.01, 0.1], registers: [0x0584], uom: "V", validation: {min: 0}}
      - {name: E, rule: 3, registers: [0x0687, 0x0686], offset: 3, divide: 2}
      - {name: T, rule: 5, registers: [0x0445, 0x0446]}
''', '''requests:
  - start: 0x0000
    end: 0x0027
    mb_functioncode: 0x03
parameters:
 - group: solar
   items:
    - name: "Mode"
      rule: 1
      mask: 0x0F
      platform: select
      code: {read: 4, write: 6}
      registers: [[0x0001], [0x0002]]
      lookup:
      - key: [0, 1]
        value: on
      - bit: 3
        value: 'x'
      configurable: {min: 0, max: 5, step: 1}
''']
TABLES = ['name,address,type\na,40001,u16\nb,30002,floatsw\n', '_address\tname\ttype\tlen\tfactor\n10\tA\tuint32be\t2\t0,01\n',
          '"A";0404;U16;0,1\n"B ""x""\ny";0x0405 -- 0x0406;U32;1/10\n;0584 -- 05B1;PV1 -- 16;I16\n']


def load(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def hex_texts(node, names):
    """All members with one of the names, anywhere, as bytes."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in names and isinstance(value, str):
                yield bytes.fromhex(value)
            else:
                yield from hex_texts(value, names)
    elif isinstance(node, list):
        for value in node:
            yield from hex_texts(value, names)


def day_part(owner):
    """As history/day-part.c: a chunk of a key and a stretch of coverage, and a record that is damaged between them."""
    def record(payload, wrong=0):
        total = zlib.crc32(payload) ^ zlib.crc32(owner.encode()) ^ wrong
        return b'\xf1\xda\x79\x5e' + struct.pack('<II', len(payload), total) + payload
    samples = b'\1' + struct.pack('<H', 3) + b'pac' + bytes.fromhex(CHUNKS[0])
    cover = b'\2' + struct.pack('<qqqBH', 1780272000000, 1780358400000, 5, 1, 4) + b'busy'
    return b'PLNCDAY1' + record(samples) + record(samples, 1) + record(cover) + record(b'\x7flater')


def parcels():
    """As parcel/: whole, with what does not belong, with names that climb, of a later version, without the list at the end."""
    plant = {'format': 'plancia-plant', 'version': 1, 'id': 'p', 'name': 'Rossi', 'entries': []}
    head = {'format': 'plancia-site', 'version': 1, 'plant': {'id': 'p', 'name': 'Rossi'}, 'entries': ['plant.json', 'maps/lost.json']}
    days = 'history/a/b/2026-06.days'
    entries = [('plancia-site.json', json.dumps(head)), ('plant.json', json.dumps(plant)), (days, day_part('a/b/2026-06.days')),
               ('alarms/0001.json', '{"format": "plancia-alarms", "version": 1, "alarms": []}')]
    odd = [('plant.json', json.dumps(plant)), ('../up.json', '{}'), ('history/a/b/2026-13.days', b''), ('maps/x.json', '['),
           ('plant.json', '{}')]
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        for list_ in (entries, odd, [('plancia-site.json', json.dumps({**head, 'version': 2}))]):
            raw = io.BytesIO()
            with warnings.catch_warnings(), zipfile.ZipFile(raw, 'w', method) as file:
                warnings.simplefilter('ignore')
                for name, data in list_:
                    file.writestr(zipfile.ZipInfo(name), data, method)
            yield raw.getvalue()
            yield raw.getvalue()[:-60]


def seeds():
    """(target, bytes)"""
    yield 'day-part', day_part('a/b/2026-06.days')
    for data in parcels():
        yield 'parcel', data
    modbus = load(os.path.join(TESTS, 'vectors', 'modbus-rtu.json'))
    for data in hex_texts(modbus, {'request', 'reply', 'mbap_request', 'mbap_reply'}):
        yield 'modbus', data
        yield 'modbus', data[1:-2]
    for exchange in modbus['vectors']:
        request, reply = (bytes.fromhex(exchange.get(name) or '') for name in ('request', 'reply'))
        yield 'overheard', request + reply
        yield 'dissect', bytes([2, 0, min(len(request), 255)]) + request + reply
        if exchange.get('mbap_request'):
            request, reply = (bytes.fromhex(exchange.get(name) or '') for name in ('mbap_request', 'mbap_reply'))
            yield 'dissect', bytes([0, 0, min(len(request), 255)]) + request + reply
    solarman = list(hex_texts(load(os.path.join(TESTS, 'vectors', 'solarman-v5.json')), {'frame'}))
    for data in solarman:
        yield 'solarman', data
        yield 'dissect', bytes([3, 0, 36]) + solarman[0][:36].ljust(36, b'\0') + data
    yield 'dissect', bytes.fromhex('330100') + bytes.fromhex(HEARTBEAT)
    yield 'dissect', b'\x05\x03\x20GET / HTTP/1.1\r\nHost: portal\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}'
    yield 'dissect', b'\x24\x00\x05help\nversion 1\r\n> '
    for path in glob.glob(os.path.join(TESTS, 'fixtures', 'portal', '*.json')):
        yield 'portal', read(path)
    yield 'portal', b'2026-06-12T14:05:37.123Z'
    for path in glob.glob(os.path.join(TESTS, 'fixtures', 'system', '*.json')):
        for part in load(path).values():
            yield 'callback', json.dumps(part).encode()
        yield 'callback', read(path)
    yield 'callback', b'{"w": {"params": {"value": [{"A": {"requestId": 7, "status": "pending", "ts": "2026-06-12T14:05:37Z"}}]}}}'
    yield 'portal', b'<html>502 Bad Gateway</html>'
    for name in ('chint-ddsu666', 'sim-heat-pump', 'zcs-1ph-3000sp-old', 'zcs-battery-bms-g3'):
        yield 'map', read(os.path.join(DATA, 'register-maps', name + '.json'))
    for text in TABLES:
        yield 'import-table', text.encode()
    yield 'import-table', read(os.path.join(TESTS, 'fixtures', 'maps', 'vendor-table.csv'))[:4000]
    for text in SOLARMAN:
        yield 'import-solarman', text.encode()
    yield 'import-modbusscope', json.dumps(SCOPE).encode()
    yield 'import-modbuscontrol', CONTROL.encode()
    for path in glob.glob(os.path.join(DATA, 'scenarios', '*.json')):
        yield 'scenario', read(path)
    for path in glob.glob(os.path.join(TESTS, 'fixtures', 'plant', '*.json')):
        yield 'plant', read(path)
    yield 'plant', json.dumps({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'extra': [1, {'a': None}],
                               'zone': 'Europe/Rome', 'entries': [
                                   {'id': 'a', 'kind': 'stick', 'name': 'ETH', 'address': ADDRESSES[0], 'children': [
                                       {'id': 'b', 'kind': 'inverter', 'name': 'HYD', 'address': ADDRESSES[0],
                                        'map': 'zcs-3ph-hyd-g3'}]}]}).encode()
    # An escape that is not one of JSON's.
    yield 'plant', rb'{"format": "plancia-plant", "version": 1, "name": "Rossi", "kept": [{"": "192.\611"}], "\ud800": "\a"}'
    for address in ADDRESSES:
        yield 'address', address.encode()
    yield 'transcript', TRANSCRIPT.encode()
    yield 'tape', TAPE.encode()
    for text in TYPED:
        yield 'console', text.encode()
    for text in MACROS:
        yield 'macro', text.encode()
    for text in REGISTERS:
        yield 'registers', bytes.fromhex(text)
    for text in CHUNKS:
        yield 'chunk', bytes.fromhex(text)
    for text in LOGGERS:
        yield 'discovery', text.encode()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for number, (target, data) in enumerate(seeds()):
        with open(os.path.join(folder, f'{target}-{number:04}'), 'wb') as file:
            file.write(data)
    with open(os.path.join(folder, 'stamp'), 'w', encoding='utf-8'):
        pass


if __name__ == '__main__':
    main()
