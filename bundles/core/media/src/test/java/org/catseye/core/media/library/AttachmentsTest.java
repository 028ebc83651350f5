package org.catseye.core.media.library;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AttachmentsTest {

    private static final Place CD = new Place("bay1", "cd");
    private static final Place DISK = new Place("bay1", "disk");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Attachments attachments = new Attachments();

    private static Reason refused(Call call) {
        return assertThrows(MediaException.class, call::run).reason();
    }

    private interface Call {
        void run() throws MediaException;
    }

    /** The kernel names a file by its real path, whatever path it was attached by. */
    @Test
    public void aFileIsTheSameByEachOfItsPaths() throws Exception {
        Path real = folder.newFolder("real").toPath();
        Path file = Files.createFile(real.resolve("a.iso"));
        Path linked = Files.createSymbolicLink(folder.getRoot().toPath().resolve("link"), real).resolve("a.iso");
        attachments.recordFile(CD, file, true);
        assertEquals(Optional.of(CD), attachments.findPlace(linked));
        assertEquals(Reason.IN_USE, refused(() -> attachments.changeFile(linked, () -> "deleted")));
        assertEquals(Reason.IN_USE, refused(() -> attachments.claimFile(DISK, linked, false)));
        attachments.releaseFile(CD);
        assertEquals("deleted", attachments.changeFile(linked, () -> "deleted"));
    }

    @Test
    public void aWriterIsAlone() throws Exception {
        Path file = Path.of("/library/a.img");
        attachments.claimFile(CD, file, true);
        attachments.claimFile(DISK, file, true);
        assertEquals(Reason.IN_USE, refused(() -> attachments.claimFile(DISK, file, false)));
        attachments.releaseFile(CD);
        attachments.claimFile(DISK, file, false);
        assertEquals(Reason.IN_USE, refused(() -> attachments.claimFile(CD, file, true)));
    }
}
