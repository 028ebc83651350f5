# lkv-peer.py UDP_PORT TCP_PORT: the least that can be done with the datagrams of lkv-probe.mjs, to know what of its figures is the
# machine's. Takes the same multicast, and passes each frame on to 127.0.0.1:TCP_PORT as soon as the datagram came that the probe marked
# as the last (in the RTP timestamp and source, which Catseye does not look at): number, length, bytes.
import socket
import struct
import sys

udp_port, tcp_port = int(sys.argv[1]), int(sys.argv[2])
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
datagrams.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
datagrams.bind(("", udp_port))
datagrams.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.255.42.42") + socket.inet_aton("127.0.0.1"))
viewer = socket.create_connection(("127.0.0.1", tcp_port))
viewer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
frame = []
while True:
    datagram = datagrams.recv(2048)
    frame.append(datagram[12:])
    number, last = struct.unpack_from(">II", datagram, 4)
    if last:
        body = b"".join(frame)
        frame.clear()
        try:
            viewer.sendall(struct.pack(">II", number, len(body)) + body)
        except OSError:
            break
