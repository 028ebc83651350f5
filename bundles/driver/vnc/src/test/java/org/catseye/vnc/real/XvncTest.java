package org.catseye.vnc.real;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.rfb.security.Credentials;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.secrets.SecretText;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.trust.DeviceTrust;
import org.catseye.trust.ServerTrust;
import org.catseye.vnc.RunningTarget;
import org.junit.Before;
import org.junit.Test;

/** TigerVNC's X server, which understands scan codes. */
public class XvncTest extends XServerContract {

    /** The password of the contract, encrypted with the key that all VNC servers have in common, as vncpasswd writes it. */
    private static final String PASSWORD_FILE = "92e790a50a055611";

    @Before
    public void requirePrograms() {
        assumeTrue("Xtigervnc, xterm, xdotool and x11-apps are installed", Program.isInstalled("Xtigervnc", "xterm", "xdotool", "xwd", "xev", "xsetroot", "xrandr"));
    }

    @Override
    void startServer() throws Exception {
        startServer("-SecurityTypes", "VncAuth");
    }

    @Override
    void killServer() throws Exception {
        display.close();
    }

    @Override
    void restartServer() throws Exception {
        startServer("-SecurityTypes", "VncAuth");
        display.showText();
    }

    private void startServer(String... options) throws Exception {
        startServer(Map.of(), options);
    }

    private void startServer(Map<String, String> environment, String... options) throws Exception {
        Path passwords = Files.write(folder().resolve("passwords"), HexFormat.of().parseHex(PASSWORD_FILE));
        port = port == 0 ? Program.findFreePort() : port;
        List<String> command = new ArrayList<>();
        if (!environment.isEmpty()) {
            command.add("env");
            environment.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(List.of("Xtigervnc", "-geometry", "641x487", "-depth", "24", "-rfbport", "" + port, "-localhost", "-rfbauth", passwords.toString()));
        command.addAll(List.of(options));
        if (!command.contains("-BlacklistThreshold")) {
            command.addAll(List.of("-BlacklistThreshold", "1000"));
        }
        display = new XServer(folder(), command.toArray(String[]::new));
    }

    private String[] withCertificate(Certificates certificates, String types) {
        return new String[] {"-SecurityTypes", types, "-X509Cert", certificates.serverCertificate().toString(), "-X509Key", certificates.serverKey().toString()};
    }

    @Test
    public void theCertificateIsChecked() throws Exception {
        Certificates certificates = new Certificates(folder());
        startServer(withCertificate(certificates, "X509Vnc,VncAuth"));
        display.showText();
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertShowsScreen(target);
            assertTrue(target.client().security(), target.client().security().contains("VNC password, certificate checked"));
        }
        try (RunningTarget target = startTarget("tls", "fingerprint", "fingerprint", certificates.fingerprint())) {
            assertShowsScreen(target);
        }
        try (RunningTarget target = startTarget("tls", "fingerprint", "fingerprint", "ab".repeat(32))) {
            assertRefused(target, "another SHA-256 fingerprint: " + certificates.fingerprint());
        }
        Certificates others = new Certificates(Files.createDirectory(folder().resolve("others")));
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", others.authority().toString())) {
            assertRefused(target, "not issued by an authority that Catseye trusts");
        }
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString(), "password", "roses")) {
            assertRefused(target, "refused the user or the password");
        }
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString(), "password", "")) {
            assertRefused(target, "asks for a password");
        }
    }

    @Test
    public void aCertificateForAnotherNameIsRefused() throws Exception {
        Certificates certificates = new Certificates(folder(), "DNS:elsewhere.example");
        startServer(withCertificate(certificates, "X509Vnc"));
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertRefused(target, "No subject alternative DNS name matching localhost found");
        }
        display.showText();
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.serverCertificate().toString())) {
            assertShowsScreen(target);
        }
    }

    @Test
    public void withACertificateThePasswordCanBeLeftOut() throws Exception {
        Certificates certificates = new Certificates(folder());
        startServer(withCertificate(certificates, "X509None"));
        display.showText();
        try (RunningTarget target = startTarget("password", "", "tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertShowsScreen(target);
            assertTrue(target.client().security(), target.client().security().contains("no password, certificate checked"));
        }
        ServerTrust trust = new DeviceTrust(Optional.of(certificates.authority()));
        assertExactInEachEncoding(ServerAddress.ofHost("localhost", port), new SecurityPolicy(new Credentials("", new SecretText("")), Optional.of(trust)));
    }

    @Test
    public void aUserAndItsPasswordAreCheckedInsideOfTls() throws Exception {
        Optional<Path> wrapper = findLibrary("libpam_wrapper.so");
        Optional<Path> matrix = findLibrary("pam_wrapper/pam_matrix.so");
        assumeTrue("libpam-wrapper is installed", wrapper.isPresent() && matrix.isPresent());
        Certificates certificates = new Certificates(folder());
        Path users = Files.writeString(folder().resolve("users"), "otto:long enough:desk\n");
        Path services = Files.createDirectory(folder().resolve("services"));
        Files.writeString(services.resolve("desk"), "auth required " + matrix.get() + " passdb=" + users + "\naccount required " + matrix.get() + " passdb=" + users + "\n");
        List<String> options = new ArrayList<>(List.of(withCertificate(certificates, "X509Plain")));
        options.addAll(List.of("-PlainUsers", "otto,anna", "-PAMService", "desk"));
        startServer(Map.of("LD_PRELOAD", wrapper.get().toString(), "PAM_WRAPPER", "1", "PAM_WRAPPER_SERVICE_DIR", services.toString()),
            options.toArray(String[]::new));
        display.showText();
        String[] tls = {"tls", "certificate", "certificateFile", certificates.authority().toString(), "user", "otto", "password", "long enough"};
        try (RunningTarget target = startTarget(tls)) {
            assertShowsScreen(target);
            assertTrue(target.client().security(), target.client().security().contains("user and password, certificate checked"));
        }
        tls[7] = "long enougH";
        try (RunningTarget target = startTarget(tls)) {
            assertRefused(target, "refused the user or the password");
        }
        tls[5] = "";
        try (RunningTarget target = startTarget(tls)) {
            assertRefused(target, "asks for a user and a password");
        }
    }

    private static Optional<Path> findLibrary(String name) throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
        }
    }

    @Test
    public void tlsWithoutACertificateIsRefused() throws Exception {
        startServer("-SecurityTypes", "TLSVnc,TLSNone");
        try (RunningTarget target = startTarget("tls", "certificate")) {
            assertRefused(target, "TLS without a certificate only");
        }
        try (RunningTarget target = startTarget()) {
            assertRefused(target, "requires encryption");
        }
    }

    @Test
    public void aServerThatRefusesEverybodyAfterManyFailuresSaysSo() throws Exception {
        startServer("-SecurityTypes", "VncAuth", "-BlacklistThreshold", "1", "-BlacklistTimeout", "2");
        display.showText();
        try (RunningTarget target = startTarget("password", "roses")) {
            assertRefused(target, "refused the user or the password");
        }
        try (RunningTarget target = startTarget("password", "roses")) {
            assertRefused(target, "refuse");
        }
        try (RunningTarget target = startTarget()) {
            assertRefused(target, "The server refuses connections: Too many security failures");
            assertShowsScreen(target);
        }
    }

    @Test
    public void aUnixSocketIsUsed() throws Exception {
        Path socket = folder().resolve("vnc.sock");
        startServer("-SecurityTypes", "VncAuth", "-rfbunixpath", socket.toString());
        display.showText();
        try (RunningTarget target = startTarget("host", "", "socket", socket.toString())) {
            assertShowsScreen(target);
        }
        assertExactInEachEncoding(ServerAddress.ofSocket(socket), POLICY);
    }

    @Test
    public void anExclusiveConnectionDisconnectsTheOther() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget first = startTarget()) {
            assertShowsScreen(first);
            try (RunningTarget second = startTarget("shared", "false")) {
                assertShowsScreen(second);
                assertRefused(first, "was lost");
            }
        }
    }

    @Test
    public void thePictureComesAtOnce() throws Exception {
        startServer();
        display.showText();
        long start = System.nanoTime();
        try (RunningTarget target = startTarget()) {
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> !c.frames().isEmpty()));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue("not after the time for servers that say nothing, 2 s: " + millis, millis < 1_900);
        }
    }

    @Test
    public void aServerForSharedUseOnlyDisconnectsNobody() throws Exception {
        startServer("-SecurityTypes", "VncAuth", "-AlwaysShared");
        display.showText();
        try (RunningTarget first = startTarget(); RunningTarget second = startTarget("shared", "false")) {
            assertShowsScreen(second);
            display.run("xsetroot", "-solid", "#604020");
            assertShowsScreen(first);
            assertTrue(first.context().signals().toString(), first.context().signals().stream().noneMatch(s -> s.reason().contains("was lost")));
        }
    }

    @Test
    public void theSizeFollowsTheDisplay() throws Exception {
        startServer();
        try (RunningTarget target = startTarget()) {
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> !c.frames().isEmpty()));
            display.run("xrandr", "-s", "800x600");
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> c.frames().get(c.frames().size() - 1).format().width() == 800));
            display.showText();
            assertShowsScreen(target);
        }
    }

    @Test
    public void scanCodesAreUsedAndCapsLockComesBack() throws Exception {
        startServer();
        Program events = display.showEvents();
        try (RunningTarget target = startTarget()) {
            FakeHidFeedback feedback = target.attach();
            assertTrue("scan codes", target.client().state().extendedKeys());
            target.device().sendKeyboard(new KeyboardReport(0, List.of(0x39)));
            target.device().sendKeyboard(KeyboardReport.UP);
            assertTrue(feedback.events().toString(), feedback.await(Program.PATIENCE_MILLIS, f -> f.reportLeds().capsLock()));
            assertTrue(events.isRunning());
            assertEquals(List.of(), target.context().breaches());
        }
    }
}
