package org.catseye.core.media.files;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.catseye.core.media.library.Attachments;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.media.DiskFile;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With mtools and dosfstools. */
public class FileDiskServiceTest {

    private static final long DISK_BYTES = 4 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Attachments attachments = new Attachments();
    private FolderLibrary library;
    private FileDiskService disks;

    @Before
    public void open() {
        assumeTrue("mtools and dosfstools are installed", Files.isExecutable(Path.of("/usr/bin/mcopy")) && Files.isExecutable(Path.of("/usr/sbin/mkfs.fat")));
        library = new FolderLibrary(folder.getRoot().toPath());
        disks = new FileDiskService(library.service(), library.images(), attachments);
    }

    private Path content(byte[] bytes) throws IOException {
        return Files.write(folder.newFile().toPath(), bytes);
    }

    private static Reason refused(Call call) {
        return assertThrows(MediaException.class, call::run).reason();
    }

    private interface Call {
        void run() throws Exception;
    }

    @Test
    public void filesGoInAndComeOut() throws Exception {
        MediaImage image = disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        assertEquals(DISK_BYTES, image.bytes());
        assertEquals(List.of(), disks.listFiles("files.img"));
        byte[] bytes = new byte[1_234_567];
        new Random(1).nextBytes(bytes);
        disks.writeFile("files.img", "Logs/Spät abends/boot log.txt", content(bytes));
        disks.writeFile("files.img", "logs/empty", content(new byte[0]));
        assertEquals(List.of(new DiskFile("Logs", true, 0), new DiskFile("Logs/Spät abends", true, 0), new DiskFile("Logs/empty", false, 0),
                new DiskFile("Logs/Spät abends/boot log.txt", false, bytes.length)), disks.listFiles("files.img"));
        Path out = content(new byte[0]);
        disks.readFile("files.img", "LOGS/spät abends/BOOT LOG.TXT", out);
        assertArrayEquals(bytes, Files.readAllBytes(out));
        disks.writeFile("files.img", "logs/empty", content(new byte[] {1}));
        assertEquals("in place of the other one", 1, disks.listFiles("files.img").stream().filter(file -> file.path().equals("Logs/empty")).findFirst().orElseThrow().bytes());
        disks.deleteFile("files.img", "logs");
        assertEquals(List.of(), disks.listFiles("files.img"));
    }

    @Test
    public void fat32IsRead() throws Exception {
        library.add("large.img", new byte[40 << 20]);
        assertEquals(0, new ProcessBuilder("/usr/sbin/mkfs.fat", "-F", "32", library.locate("large.img").toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor());
        disks.writeFile("large.img", "a", content(new byte[10]));
        assertEquals(List.of(new DiskFile("a", false, 10)), disks.listFiles("large.img"));
    }

    @Test
    public void aFullDiskIsReported() throws Exception {
        disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        assertEquals(Reason.NO_SPACE, refused(() -> disks.writeFile("files.img", "big", content(new byte[5 << 20]))));
        library.freeBytes = 1000;
        assertEquals(Reason.NO_SPACE, refused(() -> disks.createDisk("more.img", "", DISK_BYTES, "ann")));
        assertEquals(1, library.discarded);
    }

    @Test
    public void aFileSystemHasOneWriter() throws Exception {
        disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        disks.writeFile("files.img", "a", content(new byte[10]));
        Place drive = new Place("bay1", "disk");
        attachments.claimFile(drive, library.locate("files.img"), true);
        assertEquals("a computer that only reads sees no change", 1, disks.listFiles("files.img").size());
        assertEquals(Reason.IN_USE, refused(() -> disks.writeFile("files.img", "b", content(new byte[10]))));
        assertEquals(Reason.IN_USE, refused(() -> disks.deleteFile("files.img", "a")));
        attachments.releaseFile(drive);
        attachments.claimFile(drive, library.locate("files.img"), false);
        assertEquals(Reason.IN_USE, refused(() -> disks.listFiles("files.img")));
        attachments.releaseFile(drive);
        disks.deleteFile("files.img", "a");
        attachments.claimFile(drive, library.locate("files.img"), false);
    }

    @Test
    public void whatIsWrongIsReportedInWords() throws Exception {
        disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        library.add("random.iso", new byte[4096]);
        library.add("empty", new byte[0]);
        assertEquals(Reason.UNSUPPORTED, refused(() -> disks.listFiles("random.iso")));
        assertEquals(Reason.UNSUPPORTED, refused(() -> disks.listFiles("empty")));
        assertEquals(Reason.NOT_FOUND, refused(() -> disks.listFiles("missing")));
        assertEquals(Reason.NOT_FOUND, refused(() -> disks.readFile("files.img", "missing", content(new byte[0]))));
        assertEquals(Reason.BAD_NAME, refused(() -> disks.writeFile("files.img", "../a", content(new byte[0]))));
        disks.writeFile("files.img", "folder/a", content(new byte[0]));
        assertEquals(Reason.EXISTS, refused(() -> disks.writeFile("files.img", "folder", content(new byte[0]))));
        assertEquals(Reason.FAILED, refused(() -> disks.writeFile("files.img", "folder/a/b", content(new byte[0]))));
        for (String label : List.of("lower", "TWELVE CHARS", "-x;y", " A")) {
            assertEquals(label, Reason.BAD_NAME, refused(() -> disks.createDisk("x", label, DISK_BYTES, "ann")));
        }
        assertEquals(Reason.TOO_LARGE, refused(() -> disks.createDisk("x", "", 1000, "ann")));
    }

    /** mtools takes a name with two at signs for an offset in another image. */
    @Test
    public void noNameLeadsToAnotherImage() throws Exception {
        disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        disks.writeFile("files.img", "a", content(new byte[10]));
        library.add("files.img@@0", Files.readAllBytes(library.locate("files.img")));
        assertEquals(Reason.UNSUPPORTED, refused(() -> disks.listFiles("files.img@@0")));
        assertEquals(Reason.UNSUPPORTED, refused(() -> disks.deleteFile("files.img@@0", "a")));
        assertEquals(1, disks.listFiles("files.img").size());
    }

    /** The remote computer may have written anything. */
    @Test
    public void aDamagedFileSystemIsAnErrorAndNoHang() throws Exception {
        disks.createDisk("files.img", "FILES", DISK_BYTES, "ann");
        disks.writeFile("files.img", "folder/a", content(new byte[100_000]));
        byte[] good = Files.readAllBytes(library.locate("files.img"));
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] damaged = good.clone();
            for (int j = 0; j < 50; j++) {
                damaged[random.nextInt(i % 2 == 0 ? 512 : 20_000)] = (byte) random.nextInt();
            }
            Files.write(library.locate("files.img"), damaged);
            try {
                assertTrue(disks.listFiles("files.img").size() < 10_000);
            } catch (MediaException e) {
                assertTrue(e.getMessage(), e.getMessage().contains(" ") && e.getMessage().lines().count() == 1);
            }
        }
    }
}
