package org.catseye.vnc.real;

import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.Optional;
import org.catseye.rfb.picture.Encoding;
import org.catseye.rfb.security.Credentials;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.secrets.SecretText;
import org.catseye.trust.DeviceTrust;
import org.catseye.vnc.RunningTarget;
import org.junit.Test;

/** Passwords and TLS of QEMU's VNC server, and its rules for several clients. */
public class QemuSecurityTest extends QemuContract {

    private static final int FIRST_PORT = 5900;

    @Test
    public void thePasswordIsChecked() throws Exception {
        startMachine("unix:vnc.sock,password-secret=pw", "-object", "secret,id=pw,data=tulips");
        try (RunningTarget target = startTarget("password", "tulips")) {
            assertShowsScreen(target);
        }
        try (RunningTarget target = startTarget("password", "roses")) {
            assertRefused(target, "refused the user or the password");
        }
        try (RunningTarget target = startTarget()) {
            assertRefused(target, "asks for a password, and none is configured");
        }
    }

    @Test
    public void theCertificateIsChecked() throws Exception {
        Certificates certificates = new Certificates(folder);
        String[] tls = {"-object", "tls-creds-x509,id=tls,dir=" + folder + ",endpoint=server,verify-peer=off", "-object", "secret,id=pw,data=tulips"};
        startMachine("unix:vnc.sock,tls-creds=tls,password-secret=pw", tls);
        try (RunningTarget target = startTarget("password", "tulips", "tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertShowsScreen(target);
            assertTrue(target.client().security(), target.client().security().contains("VNC password, certificate checked, TLSv1.3"));
        }
        try (RunningTarget target = startTarget("password", "tulips", "tls", "fingerprint", "fingerprint", certificates.fingerprint())) {
            assertShowsScreen(target);
        }
        try (RunningTarget target = startTarget("password", "tulips", "tls", "fingerprint", "fingerprint", "ab".repeat(32))) {
            assertRefused(target, "another SHA-256 fingerprint: " + certificates.fingerprint());
        }
        try (RunningTarget target = startTarget("password", "tulips", "tls", "certificate")) {
            assertRefused(target, "No secure connection");
        }
        Certificates others = new Certificates(Files.createDirectory(folder.resolve("others")));
        try (RunningTarget target = startTarget("password", "tulips", "tls", "certificate", "certificateFile", others.authority().toString())) {
            assertRefused(target, "not issued by an authority that Catseye trusts");
        }
        try (RunningTarget target = startTarget("password", "tulips")) {
            assertRefused(target, "requires encryption");
        }
        startMachine("unix:vnc.sock,tls-creds=tls", tls);
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertShowsScreen(target);
        }
    }

    @Test
    public void tlsWithoutACertificateIsRefusedInWords() throws Exception {
        startMachine("unix:vnc.sock,tls-creds=tls", "-object", "tls-creds-anon,id=tls,endpoint=server");
        try (RunningTarget target = startTarget("tls", "certificate")) {
            assertRefused(target, "TLS without a certificate only");
        }
    }

    @Test
    public void anEncryptedPictureIsExactInEachEncoding() throws Exception {
        Certificates certificates = new Certificates(folder);
        int port = Program.findFreePort();
        startMachine("127.0.0.1:" + (port - FIRST_PORT) + ",tls-creds=tls,lossy=on", "-object", "tls-creds-x509,id=tls,dir=" + folder + ",endpoint=server,verify-peer=off");
        Pictures dump = qemu.dumpScreen();
        SecurityPolicy policy = new SecurityPolicy(new Credentials("", new SecretText("")), Optional.of(new DeviceTrust(Optional.of(certificates.authority()))));
        for (int encoding : new int[] {Encoding.RAW, Encoding.HEXTILE, Encoding.ZRLE, Encoding.TIGHT}) {
            try (Screen screen = new Screen(ServerAddress.ofHost("localhost", port), policy, encoding)) {
                assertTrue("encoding " + encoding, dump.equalsExactly(screen.awaitPicture(dump::equalsExactly)));
                assertTrue(screen.security(), screen.security().contains("certificate checked"));
            }
        }
        try (Screen screen = new Screen(ServerAddress.ofHost("localhost", port), policy, Encoding.TIGHT, Encoding.JPEG_QUALITY_0 + 9)) {
            assertTrue("Tight with JPEG", screen.awaitPicture(picture -> picture.compareWith(dump) > 30).compareWith(dump) > 30);
        }
    }

    @Test
    public void aSharedConnectionDisconnectsNoOtherClient() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget first = startTarget(); RunningTarget second = startTarget()) {
            assertShowsScreen(first);
            assertShowsScreen(second);
            assertTrue(first.context().signals().toString(), first.context().signals().stream().noneMatch(s -> s.reason().contains("was lost")));
        }
    }

    @Test
    public void anExclusiveConnectionDisconnectsTheOther() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget first = startTarget()) {
            assertShowsScreen(first);
            try (RunningTarget second = startTarget("shared", "false")) {
                assertShowsScreen(second);
                assertRefused(first, "was lost");
            }
        }
    }
}
