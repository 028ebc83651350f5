package org.catseye.launcher.recovery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RecoveryFilesTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void requestIsPassedOnAfterTheListIsWritten() throws Exception {
        Path home = temporary.getRoot().toPath();
        Files.createDirectory(home.resolve("access"));
        RecoveryFiles files = new RecoveryFiles(home);
        assertFalse(files.isRequested() || files.isUnderWay() || files.isPasswordPending());
        Files.writeString(home.resolve("access/recovery-request.json"), "{}");
        assertTrue(files.isRequested());
        files.acceptRequest(List.of("aside/1/deploy"));
        assertTrue(files.isUnderWay() && files.isPasswordPending() && !files.isRequested());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("access/recovery-aside.txt"))));
        assertTrue(files.takeResult().isEmpty());
        files.publishResult();
        assertFalse(files.isUnderWay());
        assertEquals(List.of("aside/1/deploy"), files.takeResult().orElseThrow());
        assertTrue(files.takeResult().isEmpty());
    }
}
