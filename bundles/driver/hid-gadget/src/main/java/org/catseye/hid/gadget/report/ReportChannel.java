package org.catseye.hid.gadget.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Struct;

/**
 * Sends one function's reports. A report is written immediately, or after a short wait if the host has not fetched the previous
 * one yet. If the host does not fetch (firmware never polls the absolute pointer), only the first report waits. Each later report
 * is tried once, and the newest state, without motion, is kept until the host starts to fetch.
 *
 * <p>The monitor guards all fields, and is held while a report is encoded and written.
 */
public final class ReportChannel {

    /** Upper limit for sending a report. The SPI, and thus a viewer, waits no longer than 0.1 s. */
    static final long SEND_TIMEOUT_MILLIS = 100;

    private static final int WOULD_BLOCK = -Errno.EAGAIN.code();

    private final Role role;
    private final ByteBuffer report;
    private final ByteBuffer ledReports = Struct.allocate(8);
    private ReportPort port;
    private boolean waiting;

    /** @param reportLength bytes of an input report */
    public ReportChannel(Role role, int reportLength) {
        this.role = role;
        this.report = Struct.allocate(reportLength);
    }

    /** The report to be encoded and sent. Callers hold this channel's monitor from the first byte to {@link #sendReport()}. */
    public ByteBuffer reportBuffer() {
        return report;
    }

    /** Replaces the port and closes the previous one; null for no port. */
    public synchronized void replacePort(ReportPort newPort) {
        if (port != null) {
            port.close();
        }
        port = newPort;
        waiting = false;
    }

    synchronized boolean hasPort() {
        return port != null;
    }

    /** Whether a report could not be written because the host has not fetched the previous one. */
    public synchronized boolean isWaiting() {
        return waiting;
    }

    /**
     * Sends the content of {@link #reportBuffer()}.
     *
     * @return false if the host does not fetch this function's reports; the state is kept
     * @throws IOException an {@link ErrnoException} of the write, or another exception if there is no port
     */
    public synchronized boolean sendReport() throws IOException {
        if (port == null) {
            throw new IOException("the USB gadget currently has no " + role.roleName());
        }
        int result = tryWrite();
        if (result == WOULD_BLOCK && !waiting) {
            result = writeWithinTimeout();
        }
        waiting = result == WOULD_BLOCK;
        if (waiting) {
            ReportEncoder.clearMotion(report, role);
        } else if (result < 0) {
            throw new ErrnoException("write", role.functionName(), -result);
        } else if (result < report.capacity()) {
            throw new IOException(role.functionName() + " accepted only " + result + " of " + report.capacity() + " bytes");
        }
        return !waiting;
    }

    /** Sends the newest state again, without motion. @throws IOException as {@link #sendReport()} */
    public synchronized void resendState() throws IOException {
        ReportEncoder.clearMotion(report, role);
        sendReport();
    }

    /** Reads the newest LED report; -1 if there is none. */
    public synchronized int readNewestLeds() {
        int newest = -1;
        while (port != null) {
            ledReports.clear();
            int bytes = port.readOutput(ledReports);
            if (bytes <= 0) {
                break;
            }
            newest = ledReports.get(bytes - 1) & 0xff;
        }
        return newest;
    }

    private int writeWithinTimeout() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SEND_TIMEOUT_MILLIS);
        for (;;) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !port.awaitWritable(left)) {
                return WOULD_BLOCK;
            }
            int result = tryWrite();
            if (result != WOULD_BLOCK) {
                return result;
            }
        }
    }

    private int tryWrite() {
        report.clear();
        return port.writeReport(report);
    }
}
