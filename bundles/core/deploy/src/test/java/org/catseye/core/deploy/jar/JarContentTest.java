package org.catseye.core.deploy.jar;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.catseye.core.deploy.fixture.TestJar;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JarContentTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.getRoot().toPath().resolve("a.jar"), content);
    }

    @Test
    public void aWholeJarHasItsNameVersionAndDigest() throws IOException {
        JarContent content = JarContent.readFile(write(TestJar.bundle("a;singleton:=true", "1.2.3", Map.of())));
        assertEquals(Optional.of("a"), content.symbolicName());
        assertEquals("1.2.3", content.parseVersion().toString());
        assertEquals(64, content.digest().length());
    }

    @Test
    public void anyPartOfAJarIsNotAWholeOne() throws IOException {
        byte[] whole = TestJar.bundle("a", "1.0.0", Map.of());
        for (int length = 0; length < whole.length; length += 50) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThrows(length + " bytes", IOException.class, () -> JarContent.readFile(file));
        }
    }

    @Test
    public void aJarThatIsOverwrittenInPlaceIsNotWholeUntilItsLastByte() throws IOException {
        byte[] mixed = TestJar.bundle("a", "1.0.0", Map.of());
        // The directory at the end is still that of the old jar.
        mixed[mixed.length / 2] ^= 1;
        Path file = write(mixed);
        assertThrows(IOException.class, () -> JarContent.readFile(file));
    }

    @Test
    public void aJarWithoutSymbolicNameIsNotABundle() throws IOException {
        assertEquals(Optional.empty(), JarContent.readFile(write(TestJar.withHeaders(Map.of()))).symbolicName());
    }

    @Test
    public void aMalformedVersionIsRecognized() throws IOException {
        assertFalse(JarContent.readFile(write(TestJar.bundle("a", "one", Map.of()))).hasValidVersion());
        assertTrue(JarContent.readFile(write(TestJar.bundle("a", "1", Map.of()))).hasValidVersion());
    }

    private Path write(String entry, long bytes) throws IOException {
        Path file = folder.getRoot().toPath().resolve("large.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.setLevel(1);
            out.putNextEntry(new ZipEntry(entry));
            byte[] block = new byte[1 << 16];
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        }
        return file;
    }

    private void assertRefused(String problem, Path file) {
        String message = assertThrows(IOException.class, () -> JarContent.readFile(file)).getMessage();
        assertTrue(message, message.contains(problem));
    }

    @Test
    public void aJarThatWouldFillTheMemoryIsRefused() throws IOException {
        assertRefused("manifest has more than 1 MiB", write("META-INF/MANIFEST.MF", (1 << 20) + 1));
        assertRefused("more than 512 MiB", write("x", (512L << 20) + 1));
        try (RandomAccessFile sparse = new RandomAccessFile(write(new byte[0]).toFile(), "rw")) {
            sparse.setLength((64L << 20) + 1);
        }
        assertRefused("more than 64 MiB", folder.getRoot().toPath().resolve("a.jar"));
    }

    @Test
    public void aJarWithTooManyEntriesIsRefused() throws IOException {
        Path file = folder.getRoot().toPath().resolve("many.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i <= 20_000; i++) {
                out.putNextEntry(new ZipEntry("x" + i));
            }
        }
        assertRefused("more than 20000 entries", file);
    }
}
