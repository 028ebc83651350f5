package org.catseye.hid.gadget.drives;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UnitFilesTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private FakeBoard board;
    private UnitFiles unit;

    @Before
    public void createBoard() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
        unit = new UnitFiles(board.gadgetFolder(), DriveSet.BOTH, Drive.DISK);
    }

    @After
    public void closeBoard() {
        board.close();
    }

    @Test
    public void theDiskIsTheSecondUnitAndEveryValueEndsWithANewline() throws Exception {
        Path file = board.gadgetFolder().resolve("functions/mass_storage.drives/lun.1/file");
        unit.writeValue(DriveUnit.FILE, "/images/a b.img");
        assertEquals("/images/a b.img\n", Files.readString(file));
        assertEquals("/images/a b.img", unit.readValue(DriveUnit.FILE));
        Files.writeString(file, "");
        unit.writeValue(DriveUnit.FILE, "");
        assertEquals("an eject is a write of one newline, which the kernel notices", "\n", Files.readString(file));
    }

    @Test
    public void eachMissingPartIsReportedWithItsRemedy() throws Exception {
        assertUnusable("The remote computer does not see the drives");
        Files.createSymbolicLink(board.gadgetFolder().resolve("configs/c.1/5.drives"),
                board.gadgetFolder().resolve("functions/mass_storage.drives"));
        unit.requireUsable();
        Files.delete(board.gadgetFolder().resolve("configs/c.1/5.drives"));
        board.removeDrives();
        assertUnusable("The USB gadget has no drives: run \"sudo catseye-gadget up\"");
        board.removeGadget();
        assertUnusable("The USB gadget is not set up: run \"sudo catseye-gadget up\".");
    }

    @Test
    public void aKernelThatCannotEjectByForceIsNamed() throws Exception {
        IOException refusal = assertThrows(IOException.class, () -> unit.writeValue(DriveUnit.FORCED_EJECT, ""));
        assertTrue(refusal.getMessage(), refusal.getMessage().startsWith("This kernel cannot eject by force"));
    }

    private void assertUnusable(String start) {
        IOException refusal = assertThrows(IOException.class, unit::requireUsable);
        assertTrue(refusal.getMessage(), refusal.getMessage().startsWith(start));
    }
}
