package org.catseye.web.socket.video;

import static org.junit.Assert.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import org.catseye.video.Codec;
import org.junit.Test;

public class CodecListTest {

    @Test
    public void aListNamesWhatAViewerCanShow() {
        assertEquals(Optional.of(EnumSet.of(Codec.JPEG)), CodecList.parseList("jpeg"));
        assertEquals(Optional.of(EnumSet.of(Codec.JPEG, Codec.H264)), CodecList.parseList("h264,JPEG"));
        assertEquals("not said", Optional.of(EnumSet.of(Codec.JPEG, Codec.H264)), CodecList.parseList(null));
    }

    @Test
    public void whatIsNotKnownIsRefused() {
        for (String list : new String[] {"", "jpeg,", "h265", "drawing", "jpeg h264", "jpeg,".repeat(1000)}) {
            assertEquals(list, Optional.empty(), CodecList.parseList(list));
        }
    }
}
