package org.catseye.vnc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.rfb.picture.Encoding;
import org.junit.Test;

public class VncSettingsTest {

    private static VncSettings parse(Object... keysAndValues) throws BadValueException {
        Map<String, Object> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return VncSettings.parseSettings(properties);
    }

    private static void assertBad(String part, Object... keysAndValues) {
        BadValueException e = assertThrows(part, BadValueException.class, () -> parse(keysAndValues));
        assertTrue(e.getMessage(), e.getMessage().contains(part));
    }

    @Test
    public void aHostOrASocketIsEnough() throws Exception {
        assertEquals("vm.example.org:5900", parse("host", "vm.example.org").link().address().toString());
        assertEquals("[fe80::1]:5901", parse("host", "fe80::1", "port", "5901").link().address().toString());
        assertEquals("/run/vm.sock", parse("socket", "/run/vm.sock").link().address().toString());
    }

    @Test
    public void aUnixSocketGetsRawPixelsAndANetworkTight() throws Exception {
        assertTrue(indexOf(Encoding.RAW, "socket", "/run/vm.sock") < indexOf(Encoding.TIGHT, "socket", "/run/vm.sock"));
        assertTrue(indexOf(Encoding.TIGHT, "host", "vm") < indexOf(Encoding.RAW, "host", "vm"));
        assertFalse(parse("host", "vm", "encoding", "zrle").link().client().encodings().contains(Encoding.TIGHT));
        assertTrue(parse("host", "vm").link().client().encodings().contains(-23));
        assertFalse(parse("host", "vm", "tightQuality", "off").link().client().encodings().contains(-23));
    }

    private static int indexOf(int encoding, Object... settings) throws BadValueException {
        return parse(settings).link().client().encodings().indexOf(encoding);
    }

    @Test
    public void badValuesAreNamed() {
        assertBad("host");
        assertBad("host", "host", "vm", "socket", "/run/vm.sock");
        assertBad("host", "host", "http://vm");
        assertBad("socket", "socket", "run/vm.sock");
        assertBad("socket", "socket", "/" + "x".repeat(200));
        assertBad("port", "host", "vm", "port", "70000");
        assertBad("tls", "host", "vm", "tls", "on");
        assertBad("fingerprint", "host", "vm", "tls", "fingerprint", "fingerprint", "abc");
        assertBad("fingerprint", "host", "vm", "fingerprint", "ab".repeat(32));
        assertBad("certificateFile", "host", "vm", "tls", "certificate", "certificateFile", "ca.pem");
        assertBad("certificateFile", "host", "vm", "certificateFile", "/etc/ca.pem");
        assertBad("encoding", "host", "vm", "encoding", "png");
        assertBad("tightQuality", "host", "vm", "tightQuality", "10");
        assertBad("kvm.target", "host", "vm", "kvm.target", "a b");
    }

    @Test
    public void thePasswordDoesNotPrint() throws Exception {
        assertFalse(parse("host", "vm", "password", "tulips").toString().contains("tulips"));
    }
}
