#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A device that we did not write: pymodbus with registers from 0 on, as the map sim-heat-pump names them. Prints "ready",
then each write that it gets. With "deaf" it says yes to a write and keeps what it had.
    modbus-server.py PORT [deaf]"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncTcpServer

WORDS = {0x00: 2, 0x02: 35, 0x10: 0xffd8, 0x11: 412, 0x12: 350, 0x13: 0x8000, 0x20: 1120, 0x32: 1, 0x33: 0x86a0,
         0x40: 0x5331, 0x41: 0x3233, 0x50: 1, 0x51: 350, 0x52: 480, 0x53: 0x1600, 0x54: 0x0600}


class Block(ModbusSequentialDataBlock):
    """Says what is written to it."""
    deaf = False

    def setValues(self, address, values):
        print(f'write {address:#x} {values}', flush=True)
        if not self.deaf:
            super().setValues(address, values)


async def serve(port, deaf):
    block = Block(0, [WORDS.get(a, 0) for a in range(0x100)])
    block.deaf = deaf
    store = ModbusSlaveContext(hr=block, ir=ModbusSequentialDataBlock(0, list(range(0x100))), zero_mode=True)
    server = asyncio.ensure_future(StartAsyncTcpServer(context=ModbusServerContext(slaves={1: store}, single=False),
                                                       address=('127.0.0.1', port)))
    await asyncio.sleep(0.3)
    print('ready', flush=True)
    await server


if __name__ == '__main__':
    asyncio.run(serve(int(sys.argv[1]), 'deaf' in sys.argv))
