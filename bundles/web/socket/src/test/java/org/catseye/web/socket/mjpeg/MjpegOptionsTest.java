package org.catseye.web.socket.mjpeg;

import static org.junit.Assert.assertEquals;

import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class MjpegOptionsTest {

    @Test
    public void valuesMeanWhatTheyMeanToUStreamer() {
        for (String yes : new String[] {"1", "10", "true", "TRUE", "yes", "Yes"}) {
            assertEquals(yes, new MjpegOptions(true, true, true, true), all(yes));
        }
        for (String no : new String[] {"", "0", "01", "false", "on", "no", null}) {
            assertEquals(no, new MjpegOptions(false, false, false, false), all(no));
        }
    }

    @Test
    public void eachParameterIsItsOwn() {
        FakeHttp http = new FakeHttp("");
        http.parameters.put("dual_final_frames", "1");
        MjpegOptions options = MjpegOptions.parseRequest(http.request());
        assertEquals(new MjpegOptions(false, true, false, false), options);
        assertEquals("the shared head serves", true, options.usesSharedHead());
        http.parameters.put("zero_data", "1");
        assertEquals(false, MjpegOptions.parseRequest(http.request()).usesSharedHead());
    }

    private static MjpegOptions all(String value) {
        FakeHttp http = new FakeHttp("");
        for (String name : new String[] {"advance_headers", "dual_final_frames", "extra_headers", "zero_data"}) {
            http.parameters.put(name, value);
        }
        return MjpegOptions.parseRequest(http.request());
    }
}
