package org.catseye.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Receives the kernel's notifications about devices that appear and disappear (NETLINK_KOBJECT_UEVENT). Needs neither udev nor
 * privileges (lib/kobject_uevent.c allows all users to listen). In a container with its own network namespace, the socket opens
 * but receives nothing, and notifications can be lost when many arrive at once. Callers must therefore also check from time to
 * time.
 */
public final class Uevents implements AutoCloseable {

    static final int AF_NETLINK = 16;
    static final int SOCK_DGRAM = 2;
    static final int NONBLOCK = 0x800;
    static final int KOBJECT_UEVENT = 15;
    /** struct sockaddr_nl: u16 family, u16 pad, u32 pid (0: the kernel chooses), u32 groups. */
    static final int ADDRESS_BYTES = 12;
    static final int ADDRESS_GROUPS = 8;
    private static final int KERNEL_GROUP = 1;

    private final Fd socket;
    private final ByteBuffer message = Struct.allocate(8192);

    private Uevents(Fd socket) {
        this.socket = socket;
    }

    /** Opens the socket. {@link #drain} reports events from this moment on. */
    public static Uevents listen() throws IOException {
        Fd socket = Fd.socket("kernel device events", AF_NETLINK, SOCK_DGRAM | NONBLOCK, KOBJECT_UEVENT);
        ByteBuffer address = Struct.allocate(ADDRESS_BYTES).putShort(0, (short) AF_NETLINK).putInt(ADDRESS_GROUPS, KERNEL_GROUP);
        try {
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Uevents(socket);
    }

    /** The descriptor, for a {@link Poller} with POLLIN. */
    public Fd fd() {
        return socket;
    }

    /**
     * Reads all waiting messages. Never blocks.
     *
     * @param subsystem for example {@code video4linux}
     * @return whether a message belongs to this subsystem or messages were lost
     */
    public boolean drain(String subsystem) {
        boolean mine = false;
        for (;;) {
            message.clear();
            int bytes = socket.tryRead(message);
            if (bytes <= 0) {
                return mine || bytes == -Errno.ENOBUFS.code();
            }
            mine |= concerns(message.flip(), subsystem);
        }
    }

    /** The format of a message is {@code add@/devices/...}, NUL, then {@code KEY=value} pairs, each followed by NUL. */
    static boolean concerns(ByteBuffer message, String subsystem) {
        String text = StandardCharsets.UTF_8.decode(message.duplicate()).toString();
        return text.contains("\0SUBSYSTEM=" + subsystem + "\0");
    }

    @Override
    public void close() {
        socket.close();
    }
}
