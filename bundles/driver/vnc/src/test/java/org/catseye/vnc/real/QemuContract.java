package org.catseye.vnc.real;

import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.catseye.vnc.RunningTarget;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** A machine of QEMU and a target of its VNC server, for the tests of this package. */
abstract class QemuContract {

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    Path folder;
    Path socket;
    Qemu qemu;

    @Before
    public void requirePrograms() {
        assumeTrue("qemu-system-x86_64 and openssl are installed", Qemu.isInstalled());
        folder = temporary.getRoot().toPath();
        socket = folder.resolve("vnc.sock");
    }

    @After
    public void stopMachine() throws Exception {
        if (qemu != null) {
            qemu.close();
        }
    }

    RunningTarget startTarget(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("socket", socket.toString(), "kvm.target", "vm"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new RunningTarget(properties);
    }

    void assertShowsScreen(RunningTarget target) throws Exception {
        Pictures dump = qemu.dumpScreen();
        assertTrue("the pattern is there", dump.countColours() > 100);
        boolean shown = target.awaitFrame(jpeg -> Pictures.parseJpeg(jpeg).compareWith(dump) > 30);
        assertTrue(target.context().signals().toString(), shown);
    }

    void assertRefused(RunningTarget target, String part) throws Exception {
        assertTrue(part + ": " + target.context().signals(),
            target.context().await(Program.PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(s -> s.reason().contains(part))));
    }

    SocketAddress address() {
        return UnixDomainSocketAddress.of(socket);
    }

    /** Starts the machine, in place of the one before. @param vnc the value of -vnc @param more further arguments */
    void startMachine(String vnc, String... more) throws Exception {
        if (qemu != null) {
            qemu.close();
        }
        Files.deleteIfExists(folder.resolve("qmp.sock"));
        qemu = new Qemu(folder, vnc, more);
    }
}
