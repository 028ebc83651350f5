package org.catseye.video;

/** How a frame's bytes are coded. */
public enum Codec {
    /** One complete baseline JPEG per frame, SOI to EOI, Huffman tables included. Every frame is a key frame. */
    JPEG(1),
    /** One H.264 access unit per frame in Annex B form (start codes); a key frame carries SPS and PPS before its IDR slice. */
    H264(2);

    private final int wireCode;

    Codec(int wireCode) {
        this.wireCode = wireCode;
    }

    /** The codec's number in the header of {@code catseye.video.v1}. */
    public int wireCode() {
        return wireCode;
    }
}
