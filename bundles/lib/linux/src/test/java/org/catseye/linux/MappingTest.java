package org.catseye.linux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MappingTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void showsAndChangesTheFile() throws IOException {
        Path file = pages(2);
        Mapping mapping = map(file, 4096);
        ByteBuffer bytes = mapping.pin();
        assertEquals(4096, bytes.capacity());
        assertEquals('b', bytes.get(0));
        bytes.put(0, (byte) 'X');
        mapping.unpin();
        mapping.close();
        assertEquals('X', Files.readAllBytes(file)[4096]);
    }

    @Test
    public void staysMappedWhilePinned() throws IOException {
        Path file = pages(2);
        Mapping mapping = map(file, 0);
        ByteBuffer bytes = mapping.pin();
        mapping.close();
        assertTrue("still in the address space", inMaps(file));
        assertEquals('a', bytes.get(4095));
        mapping.unpin();
        assertFalse("unmapped with the last pin", inMaps(file));
        assertThrows(IOException.class, mapping::pin);
    }

    @Test
    public void refusalNamesTheCall() throws IOException {
        try (Fd fd = Fd.open("/dev/null", Fd.O_RDONLY)) {
            int users = Natives.users();
            ErrnoException e = assertThrows(ErrnoException.class, () -> fd.map(4096, 0));
            assertEquals("mmap", e.call());
            assertEquals("a failed mapping is not counted as open", users, Natives.users());
        }
    }

    private Path pages(int count) throws IOException {
        Path file = folder.newFile("pages-of-this-test").toPath();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.valueOf((char) ('a' + i)).repeat(4096));
        }
        return Files.writeString(file, text);
    }

    private static Mapping map(Path file, long offset) throws IOException {
        try (Fd fd = Fd.open(file.toString(), Fd.O_RDWR)) {
            return fd.map(4096, offset);
        }
    }

    private static boolean inMaps(Path file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(file.toString());
    }
}
