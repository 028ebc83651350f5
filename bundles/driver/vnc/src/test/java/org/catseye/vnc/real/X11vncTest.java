package org.catseye.vnc.real;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.vnc.RunningTarget;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** x11vnc, which has only key symbols, on a display without VNC of its own. */
public class X11vncTest extends XServerContract {

    private Program server;

    @Before
    public void requirePrograms() {
        assumeTrue("x11vnc, Xvfb, xterm, xdotool and x11-apps are installed", Program.isInstalled("x11vnc", "Xvfb", "xterm", "xdotool", "xwd", "xev", "xsetroot"));
    }

    @Override
    void startServer() throws Exception {
        startServer("-rfbport", "" + (port = Program.findFreePort()), "-localhost");
    }

    private void startServer(String... options) throws Exception {
        if (display == null) {
            display = new XServer(folder(), "Xvfb", "-screen", "0", "640x480x24", "-nolisten", "tcp");
        }
        List<String> command = new ArrayList<>(List.of("x11vnc", "-display", display.display(), "-forever", "-passwd", PASSWORD, "-noxrecord", "-no6",
            "-wait", "10"));
        command.addAll(List.of(options));
        server = new Program(folder(), command.toArray(String[]::new));
        server.await(() -> server.output().contains("PORT=") || Files.exists(folder().resolve("vnc.sock")) ? Optional.of(true) : Optional.empty());
    }

    @Override
    void killServer() throws Exception {
        server.close();
    }

    @Override
    void restartServer() throws Exception {
        startServer("-rfbport", "" + port, "-localhost");
    }

    @After
    public void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    public void theCertificateIsChecked() throws Exception {
        Certificates certificates = new Certificates(folder());
        Path both = folder().resolve("both.pem");
        Files.writeString(both, Files.readString(certificates.serverKey()) + Files.readString(certificates.serverCertificate()));
        startServer("-rfbport", "" + (port = Program.findFreePort()), "-localhost", "-ssl", both.toString(), "-vencrypt",
            "force", "-anontls", "never");
        display.showText();
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", certificates.authority().toString())) {
            assertShowsScreen(target);
            assertTrue(target.client().security(), target.client().security().contains("VNC password, certificate checked"));
        }
        Certificates others = new Certificates(Files.createDirectory(folder().resolve("others")));
        try (RunningTarget target = startTarget("tls", "certificate", "certificateFile", others.authority().toString())) {
            assertRefused(target, "not issued by an authority that Catseye trusts");
        }
    }

    @Test
    public void aUnixSocketIsUsed() throws Exception {
        Path socket = folder().resolve("vnc.sock");
        port = Program.findFreePort();
        startServer("-unixsock", socket.toString(), "-rfbport", "0");
        display.showText();
        try (RunningTarget target = startTarget("host", "", "socket", socket.toString())) {
            assertShowsScreen(target);
        }
        assertExactInEachEncoding(ServerAddress.ofSocket(socket), POLICY);
    }

    @Test
    public void theSizeFollowsTheServer() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget target = startTarget()) {
            assertShowsScreen(target);
            display.run("x11vnc", "-remote", "clip:320x200+40+30");
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> c.frames().get(c.frames().size() - 1).format().width() == 320));
            Pictures part = display.dumpScreen().cut(40, 30, 320, 200);
            assertTrue(target.awaitFrame(jpeg -> Pictures.parseJpeg(jpeg).compareWith(part) > 28));
        }
    }

    @Test
    public void aServerForOneClientRefusesTheSecond() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget first = startTarget()) {
            assertShowsScreen(first);
            try (RunningTarget second = startTarget("shared", "false")) {
                assertRefused(second, "VNC server at localhost:" + port);
                display.run("xsetroot", "-solid", "#604020");
                assertShowsScreen(first);
            }
        }
    }

    @Test
    public void aServerForSeveralClientsServesThem() throws Exception {
        startServer("-rfbport", "" + (port = Program.findFreePort()), "-localhost", "-shared");
        display.showText();
        try (RunningTarget first = startTarget(); RunningTarget second = startTarget("shared", "false")) {
            assertShowsScreen(second);
            display.run("xsetroot", "-solid", "#604020");
            assertShowsScreen(first);
        }
    }

    @Test
    public void itHasNoScanCodes() throws Exception {
        startServer();
        try (RunningTarget target = startTarget()) {
            target.attach();
            assertFalse(target.client().state().extendedKeys());
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> !c.frames().isEmpty()));
        }
    }
}
