package org.catseye.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The kernel's own news about devices that come and go (NETLINK_KOBJECT_UEVENT), without udev and without privileges
 * (lib/kobject_uevent.c allows everybody to listen). In a container with its own network namespace the socket opens and stays
 * silent, and news can be lost when many come at once: look again from time to time all the same.
 */
public final class Uevents implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM = 2;
    private static final int NONBLOCK = 0x800;
    private static final int KOBJECT_UEVENT = 15;
    private static final int KERNEL_GROUP = 1;

    private final Fd socket;
    private final ByteBuffer message = Struct.allocate(8192);

    private Uevents(Fd socket) {
        this.socket = socket;
    }

    /** Begins to listen: what happens from now on is seen by {@link #drain}. */
    public static Uevents listen() throws IOException {
        Fd socket = Fd.socket("kernel device events", AF_NETLINK, SOCK_DGRAM | NONBLOCK, KOBJECT_UEVENT);
        // struct sockaddr_nl: u16 family, u16 pad, u32 pid (0: the kernel chooses), u32 groups
        ByteBuffer address = Struct.allocate(12).putShort(0, (short) AF_NETLINK).putInt(8, KERNEL_GROUP);
        try {
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Uevents(socket);
    }

    /** To be added to a {@link Poller} for POLLIN. */
    public Fd fd() {
        return socket;
    }

    /**
     * Takes everything that is waiting; never blocks.
     *
     * @param subsystem such as {@code video4linux}
     * @return whether one of the messages is of that subsystem, or messages were lost
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

    /** A message is {@code add@/devices/...}, NUL, then {@code KEY=value} pairs, each ended by NUL. */
    static boolean concerns(ByteBuffer message, String subsystem) {
        String text = StandardCharsets.UTF_8.decode(message.duplicate()).toString();
        return text.contains("\0SUBSYSTEM=" + subsystem + "\0");
    }

    @Override
    public void close() {
        socket.close();
    }
}
