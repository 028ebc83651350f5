package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/** Collects one table section (ISO/IEC 13818-1, 2.4.4) from the packets of a PID, checked by its CRC. One thread, no garbage. */
final class Section {

    private static final int MOST = 1024 + 3;
    private static final int HEAD = 3;
    private static final int CRC = 4;
    private static final int[] TABLE = table();

    /** Gets each whole section: position 0 at the table id, limit before the CRC. Valid during the call. */
    interface Output {
        void section(ByteBuffer section);
    }

    private final ByteBuffer bytes = ByteBuffer.allocate(MOST);
    private final ByteBuffer view = bytes.duplicate();
    private final Output output;
    private boolean open;

    Section(Output output) {
        this.output = output;
    }

    /** Forgets what was collected. */
    void reset() {
        open = false;
    }

    /** The payload of one packet. */
    void payload(ByteBuffer packet, boolean start) {
        if (start) {
            int pointer = packet.hasRemaining() ? packet.get() & 0xff : 0;
            if (pointer > packet.remaining()) {
                open = false;
                return;
            }
            int limit = packet.limit();
            packet.limit(packet.position() + pointer);
            collect(packet);
            packet.limit(limit);
            open = true;
            bytes.clear();
        }
        collect(packet);
    }

    private void collect(ByteBuffer packet) {
        while (open && packet.hasRemaining()) {
            if (bytes.position() == 0 && (packet.get(packet.position()) & 0xff) == 0xff) {
                // Stuffing up to the end of the packet.
                open = false;
                return;
            }
            take(packet, HEAD);
            if (bytes.position() < HEAD) {
                return;
            }
            int length = HEAD + (bytes.getShort(1) & 0x0fff);
            if (length > MOST || length < HEAD + CRC) {
                open = false;
                return;
            }
            take(packet, length);
            if (bytes.position() < length) {
                return;
            }
            if (crc(length) == 0) {
                view.limit(length - CRC).position(0);
                output.section(view);
            }
            bytes.clear();
        }
    }

    /** Copies until {@code upTo} bytes are there, as far as the packet goes. */
    private void take(ByteBuffer packet, int upTo) {
        while (bytes.position() < upTo && packet.hasRemaining()) {
            bytes.put(packet.get());
        }
    }

    /** 0 over a section with its CRC. */
    private int crc(int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc = crc << 8 ^ TABLE[(crc >>> 24 ^ bytes.get(i)) & 0xff];
        }
        return crc;
    }

    /** CRC-32/MPEG-2. */
    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
