package org.catseye.jpeg.source;

import static org.junit.Assert.assertEquals;

import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class FittedSizeTest {

    @Test
    public void aWidePictureKeepsItsShape() {
        assertEquals(new VideoFormat(Codec.H264, 1280, 720), FittedSize.fitWidth(new VideoFormat(Codec.JPEG, 1920, 1080), 1280, Codec.H264));
        assertEquals(new VideoFormat(Codec.H264, 1024, 768), FittedSize.fitWidth(new VideoFormat(Codec.JPEG, 1024, 768), 1280, Codec.H264));
        assertEquals(new VideoFormat(Codec.JPEG, 720, 400), FittedSize.fitWidth(new VideoFormat(Codec.JPEG, 721, 401), 1280, Codec.JPEG));
    }
}
