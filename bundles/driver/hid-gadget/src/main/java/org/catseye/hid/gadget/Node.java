package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;

/** /dev/hidgN. One thread writes at a time; another may read. */
final class Node implements Port {

    private final Path path;
    private final Object identity;
    private final Fd fd;
    private final Poller writable;

    private Node(Path path, Object identity, Fd fd, Poller writable) {
        this.path = path;
        this.identity = identity;
        this.fd = fd;
        this.writable = writable;
    }

    static Node open(Path path) throws IOException {
        Object identity = Files.getAttribute(path, "unix:ino");
        Fd fd = Fd.open(path.toString(), Fd.O_RDWR | Fd.O_NONBLOCK);
        try {
            Poller writable = new Poller(1);
            writable.add(fd, Poller.POLLOUT);
            return new Node(path, identity, fd, writable);
        } catch (IOException e) {
            fd.close();
            throw e;
        }
    }

    /** Whether {@code now} still names the node that was opened: after a bind it is a new one, and this may lead nowhere. */
    boolean is(Path now) {
        try {
            return path.equals(now) && Objects.equals(identity, Files.getAttribute(path, "unix:ino"));
        } catch (IOException gone) {
            return false;
        }
    }

    /** For a poll. */
    Fd fd() {
        return fd;
    }

    @Override
    public int write(ByteBuffer report) {
        return fd.tryWrite(report);
    }

    @Override
    public int read(ByteBuffer to) {
        return fd.tryRead(to);
    }

    @Override
    public boolean awaitWritable(long millis) throws IOException {
        return writable.poll(millis) > 0 && (writable.ready(1) & Poller.POLLOUT) != 0;
    }

    @Override
    public void close() {
        fd.close();
        writable.close();
    }
}
