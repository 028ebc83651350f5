package org.catseye.rfb.security;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.catseye.rfb.picture.MemoryStream;
import org.catseye.rfb.picture.ServerBytes;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.secrets.SecretText;
import org.catseye.trust.DeviceTrust;
import org.catseye.trust.ServerTrust;
import org.junit.Test;

public class SecurityHandshakeTest {

    private static final Optional<ServerTrust> NO_TLS = Optional.empty();
    private static final Optional<ServerTrust> TLS = Optional.of(new DeviceTrust(Optional.empty()));

    private MemoryStream stream;

    private SecuredConnection shake(ServerBytes server, String password, Optional<ServerTrust> tls) throws IOException {
        stream = new MemoryStream(server.toByteArray());
        return new SecurityHandshake(stream, new SecurityPolicy(new Credentials("", new SecretText(password)), tls), ServerAddress.ofHost("vm", 5900))
            .shakeHands();
    }

    private static ServerBytes greeting(String version) {
        return new ServerBytes().bytes(("RFB " + version + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void assertRefused(String part, ServerBytes server, String password, Optional<ServerTrust> tls) {
        IOException e = assertThrows(part, IOException.class, () -> shake(server, password, tls));
        assertTrue(e.getMessage(), e.getMessage().contains(part));
    }

    private String sent() {
        return new String(stream.sent(), StandardCharsets.ISO_8859_1);
    }

    @Test
    public void eachVersionHasItsOwnOrderOfMessages() throws Exception {
        shake(greeting("003.003").u32(1), "", NO_TLS);
        assertEquals("RFB 003.003\n", sent());
        shake(greeting("003.007").u8(1).u8(1), "", NO_TLS);
        assertEquals("RFB 003.007\n\1", sent());
        shake(greeting("003.008").u8(2).u8(30).u8(1).u32(0), "", NO_TLS);
        assertEquals("RFB 003.008\n\1", sent());
        shake(greeting("003.889").u8(1).u8(1).u32(0), "", NO_TLS);
        assertEquals("Apple's version counts as 3.8", "RFB 003.008\n\1", sent());
    }

    @Test
    public void theAnswerToAChallengeIsThatOfOtherClients() {
        byte[] challenge = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        // openssl enc -des-ecb -nopad -K 0e86ceceeef64e26, which is "password" with the bits of each byte in reverse order
        byte[] expected = HexFormat.of().parseHex("b866924125c8eebb9debc1db61c538e2");
        assertArrayEquals(expected, VncChallenge.answerChallenge(challenge, "password"));
        assertArrayEquals("characters beyond the eighth do not count", expected, VncChallenge.answerChallenge(challenge, "password123"));
    }

    @Test
    public void aPasswordIsSentIfItIsAskedFor() throws Exception {
        byte[] challenge = new byte[16];
        shake(greeting("003.008").u8(2).u8(1).u8(2).bytes(challenge).u32(0), "blue", NO_TLS);
        assertEquals("RFB 003.008\n\2" + new String(VncChallenge.answerChallenge(challenge, "blue"), StandardCharsets.ISO_8859_1), sent());
        assertRefused("none is configured", greeting("003.008").u8(1).u8(2).bytes(challenge), "", NO_TLS);
    }

    @Test
    public void refusalsOfTheServerHaveItsReason() {
        assertRefused("refuses connections: too many", greeting("003.008").u8(0).u32(8).bytes("too many".getBytes()), "", NO_TLS);
        assertRefused("refuses connections: go", greeting("003.003").u32(0).u32(2).bytes("go".getBytes()), "", NO_TLS);
        assertRefused("password: wrong one", greeting("003.008").u8(1).u8(2).bytes(new byte[16]).u32(1).u32(9).bytes("wrong one".getBytes()), "x", NO_TLS);
        assertRefused("too many attempts", greeting("003.007").u8(1).u8(2).bytes(new byte[16]).u32(2), "x", NO_TLS);
        assertRefused("a reason", greeting("003.008").u8(0).u32(0x7fffffff), "", NO_TLS);
    }

    @Test
    public void strangersAreRecognized() {
        assertRefused("not a VNC server", new ServerBytes().bytes("SSH-2.0-OpenSSH_9.2p1\r\n".getBytes()), "", NO_TLS);
        assertRefused("closed the connection", new ServerBytes(), "", NO_TLS);
        assertRefused("no security type that Catseye supports", greeting("003.008").u8(1).u8(30), "", NO_TLS);
    }

    @Test
    public void encryptionThatIsConfiguredIsNotNegotiatedAway() {
        assertRefused("offers no encryption", greeting("003.008").u8(2).u8(1).u8(2), "x", TLS);
        assertRefused("offers no encryption", greeting("003.003").u32(1), "x", TLS);
        assertRefused("requires encryption", greeting("003.008").u8(1).u8(19), "x", NO_TLS);
        assertRefused("without a certificate", greeting("003.008").u8(1).u8(19).u16(2).u8(0).u8(2).u32(257).u32(258), "x", TLS);
        assertRefused("asks for a password", greeting("003.008").u8(1).u8(19).u16(2).u8(0).u8(1).u32(261), "", TLS);
        assertRefused("VeNCrypt", greeting("003.008").u8(1).u8(19).u16(1), "x", TLS);
    }
}
