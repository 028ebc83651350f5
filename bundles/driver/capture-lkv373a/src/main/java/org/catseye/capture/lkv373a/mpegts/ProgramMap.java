package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.SoundCodec;

/**
 * The contents of a program map table (ISO/IEC 13818-1, 2.4.4.8 and table 2-34; 0x81: ATSC A/52).
 *
 * @param videoPid PID of the first H.264 stream, or {@link #NO_PID}
 * @param unsupportedVideo the kind of a video that is not H.264
 * @param sound codec of the first known sound stream
 * @param soundPid PID of that sound stream, or {@link #NO_PID}
 */
record ProgramMap(int videoPid, UnsupportedVideo unsupportedVideo, Optional<SoundCodec> sound, int soundPid) {

    static final int NO_PID = -1;
    /** The map before a table arrived. */
    static final ProgramMap EMPTY = new ProgramMap(NO_PID, UnsupportedVideo.NONE, Optional.empty(), NO_PID);

    private static final int TABLE_ID = 0x02;
    private static final int MIN_BYTES = 12;
    private static final int H264 = 0x1b;

    /** @param section a whole section with a correct CRC. @return empty for another table */
    static Optional<ProgramMap> parseSection(ByteBuffer section) {
        if (section.get(0) != TABLE_ID || section.limit() < MIN_BYTES) {
            return Optional.empty();
        }
        int videoPid = NO_PID;
        UnsupportedVideo unsupported = UnsupportedVideo.NONE;
        Optional<SoundCodec> sound = Optional.empty();
        int soundPid = NO_PID;
        int at = MIN_BYTES + (section.getShort(10) & 0x0fff);
        for (; at + 5 <= section.limit(); at += 5 + (section.getShort(at + 3) & 0x0fff)) {
            int type = section.get(at) & 0xff;
            int pid = section.getShort(at + 1) & 0x1fff;
            if (type == H264 && videoPid == NO_PID) {
                videoPid = pid;
            } else if (UnsupportedVideo.forStreamType(type) != UnsupportedVideo.NONE) {
                unsupported = UnsupportedVideo.forStreamType(type);
            } else if (sound.isEmpty()) {
                sound = findSoundCodec(type);
                soundPid = sound.isPresent() ? pid : NO_PID;
            }
        }
        return Optional.of(new ProgramMap(videoPid, unsupported, sound, soundPid));
    }

    /** The end of a sentence about the video. */
    String soundDescription() {
        return sound.map(codec -> "; sound (" + codec.displayName() + ") on PID " + soundPid + ", which is not supported yet.")
            .orElse(", no sound.");
    }

    private static Optional<SoundCodec> findSoundCodec(int streamType) {
        return switch (streamType) {
            case 0x03, 0x04 -> Optional.of(SoundCodec.MPEG_AUDIO);
            case 0x0f, 0x11 -> Optional.of(SoundCodec.AAC);
            case 0x81 -> Optional.of(SoundCodec.AC3);
            default -> Optional.empty();
        };
    }
}
