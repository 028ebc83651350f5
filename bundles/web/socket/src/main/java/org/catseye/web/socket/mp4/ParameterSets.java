package org.catseye.web.socket.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a decoder has to know before the first picture: the units SPS and PPS of a key frame. Two are equal if their bytes are. */
public final class ParameterSets {

    /** Profile, compatibility and level, and at least one byte more. */
    private static final int MIN_SPS_BYTES = 5;
    /** The counts in the header have 5 and 8 bits, and the lengths 16. */
    private static final int MAX_PPS = 255;
    private static final int MAX_UNIT_BYTES = 0xffff;

    private final byte[] sps;
    private final List<byte[]> pps;

    private ParameterSets(byte[] sps, List<byte[]> pps) {
        this.sps = sps;
        this.pps = List.copyOf(pps);
    }

    /**
     * Those of an access unit.
     *
     * @param unit in Annex B format; its position stays
     * @return empty if they are missing, or too long for an MP4 header
     */
    public static Optional<ParameterSets> ofUnit(ByteBuffer unit) {
        byte[] sps = null;
        List<byte[]> pps = new ArrayList<>();
        NalUnits units = new NalUnits(unit);
        while (units.moveToNext()) {
            boolean wanted = units.type() == NalUnits.SPS && sps == null || units.type() == NalUnits.PPS;
            if (!wanted) {
                continue;
            }
            if (units.length() > MAX_UNIT_BYTES || pps.size() == MAX_PPS) {
                return Optional.empty();
            }
            if (units.type() == NalUnits.SPS) {
                sps = units.copyUnit();
            } else {
                pps.add(units.copyUnit());
            }
        }
        boolean complete = sps != null && sps.length >= MIN_SPS_BYTES && !pps.isEmpty();
        return complete ? Optional.of(new ParameterSets(sps, pps)) : Optional.empty();
    }

    /** Not to be changed. */
    byte[] sps() {
        return sps;
    }

    /** Not to be changed. */
    List<byte[]> pps() {
        return pps;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterSets sets && Arrays.equals(sps, sets.sps)
                && Arrays.deepEquals(pps.toArray(), sets.pps.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sps);
    }
}
