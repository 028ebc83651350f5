"""Emulates HID relay boards on the kernel's virtual USB port (vhci-hcd), with the descriptors that `lsusb -v` prints for a real one.

Usage: board.py FOLDER. Reads commands from FOLDER/commands, one a line, and appends to FOLDER/log what it has done and what the boards
were told: `done NUMBER-OF-COMMAND`, `relay SERIAL NUMBER 0|1 MILLISECONDS`. udev gives the nodes to their group; `forbid` takes them away
from it until `allow`.

    plug SERIAL RELAYS     unplug SERIAL     relay SERIAL NUMBER 0|1     forbid     allow
"""
import glob, os, socket, struct, subprocess, sys, threading, time

VHCI = '/sys/devices/platform/vhci_hcd.0'
LOW_SPEED = 1
SUBMIT, UNLINK, RETURN_SUBMIT, RETURN_UNLINK = 1, 2, 3, 4
STALL, RESET = -32, -104
GET_DESCRIPTOR, GET_REPORT, SET_REPORT = 6, 1, 9
FEATURE = 3

REPORT = bytes.fromhex('0600ff 0901 a101 1500 26ff00 7508 9508 0900 b20201 c0')
DEVICE = bytes.fromhex('12 01 1001 00 00 00 08 c016 df05 0001 01 02 00 01')
CONFIGURATION = bytes.fromhex('09 02 2200 01 01 00 80 0a  09 04 00 00 01 03 00 00 00') + bytes.fromhex('09 21 0101 00 01 22') + \
    struct.pack('<H', len(REPORT)) + bytes.fromhex('07 05 81 03 0800 14')
assert len(DEVICE) == 18 and len(CONFIGURATION) == 34 and len(REPORT) == 22


class Board:
    def __init__(self, serial, relays, port, log):
        self.serial, self.relays, self.port, self.log = serial, relays, port, log
        self.state = 0
        self.strings = {1: 'www.dcttech.com', 2: f'USBRelay{relays}'}
        self.socket, kernel = socket.socketpair()
        threading.Thread(target=self.serve, daemon=True).start()
        with open(VHCI + '/attach', 'w') as attach:
            attach.write(f'{port} {kernel.fileno()} {65538 + port} {LOW_SPEED}')
        kernel.close()

    def unplug(self):
        with open(VHCI + '/detach', 'w') as detach:
            detach.write(str(self.port))
        # Without current all relays are open.
        for relay in range(1, self.relays + 1):
            self.switch(relay, 0)

    def receive(self, length):
        data = b''
        while len(data) < length:
            part = self.socket.recv(length - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def serve(self):
        try:
            while True:
                command, number, _, direction, endpoint = struct.unpack('>5I', self.receive(20))
                rest = self.receive(28)
                if command == UNLINK:
                    self.socket.sendall(struct.pack('>5Ii24x', RETURN_UNLINK, number, 0, 0, 0, RESET))
                    continue
                length, = struct.unpack('>4xi', rest[:8])
                data = self.receive(length) if direction == 0 else b''
                if endpoint != 0:
                    continue  # The board never has an input report; the kernel takes its request back.
                status, answer = self.control(rest[20:], data)
                answer = answer[:length]
                done = len(data) if direction == 0 and status == 0 else len(answer)
                self.socket.sendall(struct.pack('>5Iii20x', RETURN_SUBMIT, number, 0, 0, 0, status, done) + answer)
        except (EOFError, ConnectionError):
            pass

    def control(self, setup, data):
        kind, request, value, _, _ = struct.unpack('<BBHHH', setup)
        if request == GET_DESCRIPTOR and kind & 0x60 == 0:
            found = {1: lambda i: DEVICE, 2: lambda i: CONFIGURATION, 3: self.string, 0x22: lambda i: REPORT}.get(value >> 8)
            return (0, found(value & 0xff)) if found else (STALL, b'')
        if kind == 0xa1 and request == GET_REPORT and value >> 8 == FEATURE:
            return 0, self.serial.encode() + bytes([0, 0, self.state])
        if kind == 0x21 and request == SET_REPORT and value >> 8 == FEATURE:
            # As on a real board the id of the report does not count; what the kernel must have removed is a leading 0.
            if len(data) == 8 and data[0] in (0xff, 0xfd) and 1 <= data[1] <= self.relays:
                self.switch(data[1], int(data[0] == 0xff))
            else:
                self.log(f'wrong {self.serial} {data.hex()}')
            return 0, b''
        return 0, b''  # SET_CONFIGURATION, SET_IDLE

    def string(self, index):
        text = b'\x09\x04' if index == 0 else self.strings[index].encode('utf-16-le')
        return bytes([len(text) + 2, 3]) + text

    def switch(self, relay, closed):
        bit = 1 << relay - 1
        if bool(self.state & bit) != bool(closed):
            self.state ^= bit
            self.log(f'relay {self.serial} {relay} {closed} {time.monotonic_ns() // 1_000_000}')


class Boards:
    def __init__(self, folder):
        self.boards = {}
        self.file = open(folder + '/log', 'a', buffering=1)
        os.chmod(folder + '/log', 0o644)
        self.lock = threading.Lock()

    def log(self, line):
        with self.lock:
            self.file.write(line + '\n')

    def perform(self, verb, *words):
        if verb == 'plug':
            before = set(glob.glob('/sys/class/hidraw/*'))
            port = next(p for p in range(8) if p not in [board.port for board in self.boards.values()])
            self.boards[words[0]] = Board(words[0], int(words[1]), port, self.log)
            for _ in range(3_000):
                if set(glob.glob('/sys/class/hidraw/*')) - before:
                    break
                time.sleep(0.01)
            udevadm('settle')
        elif verb == 'unplug':
            before = set(glob.glob('/dev/hidraw*'))
            self.boards.pop(words[0]).unplug()
            for _ in range(3_000):
                if set(glob.glob('/dev/hidraw*')) < before:
                    break
                time.sleep(0.01)
        elif verb == 'relay':
            self.boards[words[0]].switch(int(words[1]), int(words[2]))
        elif verb == 'forbid':
            for node in glob.glob('/dev/hidraw*'):
                os.chown(node, 0, 0)
                os.chmod(node, 0o600)
        else:
            udevadm('trigger', '--action=add', '--subsystem-match=hidraw')
            udevadm('settle')


def udevadm(*words):
    subprocess.run(['udevadm', *words], check=True)


def main(folder):
    os.mkfifo(folder + '/commands')
    os.chmod(folder + '/commands', 0o666)
    boards, number = Boards(folder), 0
    while True:
        with open(folder + '/commands') as commands:
            for line in commands:
                try:
                    boards.perform(*line.split())
                except Exception as e:
                    boards.log(f'failed {line.strip()}: {e!r}')
                number += 1
                boards.log(f'done {number}')


main(sys.argv[1])
