package org.catseye.core.media.library;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.core.media.fetch.AddressRule;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.core.media.library.ImageFiles.Located;
import org.catseye.core.media.settings.LibrarySettings;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaUpload;
import org.catseye.options.CheckedSettings;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;

public class ImagesTest extends LibraryRig {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    private Path folder;

    @Before
    public void createFolder() throws Exception {
        folder = folders.newFolder("media").toPath();
        open(folder);
    }

    private Path copyInto(Path where, String name, byte[] content) throws Exception {
        Path file = Files.write(where.resolve(name), content);
        Files.setLastModifiedTime(file, LONG_AGO);
        return file;
    }

    private List<String> names() {
        return images.listImages().stream().map(each -> each.image().name()).toList();
    }

    private MediaImage require(String name) {
        return images.findImage(name).map(Located::image).orElseThrow();
    }

    private String awaitHash(String name) throws Exception {
        return await("the hash", () -> require(name).sha256(), hash -> !hash.isEmpty());
    }

    private MediaImage upload(String name, byte[] content) throws Exception {
        MediaUpload upload = images.startUpload(name, content.length, "ann");
        upload.appendContent(0, stream(content));
        return upload.finishUpload();
    }

    @Test
    public void copiedFilesAppearWithTheirHash() throws Exception {
        copyInto(folder, "b.iso", "hello".getBytes());
        copyInto(folder, "a.img", new byte[0]);
        assertEquals(List.of("a.img", "b.iso"), names());
        assertEquals("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", awaitHash("b.iso"));
        MediaImage image = require("b.iso");
        assertEquals(5, image.bytes());
        assertEquals("", image.user());
        assertEquals(LONG_AGO.toInstant(), image.added());
        assertEquals(image, images.findImage(image.id()).orElseThrow().image());
    }

    @Test
    public void onlyPlainVisibleFilesAreImages() throws Exception {
        Path secret = Files.write(folders.newFile("secret").toPath(), "secret".getBytes());
        Files.createSymbolicLink(folder.resolve("link.iso"), secret);
        Files.createLink(folder.resolve("hard.iso"), secret);
        Files.createDirectory(folder.resolve("folder"));
        Files.write(folder.resolve(".hidden"), new byte[1]);
        Files.write(folder.resolve("trailing "), new byte[1]);
        if (new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor() == 0) {
            assertTrue(Files.exists(folder.resolve("pipe")));
        }
        assertEquals("a hard link is a file", List.of("hard.iso"), names());
    }

    @Test
    public void aFileThatBecomesALinkIsNotOpened() throws Exception {
        Path file = copyInto(folder, "a.iso", new byte[10]);
        MediaImage image = require("a.iso");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/etc/passwd"));
        assertRefused(Reason.NOT_FOUND, () -> images.openImage(image.id()));
        assertRefused(Reason.EXISTS, () -> images.startUpload("a.iso", 1, "ann"));
    }

    @Test
    public void aHiddenFolderThatIsALinkIsNotUsed() throws Exception {
        Path elsewhere = folders.newFolder("elsewhere").toPath();
        Path other = folders.newFolder("other").toPath();
        Files.createSymbolicLink(other.resolve(Shelf.HIDDEN), elsewhere);
        open(other);
        assertFalse(images.readSpace().problem().isEmpty());
        assertRefused(Reason.UNAVAILABLE, () -> images.startUpload("a.iso", 1, "ann"));
        assertEquals(0, elsewhere.toFile().list().length);
    }

    @Test
    public void contentCanBeRead() throws Exception {
        MediaImage image = upload("a.iso", content(100_000));
        try (SeekableByteChannel channel = images.openImage(image.id())) {
            ByteBuffer read = ByteBuffer.allocate(100_000);
            while (read.hasRemaining() && channel.read(read) > 0) {
                // Until all is there.
            }
            assertArrayEquals(content(100_000), read.array());
        }
    }

    @Test
    public void theHashIsUnknownAgainWhenTheFileChanged() throws Exception {
        Path file = copyInto(folder, "a.iso", "hello".getBytes());
        String hash = awaitHash("a.iso");
        Files.write(file, "other".getBytes());
        assertEquals("it was written to a moment ago", "", require("a.iso").sha256());
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:06Z")));
        assertFalse(awaitHash("a.iso").equals(hash));
    }

    @Test
    public void anImageThatIsAttachedIsNotHashedRenamedOrDeleted() throws Exception {
        Path file = copyInto(folder, "a.iso", new byte[10]);
        Place drive = new Place("default", "usb");
        attachments.claimFile(drive, file, false);
        MediaImage image = require("a.iso");
        assertRefused(Reason.IN_USE, () -> images.renameImage(image.id(), "b.iso"));
        assertRefused(Reason.IN_USE, () -> images.deleteImage(image.id()));
        attachments.releaseFile(drive);
        assertEquals(image.id(), images.renameImage(image.id(), "b.iso").id());
        awaitHash("b.iso");
        images.deleteImage(image.id());
        assertEquals(List.of(), names());
        assertRefused(Reason.NOT_FOUND, () -> images.deleteImage(image.id()));
    }

    @Test
    public void aNameIsTakenInUpperAndLowerCase() throws Exception {
        copyInto(folder, "Debian.iso", new byte[10]);
        MediaImage other = upload("other.iso", new byte[5]);
        assertRefused(Reason.EXISTS, () -> images.startUpload("debian.ISO", 1, "ann"));
        assertRefused(Reason.EXISTS, () -> images.renameImage(other.id(), "DEBIAN.iso"));
        assertRefused(Reason.BAD_NAME, () -> images.renameImage(other.id(), "../x"));
        assertEquals("OTHER.iso", images.renameImage(other.id(), "OTHER.iso").name());
        MediaUpload late = images.startUpload("late.iso", 1, "ann");
        late.appendContent(0, stream(new byte[1]));
        copyInto(folder, "LATE.iso", new byte[3]);
        assertRefused(Reason.EXISTS, late::finishUpload);
    }

    @Test
    public void whoAddedAnImageIsKnownAfterARestart() throws Exception {
        MediaImage image = images.renameImage(upload("a.iso", new byte[5]).id(), "b.iso");
        String hash = awaitHash("b.iso");
        open(folder);
        MediaImage again = require("b.iso");
        assertEquals(image.id(), again.id());
        assertEquals("ann", again.user());
        assertEquals(hash, again.sha256());
    }

    @Test
    public void aDamagedIndexIsPutAside() throws Exception {
        upload("a.iso", new byte[5]);
        Path index = folder.resolve(Shelf.HIDDEN).resolve("index");
        for (String damage : List.of("", "catseye-media-index-1\nx\n", "nonsense", Files.readString(index) + "half a li")) {
            Files.writeString(index, damage);
            open(folder);
            assertEquals("", require("a.iso").user());
            assertEquals(damage, Files.readString(index.resolveSibling("index.damaged")));
        }
        Files.setLastModifiedTime(folder.resolve("a.iso"), LONG_AGO);
        awaitHash("a.iso");
    }

    @Test
    public void aMissingFolderIsAStateAndComesBack() throws Exception {
        copyInto(folder, "a.iso", new byte[5]);
        assertEquals(List.of("a.iso"), names());
        assertEquals("", images.readSpace().problem());
        Path unmounted = folder.resolveSibling("unmounted");
        Files.move(folder, unmounted);
        assertEquals(List.of(), names());
        assertTrue(images.readSpace().problem(), images.readSpace().problem().contains("does not exist. Mount its disk"));
        assertEquals(0, images.readSpace().freeBytes());
        assertRefused(Reason.UNAVAILABLE, () -> images.startUpload("b.iso", 1, "ann"));
        Files.move(unmounted, folder);
        assertEquals(List.of("a.iso"), names());
        assertEquals("", images.readSpace().problem());
    }

    @Test
    public void anotherDiskHasItsOwnIndexAndUploads() throws Exception {
        images.startUpload("a.iso", 10, "ann").appendContent(0, stream(content(4)));
        Files.move(folder, folder.resolveSibling("first"));
        Files.createDirectory(folder);
        assertEquals(List.of(), images.listUploads());
        Files.move(folder, folder.resolveSibling("second"));
        Files.move(folder.resolveSibling("first"), folder);
        assertEquals(4, images.listUploads().get(0).offset());
    }

    @Test
    public void aFolderThatMayNotBeWrittenIsAState() throws Exception {
        Assume.assumeFalse("root may write everywhere", "root".equals(System.getProperty("user.name")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertTrue(images.readSpace().problem(), images.readSpace().problem().contains("may not write"));
    }

    @Test
    public void imagesOfAReadOnlyFolderAreListedButNotChanged() throws Exception {
        Path share = folders.newFolder("share").toPath();
        Path gone = share.resolveSibling("gone");
        copyInto(folder, "same.iso", new byte[1]);
        copyInto(share, "SAME.iso", new byte[2]);
        copyInto(share, "shared.iso", new byte[3]);
        open(folder, gone, share);
        assertEquals(List.of("same.iso", "shared.iso"), names());
        Located shared = images.findImage("shared.iso").orElseThrow();
        assertFalse(shared.writable());
        assertEquals(share.resolve("shared.iso"), shared.file());
        assertRefused(Reason.UNSUPPORTED, () -> images.deleteImage(shared.image().id()));
        assertRefused(Reason.UNSUPPORTED, () -> images.renameImage(shared.image().id(), "x.iso"));
        images.openImage(shared.image().id()).close();
        assertEquals("nothing was written to it", 2, new File(share.toString()).list().length);
    }

    @Test
    public void theNumberOfImagesIsBounded() throws Exception {
        for (int i = 0; i < Shelf.MAX_IMAGES + 5; i++) {
            Files.createFile(folder.resolve("image" + i));
        }
        assertEquals(Shelf.MAX_IMAGES, images.listImages().size());
    }

    /** A flood of images must not cost others what they have. */
    @Test
    public void aFloodHidesNobodysImagesForGood() throws Exception {
        upload("own.iso", new byte[5]);
        for (int i = 0; i < Shelf.MAX_IMAGES + 5; i++) {
            Files.createFile(folder.resolve("flood" + i));
        }
        images.listImages();
        assertRefused(Reason.TOO_MANY, () -> images.startUpload("more.iso", 1, "bob"));
        for (int i = 0; i < Shelf.MAX_IMAGES + 5; i++) {
            Files.delete(folder.resolve("flood" + i));
        }
        assertEquals("ann", require("own.iso").user());
    }

    @Test
    public void aUserHasRoomForSoManyImages() throws Exception {
        for (int i = 0; i < Shelf.MAX_OF_ONE_USER; i++) {
            images.startUpload("a" + i, 0, "bob").finishUpload();
        }
        assertRefused(Reason.TOO_MANY, () -> images.startUpload("more", 0, "bob"));
        images.startUpload("more", 0, "ann").finishUpload();
    }

    @Test
    public void theNameOfASharedImageIsTaken() throws Exception {
        Path share = folders.newFolder("isos").toPath();
        copyInto(share, "Ubuntu.iso", new byte[5]);
        open(folder, share);
        assertRefused(Reason.EXISTS, () -> images.startUpload("ubuntu.iso", 1, "bob"));
        assertRefused(Reason.EXISTS, () -> images.startPart("ubuntu.iso", "bob"));
        MediaImage other = upload("other.iso", new byte[5]);
        assertRefused(Reason.EXISTS, () -> images.renameImage(other.id(), "ubuntu.iso"));
    }

    /** An upload that nobody continues must not keep the space that it announced. */
    @Test
    public void aReservationLapses() throws Exception {
        PartialImage.Description part = new PartialImage.Description("x", "a.iso", "bob", Instant.now(), folder.resolve("x"));
        assertEquals(100, new PartialImage(part, 100, 0, Instant.now(), null).reservedBytes());
        assertEquals(0, new PartialImage(part, 100, 0, Instant.now().minus(PartialImage.RESERVATION), null).reservedBytes());
    }

    /** Redfish remembers ids, and an id must not come to mean another user's image. */
    @Test
    public void anIdIsNotUsedAgain() throws Exception {
        MediaImage first = upload("a.iso", new byte[5]);
        images.deleteImage(first.id());
        assertNotEquals(first.id(), upload("a.iso", new byte[5]).id());
    }

    @Test
    public void noThreadIsLeftAfterTheEnd() throws Exception {
        open(folder, folders.newFolder("share").toPath());
        images.startBackground();
        images.listImages();
        images.stop();
        await("the end of the threads", () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("media-library") || thread.getName().equals("media-share")).count(), left -> left == 0);
    }

    @Test
    public void aWrongSettingIsAState() {
        Map<String, Object> wrong = Map.of("folder", "relative");
        CheckedSettings<LibrarySettings> settings = CheckedSettings.parseProperties(wrong, each -> LibrarySettings.parse(each, folder));
        LibraryService service = new LibraryService(settings, attachments, new AddressRule());
        service.startBackground();
        assertEquals("org.catseye.core.media: folder is 'relative'; it has to be the full path of a folder, which begins with /.", service.readSpace().problem());
        assertEquals(List.of(), service.listImages());
        assertRefused(Reason.UNAVAILABLE, () -> service.startUpload("a", 1, "ann"));
        service.stop();
    }

    @Test
    public void theDefaultFolderIsCreatedInTheHome() throws Exception {
        Path home = folders.newFolder("home").toPath();
        assertDefaults(LibrarySettings.parse(Map.of(), home), home);
        openWith(LibrarySettings.parse(Map.of(), home));
        assertEquals("", images.readSpace().problem());
        assertTrue(Files.isDirectory(home.resolve("media")));
    }

    private static void assertDefaults(LibrarySettings settings, Path home) throws BadValueException {
        assertEquals(home.resolve("media"), settings.folder());
        assertEquals(256L << 20, settings.reserveBytes());
    }
}
