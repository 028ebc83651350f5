package org.catseye.video;

/** The encoding of a frame. */
public enum Codec {
    /** One complete baseline JPEG per frame, from SOI to EOI, including the Huffman tables. Every frame is a key frame. */
    JPEG(1),
    /** One H.264 access unit per frame, in Annex B format (start codes). A key frame has SPS and PPS before its IDR slice. */
    H264(2),
    /**
     * The changes of the JPEG or drawing before it, as drawing steps: copied areas and exact pixels (docs/protocol.md). Never a key frame.
     * Only receivers that accept it get it.
     */
    DRAWING(3);

    private final int wireCode;

    Codec(int wireCode) {
        this.wireCode = wireCode;
    }

    /** The number of this codec in the header of {@code catseye.video.v1}. */
    public int wireCode() {
        return wireCode;
    }
}
