#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""python3-pymodbus reads and writes the simulator: Modbus TCP, RTU over TCP, RTU on a serial line."""
import struct

from peers import Simulator, device, equal, main, scenario
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

RATE = 0x110a
SERIAL = 0x445


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


main(reads_and_writes_over_tcp, reads_and_writes_rtu_over_tcp, both_framings_at_a_time, reads_and_writes_a_serial_line,
     writes_blocks_only_whole)
