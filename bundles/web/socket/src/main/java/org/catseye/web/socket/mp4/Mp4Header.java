package org.catseye.web.socket.mp4;

import java.util.List;
import org.catseye.video.VideoFormat;

/** The start of a fragmented MP4: the boxes ftyp and moov. It has no duration, so players treat the stream as live. */
public final class Mp4Header {

    static final int TRACK = 1;
    /** Units of time in a second, as in MPEG transport streams. */
    public static final int TIMESCALE = 90_000;
    private static final int UNITY = 0x1_0000;
    /** Pixels per inch, in fixed point; without a meaning for video. */
    private static final int RESOLUTION = 72 << 16;
    private static final int NO_LANGUAGE = 0x55c4;
    private static final int EXPECTED_BYTES = 1024;

    private Mp4Header() {
    }

    public static byte[] create(ParameterSets sets, VideoFormat format) {
        BoxWriter out = new BoxWriter(EXPECTED_BYTES);
        out.begin("ftyp").putText("isom").putInt(0x200).putText("isom").putText("iso5").putText("avc1").end();
        out.begin("moov");
        out.begin("mvhd", 0, 0).putZeros(8).putInt(TIMESCALE).putInt(0).putInt(UNITY).putShort(0x100).putZeros(10);
        putMatrix(out);
        out.putZeros(24).putInt(TRACK + 1).end();
        putTrack(out, sets, format);
        out.begin("mvex").begin("trex", 0, 0).putInt(TRACK).putInt(1).putZeros(12).end().end();
        return out.end().toBytes();
    }

    private static void putMatrix(BoxWriter out) {
        out.putInt(UNITY).putZeros(12).putInt(UNITY).putZeros(12).putInt(0x4000_0000);
    }

    private static void putTrack(BoxWriter out, ParameterSets sets, VideoFormat format) {
        out.begin("trak");
        // Enabled, and part of the presentation.
        out.begin("tkhd", 0, 3).putZeros(8).putInt(TRACK).putZeros(24);
        putMatrix(out);
        out.putInt(format.width() << 16).putInt(format.height() << 16).end();
        out.begin("mdia");
        out.begin("mdhd", 0, 0).putZeros(8).putInt(TIMESCALE).putInt(0).putShort(NO_LANGUAGE).putShort(0).end();
        out.begin("hdlr", 0, 0).putInt(0).putText("vide").putZeros(13).end();
        out.begin("minf");
        out.begin("vmhd", 0, 1).putZeros(8).end();
        // The data is in the same file.
        out.begin("dinf").begin("dref", 0, 0).putInt(1).begin("url ", 0, 1).end().end().end();
        putTables(out, sets, format);
        out.end().end().end();
    }

    /** The samples are in the fragments, so only the table of descriptions has an entry. */
    private static void putTables(BoxWriter out, ParameterSets sets, VideoFormat format) {
        out.begin("stbl");
        out.begin("stsd", 0, 0).putInt(1);
        out.begin("avc1").putZeros(6).putShort(1).putZeros(16).putShort(format.width()).putShort(format.height());
        out.putInt(RESOLUTION).putInt(RESOLUTION).putInt(0).putShort(1).putZeros(32).putShort(24).putShort(0xffff);
        putConfiguration(out, sets);
        out.end().end();
        for (String table : List.of("stts", "stsc")) {
            out.begin(table, 0, 0).putInt(0).end();
        }
        out.begin("stsz", 0, 0).putZeros(8).end();
        out.begin("stco", 0, 0).putInt(0).end().end();
    }

    /** AVCDecoderConfigurationRecord, with lengths of four bytes (ISO/IEC 14496-15, 5.3.3.1). */
    private static void putConfiguration(BoxWriter out, ParameterSets sets) {
        byte[] sps = sets.sps();
        out.begin("avcC").putByte(1).putByte(sps[1]).putByte(sps[2]).putByte(sps[3]).putByte(0xff);
        out.putByte(0xe1).putShort(sps.length).putBytes(sps).putByte(sets.pps().size());
        for (byte[] pps : sets.pps()) {
            out.putShort(pps.length).putBytes(pps);
        }
        SampleDepth.ofSps(sps).ifPresent(depth -> out.putByte(0xfc | depth.chromaFormat()).putByte(0xf8 | depth.luma() - 8).putByte(0xf8 | depth.chroma() - 8).putByte(0));
        out.end();
    }
}
