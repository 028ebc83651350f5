package org.catseye.hid.gadget.report;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open device node of a HID function. Reads and writes never block; they return a byte count or the negative errno. */
public interface ReportPort extends AutoCloseable {

    int writeReport(ByteBuffer report);

    int readOutput(ByteBuffer to);

    /**
     * Waits until the kernel can accept a report.
     *
     * @return false if it cannot within {@code timeoutMillis}
     * @throws IOException if the node cannot be used any more
     */
    boolean awaitWritable(long timeoutMillis) throws IOException;

    @Override
    void close();
}
