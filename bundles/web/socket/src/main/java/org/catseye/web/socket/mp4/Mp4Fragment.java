package org.catseye.web.socket.mp4;

import java.util.ArrayList;
import java.util.List;

/** Writes fragments: a box moof with the times and sizes of some samples, and a box mdat with the samples. Not thread-safe. */
public final class Mp4Fragment {

    /** A picture that no other needs, and one that depends on others (sample_depends_on, sample_is_non_sync_sample). */
    private static final int KEY = 0x0200_0000;
    private static final int NOT_KEY = 0x0101_0000;
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
    /** Present are the data's offset, and duration, size and flags of each sample. */
    private static final int RUN_FLAGS = 0x701;
    private static final int BOX_HEAD = 8;
    private static final int EXPECTED_BYTES = 128;
    private static final int BYTES_OF_ENTRY = 12;

    private final int number;
    private final long start;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Integer> durations = new ArrayList<>();
    private int bytes;

    /**
     * @param number of the fragment in its stream, from 1
     * @param start when the first sample is shown, in units of {@link Mp4Header#TIMESCALE}
     */
    public Mp4Fragment(int number, long start) {
        this.number = number;
        this.start = start;
    }

    /** @param duration how long it is shown, in units of {@link Mp4Header#TIMESCALE} */
    public Mp4Fragment add(Sample sample, long duration) {
        samples.add(sample);
        durations.add((int) duration);
        bytes += sample.bytes().length;
        return this;
    }

    public byte[] toBytes() {
        BoxWriter out = new BoxWriter(EXPECTED_BYTES + samples.size() * BYTES_OF_ENTRY + bytes);
        out.begin("moof");
        out.begin("mfhd", 0, 0).putInt(number).end();
        out.begin("traf");
        out.begin("tfhd", 0, DEFAULT_BASE_IS_MOOF).putInt(Mp4Header.TRACK).end();
        out.begin("tfdt", 1, 0).putLong(start).end();
        out.begin("trun", 0, RUN_FLAGS).putInt(samples.size());
        int offset = out.position();
        out.putInt(0);
        for (int i = 0; i < samples.size(); i++) {
            out.putInt(durations.get(i)).putInt(samples.get(i).bytes().length).putInt(samples.get(i).keyFrame() ? KEY : NOT_KEY);
        }
        out.end().end().end();
        out.replaceInt(offset, out.position() + BOX_HEAD);
        out.begin("mdat");
        samples.forEach(sample -> out.putBytes(sample.bytes()));
        return out.end().toBytes();
    }
}
