#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Modbus server that nobody here wrote. First argument: "tcp", "rtu" (RTU frames on TCP), "serial" (on a pty) or "v5" (RTU
frames on TCP behind a logger that wraps them). Says its port or path on a line and serves until its input ends. Registers
hold their own address."""
import asyncio
import os
import pty
import select
import struct
import sys
import threading
import tty

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

SERIAL = 2712345678


def make_context():
    block = ModbusSequentialDataBlock(0, list(range(0x2000)))
    slave = ModbusSlaveContext(hr=block, ir=block, zero_mode=True)
    return ModbusServerContext(slaves={1: slave}, single=False)


async def start_tcp(framer):
    """(server, its port)"""
    server = ModbusTcpServer(make_context(), framer=framer, address=('127.0.0.1', 0))
    task = asyncio.ensure_future(server.serve_forever())
    await server.serving
    return task, server.server.sockets[0].getsockname()[1]


# --- a serial line -----------------------------------------------------------------------------------

def raw_pty():
    master, slave = pty.openpty()
    tty.setraw(slave)
    return master, os.ttyname(slave)  # the slave stays open: the line does not hang up while nobody uses it


def carry(one, other):
    """Bytes from one end of the cable to the other."""
    while True:
        for source in select.select([one, other], [], [])[0]:
            os.write(other if source == one else one, os.read(source, 4096))


async def start_serial():
    """(server, the other end of its line)"""
    (ours, near), (theirs, far) = raw_pty(), raw_pty()
    threading.Thread(target=carry, args=(ours, theirs), daemon=True).start()
    server = ModbusSerialServer(make_context(), framer=ModbusRtuFramer, port=near, baudrate=9600)
    await server.start()
    return asyncio.ensure_future(server.serve_forever()), far


# --- a logger that wraps -----------------------------------------------------------------------------

def wrap(request, rtu):
    """The answer of a logger to a frame: Solarman V5 as it was published."""
    payload = b'\x02\x01' + bytes(12) + rtu
    inner = struct.pack('<HBBBBI', len(payload), 0x10, 0x15, request[5], 1, SERIAL) + payload
    return b'\xa5' + inner + bytes([sum(inner) & 0xff]) + b'\x15'


async def read_rtu(reader):
    head = await reader.readexactly(3)
    if head[1] & 0x80:
        return head + await reader.readexactly(2)
    return head + await reader.readexactly(head[2] + 2 if head[1] in (3, 4) else 5)


async def serve_logger(reader, writer, port):
    inside, outside = await asyncio.open_connection('127.0.0.1', port)
    try:
        while True:
            head = await reader.readexactly(11)
            rest = await reader.readexactly(struct.unpack('<H', head[1:3])[0] + 2)
            assert (head[0], head[3:5], rest[-1]) == (0xa5, b'\x10\x45', 0x15), head.hex()
            assert rest[-2] == sum(head[1:] + rest[:-2]) & 0xff
            outside.write(rest[15:-2])
            writer.write(wrap(head, await read_rtu(inside)))
    except asyncio.IncompleteReadError:
        pass
    finally:
        outside.close()
        writer.close()


async def start_logger():
    task, port = await start_tcp(ModbusRtuFramer)
    logger = await asyncio.start_server(lambda reader, writer: serve_logger(reader, writer, port), '127.0.0.1', 0)
    return task, logger.sockets[0].getsockname()[1]


async def main():
    task, where = await {'tcp': lambda: start_tcp(ModbusSocketFramer), 'rtu': lambda: start_tcp(ModbusRtuFramer),
                         'serial': start_serial, 'v5': start_logger}[sys.argv[1]]()
    print(where, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    task.cancel()
    os._exit(0)  # the thread of the cable waits for ever


asyncio.run(main())
