"""A viewer's control socket on a raw connection: no library, so that what measures with it costs little and says exactly what it sends."""
import json, socket, struct

PING, PONG, CLOSE = 9, 10, 8


class Closed(Exception):
    """The server ended it: status and reason, or nothing."""


class ControlSocket:
    def __init__(self, port, cookie, target='default'):
        self.tcp = socket.create_connection(('127.0.0.1', port))
        self.tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tcp.sendall((f'GET /api/v1/targets/{target}/control HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n'
                          'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
                          'Sec-WebSocket-Protocol: catseye.control.v1\r\n\r\n').encode())
        self.data = b''
        while b'\r\n\r\n' not in self.data:
            self._read()
        head, self.data = self.data.split(b'\r\n\r\n', 1)
        if b' 101 ' not in head.split(b'\r\n')[0]:
            raise Closed(head.decode())

    def send(self, message, opcode=1):
        """Text, or bytes with another opcode. The mask is zero, which RFC 6455 allows a client to be unlucky enough to draw."""
        payload = message.encode() if isinstance(message, str) else message
        self.tcp.sendall(bytes((0x80 | opcode, 0x80 | len(payload))) + b'\0\0\0\0' + payload)

    def hear(self):
        """The messages that are there, after waiting for something to come. Answers pings, which keeps the connection."""
        self._read()
        messages = []
        while len(self.data) >= 2:
            length, head = self.data[1] & 0x7f, 2
            if length == 126:
                length, head = struct.unpack_from('>H', self.data + b'\0\0', 2)[0], 4
            if len(self.data) < head + length:
                break
            opcode, payload, self.data = self.data[0] & 15, self.data[head:head + length], self.data[head + length:]
            if opcode == PING:
                self.send(payload, PONG)
            elif opcode == CLOSE:
                raise Closed(f'{int.from_bytes(payload[:2], "big")} {payload[2:].decode()}')
            elif opcode == 1:
                messages.append(json.loads(payload))
        return messages

    def close(self):
        """As a browser's page that goes."""
        try:
            self.send(struct.pack('>H', 1001), CLOSE)
        finally:
            self.tcp.close()

    def tear(self):
        """As a cut network or a killed program: RST, no word."""
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.tcp.close()

    def _read(self):
        data = self.tcp.recv(65536)
        if not data:
            raise Closed('')
        self.data += data
