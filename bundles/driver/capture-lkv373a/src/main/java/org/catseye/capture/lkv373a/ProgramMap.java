package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.SoundCodec;

/**
 * What a program map table names (ISO/IEC 13818-1, 2.4.4.8 and table 2-34; 0x81: ATSC A/52).
 *
 * @param videoPid of the first H.264, or {@link #NONE}
 * @param otherVideo stream_type of a video that is not H.264; 0 if there is none
 * @param sound the first that is known
 * @param soundPid of that sound, or {@link #NONE}
 */
record ProgramMap(int videoPid, int otherVideo, Optional<SoundCodec> sound, int soundPid) {

    static final int NONE = -1;
    /** Before a table came. */
    static final ProgramMap EMPTY = new ProgramMap(NONE, 0, Optional.empty(), NONE);
    /** stream_type of H.264 and of its successor, which no decoder of ours takes. */
    static final int H264 = 0x1b;
    static final int H265 = 0x24;

    /** @param section whole and checked; empty if it is another table */
    static Optional<ProgramMap> parse(ByteBuffer section) {
        if (section.get(0) != 0x02 || section.limit() < 12) {
            return Optional.empty();
        }
        int videoPid = NONE;
        int otherVideo = 0;
        Optional<SoundCodec> sound = Optional.empty();
        int soundPid = NONE;
        int at = 12 + (section.getShort(10) & 0x0fff);
        for (; at + 5 <= section.limit(); at += 5 + (section.getShort(at + 3) & 0x0fff)) {
            int type = section.get(at) & 0xff;
            int pid = section.getShort(at + 1) & 0x1fff;
            if (type == H264 && videoPid == NONE) {
                videoPid = pid;
            } else if (type == H265 || type == 0x01 || type == 0x02 || type == 0x10) {
                otherVideo = type;
            } else if (sound.isEmpty()) {
                sound = sound(type);
                soundPid = sound.isPresent() ? pid : NONE;
            }
        }
        return Optional.of(new ProgramMap(videoPid, otherVideo, sound, soundPid));
    }

    /** The sound, for words behind those on the picture. */
    String soundWords() {
        return sound.map(codec -> "; sound (" + codec.displayName() + ") on PID " + soundPid + ", which is not taken yet.").orElse(", no sound.");
    }

    private static Optional<SoundCodec> sound(int streamType) {
        return switch (streamType) {
            case 0x03, 0x04 -> Optional.of(SoundCodec.MPEG_AUDIO);
            case 0x0f, 0x11 -> Optional.of(SoundCodec.AAC);
            case 0x81 -> Optional.of(SoundCodec.AC3);
            default -> Optional.empty();
        };
    }
}
