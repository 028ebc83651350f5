package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;

/**
 * Assembles one table section (ISO/IEC 13818-1, 2.4.4) from the packets of a PID, and checks its CRC. For one thread; creates no
 * garbage.
 */
final class SectionAssembler {

    private static final int HEADER_BYTES = 3;
    private static final int MAX_BYTES = 1024 + HEADER_BYTES;
    private static final int CRC_BYTES = 4;
    private static final int STUFFING = 0xff;
    private static final int[] CRC_TABLE = createCrcTable();

    /** Receives each complete section. */
    interface SectionHandler {
        /** @param section position 0 is the table id, the limit is before the CRC. Valid during the call */
        void handleSection(ByteBuffer section);
    }

    private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    private final ByteBuffer view = bytes.duplicate();
    private final SectionHandler handler;
    private boolean open;

    SectionAssembler(SectionHandler handler) {
        this.handler = handler;
    }

    /** Discards an incomplete section. */
    void discardPartial() {
        open = false;
    }

    /** Takes the payload of one packet. @param start whether a section begins in it */
    void acceptPayload(ByteBuffer packet, boolean start) {
        if (start) {
            int pointer = packet.hasRemaining() ? packet.get() & 0xff : 0;
            if (pointer > packet.remaining()) {
                open = false;
                return;
            }
            int limit = packet.limit();
            packet.limit(packet.position() + pointer);
            collectSections(packet);
            packet.limit(limit);
            open = true;
            bytes.clear();
        }
        collectSections(packet);
    }

    private void collectSections(ByteBuffer packet) {
        while (open && packet.hasRemaining()) {
            if (bytes.position() == 0 && (packet.get(packet.position()) & 0xff) == STUFFING) {
                // Stuffing fills the rest of the packet.
                open = false;
                return;
            }
            copyUpTo(packet, HEADER_BYTES);
            if (bytes.position() < HEADER_BYTES) {
                return;
            }
            int length = HEADER_BYTES + (bytes.getShort(1) & 0x0fff);
            if (length > MAX_BYTES || length < HEADER_BYTES + CRC_BYTES) {
                open = false;
                return;
            }
            copyUpTo(packet, length);
            if (bytes.position() < length) {
                return;
            }
            if (computeCrc(length) == 0) {
                view.limit(length - CRC_BYTES).position(0);
                handler.handleSection(view);
            }
            bytes.clear();
        }
    }

    /** Copies from the packet until there are {@code total} bytes, or the packet ends. */
    private void copyUpTo(ByteBuffer packet, int total) {
        while (bytes.position() < total && packet.hasRemaining()) {
            bytes.put(packet.get());
        }
    }

    /** CRC-32/MPEG-2; 0 for a section that includes its CRC. */
    private int computeCrc(int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc = crc << 8 ^ CRC_TABLE[(crc >>> 24 ^ bytes.get(i)) & 0xff];
        }
        return crc;
    }

    private static int[] createCrcTable() {
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
