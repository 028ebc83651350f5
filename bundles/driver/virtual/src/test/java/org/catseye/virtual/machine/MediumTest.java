package org.catseye.virtual.machine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.Medium;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.media.Images;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

/** The drives of the machine, from its firmware and its console. */
public class MediumTest {

    private final Bench bench = new Bench();

    private void insertCd(byte[] image) throws IOException {
        bench.cd.insertMedium(new Medium(Images.write(image), MediaKind.CDROM, true));
    }

    private void bootCd() {
        bench.machine.pressResetButton();
        bench.tap(Keys.F12).pass(3100).tap(Keys.DOWN).tap(Keys.DOWN).tap(Keys.DOWN);
    }

    @Test
    public void theBootMenuNamesTheCdAndStartsFromIt() throws IOException {
        insertCd(Images.createIso("DEBIAN 12", true));
        bootCd();
        assertTrue(bench.text(), bench.text().contains("USB: CD drive, DEBIAN 12"));
        bench.tap(Keys.ENTER).pass(300);
        assertEquals(SceneCode.MEDIUM, bench.machine.sceneCode());
        assertTrue(bench.text(), bench.text().contains("Started from DEBIAN 12") && bench.text().contains("Boot record    found"));
        assertEquals("EBIAN 12", bench.tag().typed());
        bench.tap(Keys.ENTER);
        assertEquals(SceneCode.POST, bench.machine.sceneCode());
        bench.pass(2900);
        assertTrue(bench.text(), bench.text().contains("USB CD drive ........... DEBIAN 12"));
        assertTrue(bench.text(), bench.text().contains("USB disk drive ......... empty"));
    }

    @Test
    public void aRunningSystemLocksItsMedium() throws IOException {
        insertCd(Images.createIso("DEBIAN 12", true));
        bootCd();
        bench.tap(Keys.ENTER).pass(300);
        assertThrows(DriveLockedException.class, () -> bench.cd.ejectMedium(false));
        bench.cd.ejectMedium(true);
        bench.pass(600);
        assertTrue(bench.text(), bench.text().contains("The medium has been removed"));
        insertCd(Images.createIso("OTHER", true));
        bench.cd.ejectMedium(false);
        bench.tap(Keys.ENTER);
        assertEquals(SceneCode.POST, bench.machine.sceneCode());
    }

    @Test
    public void theComputerEjectsByItself() throws IOException {
        insertCd(Images.createIso("DEBIAN 12", true));
        bootCd();
        bench.tap(Keys.ENTER).pass(300).type("e");
        assertTrue(bench.text(), bench.text().contains("The medium has been removed"));
        assertTrue(bench.cd.readDrive().medium().isEmpty());
        insertCd(Images.createIso("DEBIAN 12", true));
        bench.tap(Keys.ENTER);
        bench.machine.powerOff();
        assertFalse("a computer that is off locks nothing", bench.cd.readDrive().locked());
    }

    @Test
    public void whatDoesNotStartIsExplained() throws IOException {
        bootCd();
        bench.tap(Keys.ENTER).pass(300);
        assertTrue(bench.text(), bench.text().contains("No medium present"));
        insertCd(Images.createBlank());
        bootCd();
        bench.tap(Keys.ENTER).pass(300);
        assertTrue(bench.text(), bench.text().contains("No boot record on the medium"));
        bench.cd.ejectMedium(false);
        insertCd(Images.createIso("DATA", false));
        bootCd();
        bench.tap(Keys.ENTER).pass(300);
        assertTrue(bench.text(), bench.text().contains("Started from DATA") && bench.text().contains("a real computer may not start"));
    }

    @Test
    public void theConsoleListsEjectsAndWrites() throws IOException {
        insertCd(Images.createIso("DEBIAN 12", true));
        Path disk = Images.write(Images.createFatDisk("FILES"));
        bench.disk.insertMedium(new Medium(disk, MediaKind.DISK, true));
        bench.pass(5000).type("lsblk\n");
        assertTrue(bench.text(), bench.text().contains("ISO 9660 DEBIAN 12 (read-only)") && bench.text().contains("FAT FILES (read-only)"));
        bench.type("eject\n");
        assertTrue(bench.cd.readDrive().medium().isEmpty());
        bench.type("wipefs\n");
        assertTrue(bench.text(), bench.text().contains("write-protected"));
        bench.disk.ejectMedium(false);
        bench.disk.insertMedium(new Medium(disk, MediaKind.DISK, false));
        bench.type("wipefs\n");
        assertEquals(0, Files.readAllBytes(disk)[510]);
    }
}
