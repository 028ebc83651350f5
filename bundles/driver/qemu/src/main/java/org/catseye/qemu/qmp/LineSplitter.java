package org.catseye.qemu.qmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Splits what comes into lines, without their ends. For one thread. */
final class LineSplitter {

    private final int maxBytes;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param maxBytes of a line */
    LineSplitter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @param bytes read to their limit @param receiver gets each line that is complete @throws IOException if a line is too long */
    void addBytes(ByteBuffer bytes, Consumer<byte[]> receiver) throws IOException {
        while (bytes.hasRemaining()) {
            byte each = bytes.get();
            if (each == '\n') {
                receiver.accept(line.toByteArray());
                line = new ByteArrayOutputStream();
            } else if (each != '\r') {
                if (line.size() >= maxBytes) {
                    throw new IOException("a line is longer than " + maxBytes + " bytes");
                }
                line.write(each);
            }
        }
    }
}
