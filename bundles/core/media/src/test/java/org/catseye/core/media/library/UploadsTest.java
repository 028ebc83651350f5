package org.catseye.core.media.library;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaUpload;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;

public class UploadsTest extends LibraryRig {

    private static final int SIZE = 500_000;
    private static final byte[] CONTENT = content(SIZE);
    private Path folder;

    @Before
    public void createFolder() throws Exception {
        folder = folders.newFolder("media").toPath();
        open(folder);
    }

    private MediaUpload find(String id) {
        return images.findUpload(id).orElseThrow();
    }

    private List<String> hiddenFiles() {
        return Arrays.stream(folder.resolve(Shelf.HIDDEN).toFile().list()).filter(name -> !name.equals("index")).sorted().toList();
    }

    @Test
    public void anUploadContinuesAfterABrokenConnectionAndARestart() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", SIZE, "ann");
        assertEquals("the connection broke", assertThrows(IOException.class, () -> upload.appendContent(0, broken(CONTENT, 0, 200_001))).getMessage());
        assertEquals("what arrived is stored", 200_001, upload.offset());
        assertRefused(Reason.CONFLICT, () -> upload.appendContent(0, stream(CONTENT)));
        assertRefused(Reason.CONFLICT, upload::finishUpload);

        open(folder);
        MediaUpload again = find(upload.id());
        assertEquals(List.of("a.iso", "ann", 200_001L, (long) SIZE), List.of(again.name(), again.user(), again.offset(), again.length()));
        assertRefused(Reason.CONFLICT, () -> again.appendContent(200_000, stream(CONTENT)));
        assertEquals(SIZE, again.appendContent(200_001, stream(CONTENT, 200_001, SIZE)));
        assertEquals(List.of(), images.listImages());
        assertEquals(SIZE, again.finishUpload().bytes());
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("a.iso")));
        assertEquals("nothing else is left", List.of(), hiddenFiles());
        assertRefused(Reason.NOT_FOUND, () -> again.appendContent(SIZE, stream(CONTENT)));
        assertRefused(Reason.NOT_FOUND, again::finishUpload);
        assertEquals(List.of(), images.listUploads());
    }

    /** Interrupted and restarted at random, with wrong offsets between. */
    @Test
    public void aRandomSequenceOfPiecesMakesTheWholeFile() throws Exception {
        Random random = new Random(11);
        String id = images.startUpload("a.iso", SIZE, "ann").id();
        while (find(id).offset() < SIZE) {
            MediaUpload upload = find(id);
            int from = (int) upload.offset();
            int to = Math.min(SIZE, from + random.nextInt(60_000));
            switch (random.nextInt(4)) {
                case 0 -> assertThrows(IOException.class, () -> upload.appendContent(from, broken(CONTENT, from, to)));
                case 1 -> assertRefused(Reason.CONFLICT, () -> upload.appendContent(from + 1 + random.nextInt(10), stream(CONTENT)));
                case 2 -> open(folder);
                default -> upload.appendContent(from, stream(CONTENT, from, to));
            }
        }
        find(id).finishUpload();
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("a.iso")));
    }

    @Test
    public void moreThanWasAnnouncedIsRefusedAndTheRestIsKept() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", 100, "ann");
        assertRefused(Reason.TOO_LARGE, () -> upload.appendContent(0, stream(CONTENT)));
        assertEquals(100, upload.offset());
        assertEquals(100, upload.finishUpload().bytes());
    }

    @Test
    public void anUploadOfUnknownSizeEndsWhereItEnds() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", -1, "ann");
        upload.appendContent(0, stream(CONTENT, 0, 1234));
        assertEquals(1234, upload.finishUpload().bytes());
    }

    @Test
    public void oneThreadAppendsAtATime() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", SIZE, "ann");
        PipedOutputStream client = new PipedOutputStream();
        InputStream content = new PipedInputStream(client, 1 << 20);
        client.write(CONTENT, 0, 200_000);
        CompletableFuture<Long> appended = append(upload, content);
        await("the first writer", upload::offset, offset -> offset > 0);
        assertRefused(Reason.BUSY, () -> upload.appendContent(upload.offset(), stream(CONTENT)));
        assertRefused(Reason.BUSY, upload::finishUpload);
        client.write(CONTENT, 200_000, SIZE - 200_000);
        client.close();
        assertEquals(SIZE, (long) appended.get(10, TimeUnit.SECONDS));
    }

    private static CompletableFuture<Long> append(MediaUpload upload, InputStream content) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return upload.appendContent(0, content);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, task -> new Thread(task, "writer").start());
    }

    @Test
    public void discardingEndsAnAppendAndLeavesNothing() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", SIZE, "ann");
        PipedOutputStream client = new PipedOutputStream();
        InputStream content = new PipedInputStream(client, 1 << 20);
        client.write(CONTENT, 0, 200_000);
        CompletableFuture<Long> appended = append(upload, content);
        await("the first bytes", upload::offset, offset -> offset > 0);
        upload.discardUpload();
        client.write(CONTENT, 200_000, 200_000);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> appended.get(10, TimeUnit.SECONDS));
        assertEquals(Reason.NOT_FOUND, ((MediaException) failed.getCause().getCause()).reason());
        assertEquals(List.of(), hiddenFiles());
        assertEquals(List.of(), images.listUploads());
    }

    @Test
    public void anUploadWithoutProgressExpires() throws Exception {
        MediaUpload upload = images.startUpload("a.iso", SIZE, "ann");
        images.deleteExpired(Instant.now().plus(Duration.ofHours(23)));
        assertEquals(1, images.listUploads().size());
        images.deleteExpired(Instant.now().plus(Duration.ofHours(25)));
        assertEquals(List.of(), images.listUploads());
        assertEquals(List.of(), hiddenFiles());
        assertRefused(Reason.NOT_FOUND, () -> upload.appendContent(0, stream(CONTENT)));
    }

    @Test
    public void aUserHasABoundedNumberOfUploads() throws Exception {
        for (int i = 0; i < 3; i++) {
            images.startUpload("a" + i, 1, "ann");
        }
        assertRefused(Reason.TOO_MANY, () -> images.startUpload("b", 1, "ann"));
        images.startUpload("b", 1, "bob").discardUpload();
        images.listUploads().get(0).discardUpload();
        images.startUpload("c", 1, "ann");
    }

    @Test
    public void damagedUploadsAreDeletedAtTheNextStart() throws Exception {
        Path hidden = folder.resolve(Shelf.HIDDEN);
        String id = images.startUpload("a.iso", 10, "ann").id();
        Files.writeString(hidden.resolve(id + ".upload"), "../../x\nann\n10\nnever\n");
        Files.write(hidden.resolve("orphan.part"), new byte[5]);
        String longer = images.startUpload("b.iso", 10, "ann").id();
        Files.write(hidden.resolve(longer + ".part"), new byte[11]);
        Path outside = folders.newFile("outside").toPath();
        String link = images.startUpload("c.iso", 10, "ann").id();
        Files.delete(hidden.resolve(link + ".part"));
        Files.createSymbolicLink(hidden.resolve(link + ".part"), outside);
        open(folder);
        assertEquals(List.of(), images.listUploads());
        assertEquals(List.of(), hiddenFiles());
        assertTrue("the link was deleted, and not its file", Files.exists(outside));
    }

    @Test
    public void aPartThatBecomesALinkIsNotWritten() throws Exception {
        Path outside = folders.newFile("outside").toPath();
        MediaUpload upload = images.startUpload("c.iso", 10, "ann");
        Path part = folder.resolve(Shelf.HIDDEN).resolve(upload.id() + ".part");
        Files.delete(part);
        Files.createSymbolicLink(part, outside);
        assertRefused(Reason.UNAVAILABLE, () -> upload.appendContent(0, stream(CONTENT, 0, 10)));
        assertEquals(0, Files.size(outside));
    }

    @Test
    public void announcedSizesAreReserved() throws Exception {
        long free = images.readSpace().freeBytes();
        assertRefused(Reason.NO_SPACE, () -> images.startUpload("a.iso", Long.MAX_VALUE, "ann"));
        MediaUpload upload = images.startUpload("a.iso", free / 2, "ann");
        assertTrue(images.readSpace().freeBytes() <= free / 2 + (64 << 20));
        assertRefused(Reason.NO_SPACE, () -> images.startUpload("b.iso", free * 3 / 4, "ann"));
        upload.discardUpload();
        images.startUpload("b.iso", free * 3 / 4, "ann");
    }

    /** A disk of 2 MiB in memory. */
    @Test
    public void aFullDiskKeepsWhatArrivedAndTheUploadContinuesLater() throws Exception {
        Assume.assumeTrue("only root can mount a small disk", run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.toString()));
        try {
            open(folder);
            byte[] all = content(1_500_000);
            MediaUpload first = images.startUpload("first.iso", -1, "ann");
            MediaUpload upload = images.startUpload("a.iso", all.length, "ann");
            assertRefused(Reason.NO_SPACE, () -> first.appendContent(0, stream(content(5_000_000))));
            long filled = first.offset();
            assertTrue(filled + " bytes were stored", filled > 1_000_000);
            assertEquals(filled, Files.size(folder.resolve(Shelf.HIDDEN).resolve(first.id() + ".part")));
            assertRefused(Reason.NO_SPACE, () -> upload.appendContent(0, stream(all)));
            assertRefused(Reason.NO_SPACE, () -> images.startUpload("b.iso", -1, "ann"));
            first.discardUpload();
            upload.appendContent(upload.offset(), stream(all, (int) upload.offset(), all.length));
            upload.finishUpload();
            assertArrayEquals(all, Files.readAllBytes(folder.resolve("a.iso")));
        } finally {
            run("umount", "--lazy", folder.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
