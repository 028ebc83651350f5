package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Struct;

/**
 * The way of one function's reports. A report is written at once, or after a short wait if the one before it was not fetched
 * yet. A host that does not fetch (firmware never looks at the absolute pointer) is waited for only the first time: afterwards
 * each report is tried once, and the newest state, motion taken out, is kept for the moment the host begins.
 *
 * <p>The monitor guards everything, and is held while a report is filled in and written.
 */
final class Channel {

    /** The whole answer to a report: what SPI and viewers can wait for is 0.1 s. */
    static final long PATIENCE_MILLIS = 100;

    private static final int AGAIN = -Errno.EAGAIN.code();

    private final Role role;
    private final ByteBuffer report;
    private final ByteBuffer lights = Struct.allocate(8);
    private Port port;
    private boolean waiting;

    Channel(Role role, int reportLength) {
        this.role = role;
        this.report = Struct.allocate(reportLength);
    }

    /** The report to be filled in and sent, under this channel's monitor. */
    ByteBuffer report() {
        return report;
    }

    /** Sets the node, null for none; what there was is closed. */
    synchronized void use(Port now) {
        if (port != null) {
            port.close();
        }
        port = now;
        waiting = false;
    }

    synchronized boolean open() {
        return port != null;
    }

    /** Whether a report waits for the host to fetch the one before it. */
    synchronized boolean waiting() {
        return waiting;
    }

    /**
     * Sends what is in {@link #report()}.
     *
     * @return false if the host does not fetch reports of this function; the state is kept
     * @throws IOException an {@link ErrnoException} of the write, or another if there is no node
     */
    synchronized boolean send() throws IOException {
        if (port == null) {
            throw new IOException("the gadget has no " + role.word() + " at the moment");
        }
        int result = write();
        if (result == AGAIN && !waiting) {
            result = patiently();
        }
        waiting = result == AGAIN;
        if (waiting) {
            Reports.still(report, role);
        } else if (result < 0) {
            throw new ErrnoException("write", role.function(), -result);
        } else if (result < report.capacity()) {
            throw new IOException(role.function() + " took " + result + " of " + report.capacity() + " bytes");
        }
        return !waiting;
    }

    /** Sends the newest state, motion taken out, once more. @throws IOException as {@link #send()} */
    synchronized void repeat() throws IOException {
        Reports.still(report, role);
        send();
    }

    /** The newest byte of lights; -1 if none came. */
    synchronized int lights() {
        int newest = -1;
        while (port != null) {
            lights.clear();
            int bytes = port.read(lights);
            if (bytes <= 0) {
                break;
            }
            newest = lights.get(bytes - 1) & 0xff;
        }
        return newest;
    }

    private int patiently() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (;;) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !port.awaitWritable(left)) {
                return AGAIN;
            }
            int result = write();
            if (result != AGAIN) {
                return result;
            }
        }
    }

    private int write() {
        report.clear();
        return port.write(report);
    }
}
