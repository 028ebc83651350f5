package org.catseye.testkit.lkv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Creates the transport stream of an LKV373A: its PIDs, tables and status. Written independently of the product's parser. */
public final class Muxer {

    public static final int PACKET_BYTES = 188;
    public static final int VIDEO_PID = 0x7d1;
    public static final int AUDIO_PID = 0x7d2;
    public static final int STATUS_PID = 0x77;
    private static final int PROGRAM_MAP_PID = 0x100;
    private static final int PROGRAM = 256;

    private final int[] counters = new int[0x2000];
    private boolean pesLengths;
    private int videoType = 0x1b;
    private boolean audio = true;

    /** Sets whether PES packets state their length, as far as 16 bits allow. */
    public Muxer withPesLengths(boolean stated) {
        pesLengths = stated;
        return this;
    }

    /** Sets the stream_type of the video in the table. */
    public Muxer withVideoType(int type) {
        videoType = type;
        return this;
    }

    /** Sets whether the table lists sound. */
    public Muxer withAudio(boolean listed) {
        audio = listed;
        return this;
    }

    /** PAT and PMT. */
    public List<byte[]> createTables() {
        byte[] pat = createSection(0x00, ByteBuffer.allocate(9).putShort((short) 1).put((byte) 0xc1).putShort((short) 0)
            .putShort((short) PROGRAM).putShort((short) (0xe000 | PROGRAM_MAP_PID)).array());
        byte[] pmt = createSection(0x02, ByteBuffer.allocate(19).putShort((short) PROGRAM).put((byte) 0xc1).putShort((short) 0)
            .putShort((short) (0xe000 | VIDEO_PID)).putShort((short) 0xf000)
            .put((byte) videoType).putShort((short) (0xe000 | VIDEO_PID)).putShort((short) 0xf000)
            .put((byte) (audio ? 4 : 0xd6)).putShort((short) (0xe000 | AUDIO_PID)).putShort((short) 0xf000).array());
        return List.of(createSectionPacket(0, pat), createSectionPacket(PROGRAM_MAP_PID, pmt));
    }

    /** A packet with the box's status: the state of its input. */
    public byte[] createStatus(boolean locked, boolean hdcp, int width, int height, int milliHertz) {
        byte[] body = ByteBuffer.allocate(21).putShort((short) 0xffff).put((byte) 0xc1).putShort((short) 0)
            .put((byte) ((hdcp ? 0x80 : 0) | 0x20 | (locked ? 0x10 : 0) | 0x0f)).putShort((short) width).putShort((short) height)
            .putShort((short) 20).put((byte) 0xf0).putInt(48_000).putInt(milliHertz).array();
        return createSectionPacket(STATUS_PID, createSection(0x77, body));
    }

    /** The transport packets of one access unit in one PES packet. */
    public List<byte[]> createFrame(byte[] unit, long pts) {
        int length = unit.length + 8;
        ByteBuffer pes = ByteBuffer.allocate(14 + unit.length).putInt(0x1e0).putShort((short) (pesLengths && length <= 0xffff ? length : 0))
            .put((byte) 0x84).put((byte) 0x80).put((byte) 5).put((byte) (0x21 | pts >> 29 & 0x0e))
            .putShort((short) (pts >> 14 | 1)).putShort((short) (pts << 1 | 1)).put(unit);
        pes.flip();
        List<byte[]> packets = new ArrayList<>();
        boolean start = true;
        while (pes.hasRemaining()) {
            packets.add(createPacket(VIDEO_PID, pes, start, start ? pts : -1));
            start = false;
        }
        return packets;
    }

    /** A null packet, which fills a datagram. */
    public static byte[] createNullPacket() {
        byte[] packet = new byte[PACKET_BYTES];
        Arrays.fill(packet, (byte) 0xff);
        ByteBuffer.wrap(packet).putInt(0x471fff10);
        return packet;
    }

    private byte[] createPacket(int pid, ByteBuffer payload, boolean start, long pcr) {
        int field = pcr >= 0 ? 8 : 0;
        int room = PACKET_BYTES - 4 - field;
        int count = Math.min(room, payload.remaining());
        int fill = room - count;
        boolean adaptation = field + fill > 0;
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
        packet.putInt(0x47000000 | (start ? 0x400000 : 0) | pid << 8 | (adaptation ? 0x30 : 0x10) | counters[pid]);
        counters[pid] = counters[pid] + 1 & 15;
        if (adaptation) {
            packet.put((byte) (field + fill - 1));
        }
        if (field > 0) {
            packet.put((byte) 0x10).putInt((int) (pcr >> 1)).put((byte) (pcr << 7 | 0x7e)).put((byte) 0);
        } else if (fill > 1) {
            packet.put((byte) 0);
        }
        while (packet.remaining() > count) {
            packet.put((byte) 0xff);
        }
        packet.put(payload.slice(payload.position(), count));
        payload.position(payload.position() + count);
        return packet.array();
    }

    private byte[] createSectionPacket(int pid, byte[] section) {
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
        packet.putInt(0x47400010 | pid << 8 | counters[pid]).put((byte) 0).put(section);
        counters[pid] = counters[pid] + 1 & 15;
        Arrays.fill(packet.array(), packet.position(), PACKET_BYTES, (byte) 0xff);
        return packet.array();
    }

    private static byte[] createSection(int table, byte[] body) {
        ByteBuffer section = ByteBuffer.allocate(3 + body.length + 4);
        section.put((byte) table).putShort((short) (0xb000 | body.length + 4)).put(body);
        return section.putInt(computeCrc(section.array(), 3 + body.length)).array();
    }

    private static int computeCrc(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
