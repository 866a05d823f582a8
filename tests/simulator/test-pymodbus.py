#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""python3-pymodbus reads and writes every Modbus route of the simulator: Modbus TCP, RTU over TCP, RTU that a WIFI stick
wraps, RTU on a serial line."""
import struct

from peers import Simulator, device, equal, main, scenario
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer
from solarman import Wrapper

RATE = 0x110a
SERIAL = 0x445
SET_POINT = 0x101  # of Power Magic, one register by function 6
BATTERY_LIMITS = 0x110  # a block by function 16
PANEL = {1: 'SQ1ES135000001', 12: 'SQ1ES135000002'}


def read(client, address, count, unit=1):
    answer = client.read_holding_registers(address, count, slave=unit)
    assert not answer.isError(), answer
    return answer.registers


def write(client, address, *words, unit=1):
    answer = client.write_registers(address, list(words), slave=unit)
    assert not answer.isError(), answer


def serial_number(client, unit=1):
    return struct.pack('>7H', *read(client, SERIAL, 7, unit)).decode()


def exercise_eth_stick(framer):
    with Simulator(scenario(device('eth'), device('string'))) as simulator:
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Eth'), framer=framer, timeout=5)
        assert client.connect()
        equal(serial_number(client), 'ZS2ES150P00004')
        equal(len(read(client, 0x484, 44)), 44)
        write(client, RATE, 700)
        equal(read(client, RATE, 1), [700])
        equal(client.read_holding_registers(0x7000, 1, slave=1).exception_code, 2)
        equal(client.write_register(RATE, 900, slave=1).exception_code, 1)
        equal(read(client, RATE, 1), [700])
        client.close()


def reads_and_writes_over_tcp():
    exercise_eth_stick(ModbusSocketFramer)


def reads_and_writes_rtu_over_tcp():
    exercise_eth_stick(ModbusRtuFramer)


def both_framings_at_a_time():
    with Simulator(scenario(device('eth'), device('string'))) as simulator:
        port = simulator.port('Eth')
        clients = [ModbusTcpClient('127.0.0.1', port=port, framer=f, timeout=5)
                   for f in (ModbusSocketFramer, ModbusRtuFramer)]
        for client in clients:
            assert client.connect()
        for client in clients * 2:
            equal(serial_number(client), 'ZS2ES150P00004')
        for client in clients:
            client.close()


def reads_and_writes_through_a_wifi_stick():
    with Simulator(scenario(device('wifi'), device('hybrid'))) as simulator, simulator.connect('Wifi') as logger, \
            Wrapper(logger) as wrapper:
        client = ModbusTcpClient('127.0.0.1', port=wrapper.port, framer=ModbusRtuFramer, timeout=5)
        assert client.connect()
        equal(serial_number(client), 'ZP1ES106K00003')
        write(client, RATE, 650)
        equal(read(client, RATE, 1), [650])
        equal(client.read_holding_registers(0x7000, 1, slave=1).exception_code, 2)
        client.close()


def reads_and_writes_power_magic():
    with Simulator(scenario(device('magic'))) as simulator:
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Magic'), timeout=5)
        assert client.connect()
        equal(client.write_register(SET_POINT, 500, slave=1).isError(), False)
        equal(read(client, SET_POINT, 1), [500])
        write(client, BATTERY_LIMITS, 15, 85, 2500, 2000)
        equal(read(client, BATTERY_LIMITS, 4), [15, 85, 2500, 2000])
        client.close()


def reads_and_writes_the_units_of_a_panel():
    inverters = [{'kind': 'inverter', 'name': f'Unit {unit}', 'parent': 'Panel', 'unit': unit, 'map': 'zcs-3ph-350ktl-hv-g3',
                  'serial': serial, 'ratings': {'peak': 350000}} for unit, serial in PANEL.items()]
    with Simulator(scenario({'kind': 'psc', 'name': 'Panel', 'route': 'psc'}, *inverters)) as simulator:
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Panel'), timeout=5)
        assert client.connect()
        for unit, serial in PANEL.items():
            equal(serial_number(client, unit), serial)
            write(client, RATE, 600 + unit, unit=unit)
        for unit in PANEL:
            equal(read(client, RATE, 1, unit), [600 + unit])
        client.close()


def reads_and_writes_both_lines_of_a_hub():
    meters = {'kind': 'line', 'name': 'Meters', 'parent': 'Hub', 'route': 'line', 'line': 'meters'}
    meter = {'kind': 'meter', 'name': 'Meter', 'parent': 'Meters', 'unit': 1, 'map': 'chint-dtsu666', 'members': ['First']}
    plant = scenario(device('hub'), device('line'), device('first'), device('second'), meters, meter)
    with Simulator(plant) as simulator:
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Line'), timeout=5)
        assert client.connect()
        for unit, serial in ((1, 'ZP1ES110K00001'), (2, 'ZP1ES108K00002')):
            equal(serial_number(client, unit), serial)
            write(client, RATE, 400 + unit, unit=unit)
            equal(read(client, RATE, 1, unit), [400 + unit])
        client.close()
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Meters'), timeout=5)
        assert client.connect()
        frequency, = struct.unpack('>f', struct.pack('>2H', *read(client, 0x2044, 2)))
        assert 4900 < frequency < 5100, frequency
        client.close()


def reads_and_writes_a_serial_line():
    with Simulator(scenario(device('pump'))) as simulator:
        client = ModbusSerialClient(simulator.line('Pump'), baudrate=9600, timeout=3)
        assert client.connect()
        write(client, 0x50, 1, 380, 520)
        equal(read(client, 0x50, 3), [1, 380, 520])
        equal(client.write_register(0x51, 390, slave=1).isError(), False)
        equal(read(client, 0x51, 1), [390])
        equal(client.write_register(0x51, 900, slave=1).exception_code, 3)
        client.close()


def writes_blocks_only_whole():
    # The power limits of the hybrid: five registers that belong together (0x1105), and passive powers (0x1187, six).
    with Simulator(scenario(device('hub'), device('line'), device('first'))) as simulator:
        client = ModbusTcpClient('127.0.0.1', port=simulator.port('Line'), timeout=5)
        assert client.connect()
        equal(client.write_registers(0x1187, [0, 500], slave=1).exception_code, 2)
        write(client, 0x1187, 0, 500, 0xffff, 0xfc18, 0, 1000)
        equal(read(client, 0x1187, 6), [0, 500, 0xffff, 0xfc18, 0, 1000])
        client.close()


main(reads_and_writes_over_tcp, reads_and_writes_rtu_over_tcp, both_framings_at_a_time,
     reads_and_writes_through_a_wifi_stick, reads_and_writes_power_magic, reads_and_writes_the_units_of_a_panel,
     reads_and_writes_both_lines_of_a_hub, reads_and_writes_a_serial_line, writes_blocks_only_whole)
