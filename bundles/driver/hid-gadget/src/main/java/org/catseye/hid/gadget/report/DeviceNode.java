package org.catseye.hid.gadget.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;

/** An open /dev/hidgN. One thread may write while another one reads. */
public final class DeviceNode implements ReportPort {

    private static final String INODE = "unix:ino";

    private final Path path;
    private final Object inode;
    private final Fd fileDescriptor;
    private final Poller writable;

    private DeviceNode(Path path, Object inode, Fd fileDescriptor, Poller writable) {
        this.path = path;
        this.inode = inode;
        this.fileDescriptor = fileDescriptor;
        this.writable = writable;
    }

    /** @throws IOException the system call's own error */
    public static DeviceNode openNode(Path path) throws IOException {
        Object inode = Files.getAttribute(path, INODE);
        Fd fileDescriptor = Fd.open(path.toString(), Fd.O_RDWR | Fd.O_NONBLOCK);
        try {
            Poller writable = new Poller(1);
            writable.add(fileDescriptor, Poller.POLLOUT);
            return new DeviceNode(path, inode, fileDescriptor, writable);
        } catch (IOException e) {
            fileDescriptor.close();
            throw e;
        }
    }

    /** Whether {@code current} is still the node that was opened. The kernel creates a new node each time the gadget is bound. */
    public boolean isSameNode(Path current) {
        try {
            return path.equals(current) && Objects.equals(inode, Files.getAttribute(path, INODE));
        } catch (IOException removed) {
            return false;
        }
    }

    /** For a poller; this node remains its owner. */
    public Fd fileDescriptor() {
        return fileDescriptor;
    }

    @Override
    public int writeReport(ByteBuffer report) {
        return fileDescriptor.tryWrite(report);
    }

    @Override
    public int readOutput(ByteBuffer to) {
        return fileDescriptor.tryRead(to);
    }

    @Override
    public boolean awaitWritable(long timeoutMillis) throws IOException {
        return writable.poll(timeoutMillis) > 0 && (writable.ready(1) & Poller.POLLOUT) != 0;
    }

    @Override
    public void close() {
        fileDescriptor.close();
        writable.close();
    }
}
