package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open device node of a HID function. Reading and writing never wait, and answer with bytes or the negative errno. */
interface Port extends AutoCloseable {

    int write(ByteBuffer report);

    int read(ByteBuffer to);

    /** Waits until the kernel takes a report; false if it does not in time. @throws IOException if the node is no good */
    boolean awaitWritable(long millis) throws IOException;

    @Override
    void close();
}
