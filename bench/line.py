#!/usr/bin/env python3
"""A slow line between two network namespaces, NAME-server (10.77.0.1) and NAME-client (10.77.0.2); needs root.

usage: line.py NAME [rate=KBIT] [delay=MS] [loss=PERCENT] [seed=N] [kind=netem|tun]

All settings apply to each direction: the rate counts IP packets, the delay is one way, and the loss hits packets at random. A queue in front
of the line holds what it takes in a second, and drops the packets that come after that, as the buffer of a router does. rate=0 has no limit.

Prints "ready KIND". Each line on standard input changes settings ("rate=500 loss=2") and is answered by "ok". At its end, the namespaces are
removed. Linux's netem makes the line if the kernel has it, or else this program does: it passes packets between two TUN devices.
"""
import collections
import fcntl
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

SERVER, CLIENT = "10.77.0.1", "10.77.0.2"
QUEUE_SECONDS = 1.0
MTU = 1500
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
DEFAULTS = {"rate": 0.0, "delay": 0.0, "loss": 0.0, "seed": 1.0}


class Direction:
    """Packets on their way to one end: they wait for the line, are sent at its rate, may be lost, and arrive after its delay."""

    def __init__(self, settings, seed):
        self.settings = settings
        self.random = random.Random(seed)
        self.under_way = collections.deque()
        self.free_at = 0.0
        self.last_arrival = 0.0

    def offer(self, packet, now):
        """Takes a packet at this time, in seconds. Returns whether it fitted into the queue."""
        rate = self.settings["rate"] * 1000
        start = max(now, self.free_at)
        if start - now > QUEUE_SECONDS:
            return False
        self.free_at = start + (len(packet) * 8 / rate if rate else 0)
        if self.random.random() * 100 < self.settings["loss"]:
            return True
        # In order, also after a change of the settings.
        self.last_arrival = max(self.last_arrival, self.free_at + self.settings["delay"] / 1000)
        self.under_way.append((self.last_arrival, packet))
        return True

    def next_arrival(self):
        return self.under_way[0][0] if self.under_way else None

    def take_arrived(self, now):
        while self.under_way and self.under_way[0][0] <= now:
            yield self.under_way.popleft()[1]


def run(*command, check=True):
    return subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL).returncode


def parse_settings(words):
    settings = {}
    for word in words:
        name, _, value = word.partition("=")
        if name not in DEFAULTS:
            sys.exit(f"line.py: unknown setting '{word}'; there are: {' '.join(DEFAULTS)}")
        settings[name] = float(value)
    return settings


class Namespaces:
    def __init__(self, name):
        self.server, self.client = f"{name}-server", f"{name}-client"

    def __enter__(self):
        for name in (self.server, self.client):
            run("ip", "netns", "add", name)
            run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", check=False)
            run("ip", "-n", name, "link", "set", "lo", "up")
        return self

    def __exit__(self, *_):
        for name in (self.server, self.client):
            run("ip", "netns", "delete", name, check=False)

    def addresses(self):
        return ((self.server, SERVER, CLIENT), (self.client, CLIENT, SERVER))


class NetemLine:
    """Two ends of a virtual cable, with Linux's netem at each."""

    kind = "netem"

    def __init__(self, namespaces):
        self.namespaces = namespaces
        self.settings = dict(DEFAULTS)
        run("ip", "link", "add", "line", "netns", namespaces.server, "type", "veth", "peer", "name", "line", "netns", namespaces.client)
        for namespace, address, peer in namespaces.addresses():
            # One packet at a time, as on a cable: otherwise netem would lose up to 64 KB at once.
            run("ip", "-n", namespace, "link", "set", "line", "gso_max_segs", "1", "up")
            run("ip", "-n", namespace, "address", "add", address, "peer", peer, "dev", "line")

    @staticmethod
    def is_possible(namespaces):
        return run("tc", "-n", namespaces.server, "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms", check=False) == 0 \
            and run("tc", "-n", namespaces.server, "qdisc", "delete", "dev", "lo", "root", check=False) == 0

    def change(self, settings):
        self.settings.update(settings)
        rate, delay, loss = (self.settings[name] for name in ("rate", "delay", "loss"))
        # netem's limit also counts the packets that are under way.
        limit = int(rate * 1000 / 8 * (QUEUE_SECONDS + delay / 1000) / MTU) + 1 if rate else 100_000
        options = ["delay", f"{delay}ms", "loss", f"{loss}%", "limit", str(limit)] + (["rate", f"{rate}kbit"] if rate else [])
        for namespace in (self.namespaces.server, self.namespaces.client):
            run("tc", "-n", namespace, "qdisc", "replace", "dev", "line", "root", "netem", *options)

    def serve(self, commands):
        for line in commands:
            self.change(parse_settings(line.split()))
            print("ok", flush=True)


class TunLine:
    """Two TUN devices, between which this process passes the packets."""

    kind = "tun"

    def __init__(self, namespaces):
        self.settings = dict(DEFAULTS)
        self.devices = []
        for number, (namespace, address, peer) in enumerate(namespaces.addresses()):
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            name = f"ln{os.getpid()}-{number}"
            fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
            run("ip", "link", "set", name, "netns", namespace, "name", "line")
            run("ip", "-n", namespace, "link", "set", "line", "mtu", str(MTU), "txqueuelen", "1000", "up")
            run("ip", "-n", namespace, "address", "add", address, "peer", peer, "dev", "line")
            self.devices.append(device)
        self.start_directions()

    def start_directions(self):
        seed = int(self.settings["seed"])
        self.directions = [Direction(self.settings, 2 * seed + number) for number in range(2)]

    def change(self, settings):
        self.settings.update(settings)
        if "seed" in settings:
            self.start_directions()

    def serve(self, commands):
        inputs = [*self.devices, commands]
        while True:
            arrivals = [at for at in (direction.next_arrival() for direction in self.directions) if at is not None]
            timeout = max(0.0, min(arrivals) - time.monotonic()) if arrivals else None
            readable = select.select(inputs, [], [], timeout)[0]
            for source, direction in zip(self.devices, self.directions):
                if source in readable:
                    self.read_packets(source, direction)
            for target, direction in zip(reversed(self.devices), self.directions):
                for packet in direction.take_arrived(time.monotonic()):
                    self.write_packet(target, packet)
            if commands in readable:
                line = commands.readline()
                if not line:
                    return
                self.change(parse_settings(line.split()))
                print("ok", flush=True)

    @staticmethod
    def read_packets(source, direction):
        while True:
            try:
                packet = os.read(source, 65536)
            except BlockingIOError:
                return
            direction.offer(packet, time.monotonic())

    @staticmethod
    def write_packet(target, packet):
        try:
            os.write(target, packet)
        except OSError:
            # The other end does not take it; so it is lost.
            pass


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    kinds = [word[5:] for word in sys.argv[2:] if word.startswith("kind=")]
    settings = parse_settings([word for word in sys.argv[2:] if not word.startswith("kind=")])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    # Unbuffered, so that select sees each line.
    commands = os.fdopen(os.dup(0), "rb", buffering=0)
    with Namespaces(sys.argv[1]) as namespaces:
        kind = kinds[0] if kinds else "netem" if NetemLine.is_possible(namespaces) else "tun"
        line = (NetemLine if kind == "netem" else TunLine)(namespaces)
        line.change(settings)
        print("ready", kind, flush=True)
        line.serve(Commands(commands))


class Commands:
    """Lines of text of an unbuffered stream."""

    def __init__(self, stream):
        self.stream = stream

    def fileno(self):
        return self.stream.fileno()

    def readline(self):
        return self.stream.readline().decode()

    def __iter__(self):
        return iter(self.readline, "")


if __name__ == "__main__":
    main()
