package org.catseye.rfb.security;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.rfb.wire.RfbException;

/** The versions of the protocol that have differences (RFC 6143, section 7.1.1). */
public enum ProtocolVersion {

    V3_3("RFB 003.003\n"), V3_7("RFB 003.007\n"), V3_8("RFB 003.008\n");

    /** The length of a greeting in bytes. */
    public static final int GREETING_BYTES = 12;
    private static final Pattern GREETING = Pattern.compile("RFB (\\d{3})\\.(\\d{3})\n");
    private static final int MINOR_OF_LATEST = 8;
    private static final int MINOR_OF_LISTS = 7;

    private final String greeting;

    ProtocolVersion(String greeting) {
        this.greeting = greeting;
    }

    public byte[] toGreeting() {
        return greeting.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The newest version that both sides can use. Versions that no standard defines count as the nearest older one: Apple sends 3.889,
     * RealVNC 4.1 and 5.0.
     *
     * @throws RfbException if the greeting is not one of RFB
     */
    public static ProtocolVersion chooseVersion(byte[] serverGreeting) throws RfbException {
        Matcher matcher = GREETING.matcher(new String(serverGreeting, StandardCharsets.US_ASCII));
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 3) {
            throw new RfbException("This is not a VNC server: it does not begin with the RFB protocol's greeting.");
        }
        int minor = Integer.parseInt(matcher.group(2));
        if (Integer.parseInt(matcher.group(1)) > 3 || minor >= MINOR_OF_LATEST) {
            return V3_8;
        }
        return minor == MINOR_OF_LISTS ? V3_7 : V3_3;
    }
}
