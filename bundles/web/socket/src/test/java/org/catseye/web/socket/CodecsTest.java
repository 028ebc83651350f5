package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import org.catseye.video.Codec;
import org.junit.Test;

public class CodecsTest {

    @Test
    public void aListNamesWhatAViewerCanShow() {
        assertEquals(Optional.of(EnumSet.of(Codec.JPEG)), Codecs.parseList("jpeg"));
        assertEquals(Optional.of(EnumSet.allOf(Codec.class)), Codecs.parseList("h264,JPEG"));
        assertEquals("not said", Optional.of(EnumSet.allOf(Codec.class)), Codecs.parseList(null));
    }

    @Test
    public void whatIsNotKnownIsRefused() {
        for (String list : new String[] {"", "jpeg,", "h265", "jpeg h264", "jpeg,".repeat(1000)}) {
            assertEquals(list, Optional.empty(), Codecs.parseList(list));
        }
    }
}
