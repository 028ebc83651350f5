package org.catseye.qemu;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.qemu.qmp.QmpAddress;
import org.junit.Test;

public final class QemuSettingsTest {

    @Test
    public void aSocketIsEnough() throws Exception {
        QemuSettings settings = QemuSettings.parseSettings(Map.of("kvm.target", "vm1", "socket", "/run/vm/vm1.qmp"));
        assertEquals(new QemuSettings("vm1", QmpAddress.ofSocket(Path.of("/run/vm/vm1.qmp")), List.of(), Optional.of(Path.of("/run/vm/catseye-vm1.ppm"))), settings);
    }

    @Test
    public void aPortHasNoPictureUnlessAFolderIsShared() throws Exception {
        assertEquals(Optional.empty(), QemuSettings.parseSettings(Map.of("host", "::1", "port", "4445")).screenshot());
        assertEquals(QmpAddress.ofPort("::1", 4445), QemuSettings.parseSettings(Map.of("host", "::1", "port", "4445")).address());
        assertEquals(Optional.of(Path.of("/mnt/vm/catseye-default.ppm")),
                QemuSettings.parseSettings(Map.of("host", "vm.example", "pictureFolder", "/mnt/vm")).screenshot());
        assertEquals(Optional.empty(), QemuSettings.parseSettings(Map.of("socket", "/run/vm/q", "picture", "false")).screenshot());
    }

    @Test
    public void mistakesNameTheKeyAndWhatIsAllowed() {
        assertBad("socket is ''; it has to be the full path of the Unix socket", Map.of());
        assertBad("socket is 'run/qmp'", Map.of("socket", "run/qmp"));
        assertBad("socket is '/" + "x".repeat(60), Map.of("socket", "/" + "x".repeat(107)));
        assertBad("port is '0'", Map.of("host", "a", "port", 0));
        assertBad("host is 'a b'", Map.of("host", "a b"));
        assertBad("drives is 'cd 1'", Map.of("socket", "/q", "drives", new String[] {"cd 1"}));
        assertBad("pictureFolder is 'x'", Map.of("socket", "/q", "pictureFolder", "x"));
        assertBad("kvm.target is 'a b'", Map.of("socket", "/q", "kvm.target", "a b"));
    }

    private static void assertBad(String message, Map<String, Object> properties) {
        String actual = assertThrows(BadValueException.class, () -> new QemuCheck().checkValues(properties)).getMessage();
        assertTrue(actual, actual.startsWith("org.catseye.qemu: " + message));
    }
}
