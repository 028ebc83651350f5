package org.catseye.files;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DurableFileTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "something new".getBytes(StandardCharsets.UTF_8);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path() {
        return folder.getRoot().toPath().resolve("users.json");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.getRoot().toPath())) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    public void aFileThatIsNotThereIsEmpty() throws IOException {
        assertEquals(Optional.empty(), DurableFile.forOwnerOnly(path()).readBytes(10));
    }

    @Test
    public void replacedContentIsReadBackAndOnlyForTheOwner() throws IOException {
        DurableFile file = DurableFile.forOwnerOnly(path());
        file.replaceContent(OLD);
        file.replaceContent(NEW);
        assertArrayEquals(NEW, file.readBytes(100).orElseThrow());
        assertEquals("rw-------", mode(path()));
        assertEquals("no draft is left", List.of("users.json"), names());
    }

    @Test
    public void aDraftOfAnInterruptedWriteDoesNotMatter() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve(".users.json.tmp"), "half");
        DurableFile.forOwnerOnly(path()).replaceContent(NEW);
        assertEquals(List.of("users.json"), names());
    }

    @Test
    public void aWriteThatFailsLeavesTheOldContentAndNoDraft() throws IOException {
        DurableFile file = DurableFile.forOwnerOnly(path());
        Files.createDirectory(path());
        Files.writeString(path().resolve("in the way"), "");
        assertThrows(IOException.class, () -> file.replaceContent(NEW));
        assertTrue(Files.exists(path().resolve("in the way")));
        assertEquals(List.of("users.json"), names());
    }

    @Test
    public void aFileThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        DurableFile file = DurableFile.forOwnerOnly(path());
        file.replaceContent(NEW);
        assertTrue(assertThrows(IOException.class, () -> file.readBytes(NEW.length - 1)).getMessage().contains("more than the 12"));
    }

    /** Reading a named pipe would wait for a writer. */
    @Test(timeout = 60_000)
    public void whatIsNoRegularFileIsRefusedWithItsKind() throws Exception {
        Process make = new ProcessBuilder("mkfifo", path().toString()).inheritIO().start();
        assertEquals(0, make.waitFor());
        DurableFile pipe = DurableFile.forOwnerOnly(path());
        assertTrue(assertThrows(IOException.class, () -> pipe.readBytes(10)).getMessage().contains("users.json is a named pipe; move it away"));
        DurableFile directory = DurableFile.forOwnerOnly(folder.newFolder("box").toPath());
        assertTrue(assertThrows(IOException.class, () -> directory.readBytes(10)).getMessage().contains("box is a folder"));
        Path link = Files.createSymbolicLink(path().resolveSibling("link"), Files.write(path().resolveSibling("real"), NEW));
        assertArrayEquals("a link to a file is followed", NEW, DurableFile.forOwnerOnly(link).readBytes(100).orElseThrow());
        Files.delete(path().resolveSibling("real"));
        assertEquals(Optional.empty(), DurableFile.forOwnerOnly(link).readBytes(100));
    }

    @Test
    public void deletingTwiceIsNoError() throws IOException {
        DurableFile file = DurableFile.forOwnerOnly(path());
        file.replaceContent(OLD);
        file.deleteIfExists();
        file.deleteIfExists();
        assertFalse(Files.exists(path()));
    }

    @Test
    public void aFolderThatIsOpenToOthersIsClosed() throws IOException {
        Path open = folder.newFolder("open").toPath();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        DurableFile.createOwnerOnlyFolder(open);
        assertEquals("rwx------", mode(open));
        Path fresh = open.resolve("a/b");
        DurableFile.createOwnerOnlyFolder(fresh);
        assertEquals("rwx------", mode(fresh));
    }

    @Test
    public void aCopyOfAnotherFileReplacesTheContent() throws IOException {
        Path source = Files.write(folder.newFolder().toPath().resolve("source"), NEW);
        DurableFile file = DurableFile.withPermissions(path(), "rw-r--r--");
        file.replaceContent(OLD);
        file.replaceContent(source);
        assertArrayEquals(NEW, file.readBytes(100).orElseThrow());
        assertThrows(IOException.class, () -> file.replaceContent(source.resolveSibling("missing")));
        assertArrayEquals("the old content stays", NEW, file.readBytes(100).orElseThrow());
    }

    @Test
    public void anotherFileIsMovedIntoPlaceWithTheRightPermissions() throws IOException {
        Path source = Files.write(folder.newFolder().toPath().resolve("source"), NEW);
        Object inode = Files.getAttribute(source, "unix:ino");
        DurableFile file = DurableFile.withPermissions(path(), "rw-r--r--");
        file.replaceContent(OLD);
        file.replaceWith(source);
        assertArrayEquals(NEW, file.readBytes(100).orElseThrow());
        assertEquals("rw-r--r--", mode(path()));
        assertEquals(inode, Files.getAttribute(path(), "unix:ino"));
        assertFalse(Files.exists(source));
    }
}
