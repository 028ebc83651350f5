package org.catseye.web.socket.stream;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;

/** The access units as they are (ITU-T H.264, Annex B). The stream has no times: players show each picture when it arrives. */
final class AnnexB implements StreamFormat {

    @Override
    public String contentType() {
        return "video/h264";
    }

    @Override
    public ByteBuffer wrapUnit(Frame unit, ByteBuffer data) {
        return data;
    }

    @Override
    public ByteBuffer writePause() {
        return ByteBuffer.allocate(0);
    }
}
