#!/usr/bin/env python3
"""input-probe.py product PORT COOKIE ROOT HELPER KIND RATE WARMUP SECONDS, or peer KIND RATE WARMUP SECONDS: how long a control message takes
from the client's send to the report on the device's node. One process sends on the WebSocket and reads the other end of the node (a pseudo
terminal), so that both times are of one clock. KIND: key, pointer. Prints one JSON line.

For the product it makes a pretended board below ROOT first: the gadget's files as the root helper's `plan` lists them, a controller, and
the nodes. The peer is what such a program costs in plain Python: a line of JSON over TCP in, a report out."""
import json, os, select, socket, struct, subprocess, sys, tty
from collections import deque
from time import CLOCK_MONOTONIC, clock_gettime_ns
from control_socket import ControlSocket

CONTROLLER = 'bench.0'
ROLES = {'keyboard': 8, 'pointer': 7, 'mouse': 5, 'consumer': 2}
KEYS = [(f'Key{chr(65 + n)}', 4 + n) for n in range(26)]
MOST_WAIT = 2.0


def now():
    return clock_gettime_ns(CLOCK_MONOTONIC)


def terminal():
    """(our end, their end, path): bytes as they are, nothing echoed."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    return ours, theirs, os.ttyname(theirs)


def board(root, helper):
    """Makes the pretended board; our ends of the nodes by role, and what must stay open."""
    gadget = f'{root}/sys/kernel/config/usb_gadget/catseye'

    def put(path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as f:
            f.write(text + '\n')
    os.makedirs(f'{root}/dev')
    put(f'{root}/sys/class/udc/{CONTROLLER}/state', 'configured')
    for line in subprocess.run([helper, 'plan', 'full'], check=True, capture_output=True, text=True).stdout.splitlines():
        kind, path, value = line.split(' ', 2)
        if kind != 'link':
            put(f'{gadget}/{path}', '0' if kind.startswith('number') else '')
    put(f'{gadget}/strings/0x409/serialnumber', '1')
    put(f'{gadget}/UDC', '')
    ends, kept = {}, []
    for number, role in enumerate(ROLES):
        ours, theirs, path = terminal()
        os.symlink(path, f'{root}/dev/hidg{number}')
        put(f'{gadget}/functions/hid.{role}/dev', f'244:{number}')
        ends[role] = ours
        kept.append(theirs)
    return ends, kept


class Peer:
    """The plain program in a process of its own, behind a TCP connection."""
    def __init__(self, node):
        listener = socket.create_server(('127.0.0.1', 0))
        self.process = os.fork()
        if self.process == 0:
            connection, _ = listener.accept()
            try:
                self.serve(connection, node)
            finally:
                os._exit(0)
        self.tcp = socket.create_connection(listener.getsockname())
        self.tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @staticmethod
    def serve(connection, node):
        usages, rest = dict(KEYS), b''
        while data := connection.recv(4096):
            *lines, rest = (rest + data).split(b'\n')
            for line in lines:
                message = json.loads(line)
                if message['type'] == 'key':
                    report = bytes((0, 0, usages[message['code']] if message['down'] else 0, 0, 0, 0, 0, 0))
                else:
                    report = struct.pack('<BHHbb', message['buttons'], round(message['x'] * 32767), round(message['y'] * 32767), 0, 0)
                os.write(node, report)

    def send(self, text):
        self.tcp.sendall(text.encode() + b'\n')

    def hear(self):
        raise EOFError('the plain program has ended')


def key(n):
    """The n-th message and its report: one key after the other goes down and up."""
    code, usage = KEYS[n // 2 % len(KEYS)]
    down = n % 2 == 0
    return f'{{"type":"key","code":"{code}","down":{"true" if down else "false"}}}', bytes((0, 0, usage if down else 0, 0, 0, 0, 0, 0))


def pointer(n):
    x = n % 32767 + 1
    return f'{{"type":"pointer","x":{x / 32767:.7f},"y":0,"buttons":0}}', struct.pack('<BHHbb', 0, x, 0, 0, 0)


def states(client):
    """States of keyboard and mouse that the product told; an error of its ends the measurement."""
    messages = client.hear()
    if any(message['type'] == 'error' for message in messages):
        raise SystemExit(f'refused: {messages}')
    return [message['hid']['state'] for message in messages if message['type'] == 'state']


def await_ready(client, keyboard):
    """Plays the host that fetches the driver's first report."""
    told = []
    while 'READY' not in told:
        ready, _, _ = select.select([client.tcp, keyboard], [], [])
        if keyboard in ready:
            os.read(keyboard, 4096)
        if client.tcp in ready:
            told = states(client)


def measure(client, node, make, rate, warmup, seconds):
    """Nanoseconds from each send to its report, and how many reports never came by themselves."""
    size, took, merged, rest = len(make(0)[1]), [], 0, b''
    waiting = deque()
    first = (warmup * rate) // 2 * 2
    start = now()
    sent, total = 0, first + seconds * rate
    while sent < total or waiting:
        due = start + sent * 1_000_000_000 // rate if sent < total else now() + int(MOST_WAIT * 1e9)
        ready, _, _ = select.select([node, client.tcp], [], [], max(0, (due - now()) / 1e9))
        arrived = now()
        if node in ready:
            rest += os.read(node, 65536)
            while len(rest) >= size:
                report, rest = rest[:size], rest[size:]
                while waiting:
                    number, expected, at = waiting.popleft()
                    if expected == report:
                        if number >= first:
                            took.append(arrived - at)
                        break
                    merged += number >= first
        if client.tcp in ready:
            states(client)
        if sent == total and not ready:
            merged += len(waiting)
            break
        if sent < total and now() >= due:
            text, report = make(sent)
            waiting.append((sent, report, now()))
            client.send(text)
            sent += 1
    return took, merged


def queued():
    """Nanoseconds that this process has stood in the queue for a processor (/proc/pid/schedstat): how crowded the machine is."""
    with open('/proc/self/schedstat') as f:
        return int(f.read().split()[1])


def drain(node, seconds):
    while select.select([node], [], [], seconds)[0]:
        os.read(node, 65536)


def main(what, *arguments):
    if what == 'product':
        port, cookie, root, helper, kind, rate, warmup, seconds = arguments
        ends, kept = board(root, helper)
        client, node = ControlSocket(int(port), cookie), ends['keyboard' if kind == 'key' else 'pointer']
        await_ready(client, ends['keyboard'])
    else:
        kind, rate, warmup, seconds = arguments
        node, theirs, _ = terminal()
        client = Peer(theirs)
    drain(node, 1)
    before = queued()
    took, merged = measure(client, node, key if kind == 'key' else pointer, int(rate), int(warmup), int(seconds))
    share = (queued() - before) / 1e9 / (int(warmup) + int(seconds))
    took.sort()
    at = lambda share: took[min(len(took) - 1, int(len(took) * share))] / 1e6
    print(json.dumps({'what': what, 'kind': kind, 'rate': int(rate), 'events': len(took), 'merged': merged, 'p50': at(0.5), 'p99': at(0.99), 'p999': at(0.999), 'max': at(1), 'queued': share}))


main(*sys.argv[1:])
