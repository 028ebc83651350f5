package org.catseye.linux;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FdTest {

    private static final Ioctl FIONREAD = Ioctl.of("FIONREAD", 0x541b);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void writesAndReadsBackAFile() throws IOException {
        Path file = folder.newFile("data").toPath();
        try (Fd fd = Fd.open(file.toString(), Fd.O_RDWR)) {
            assertEquals(5, fd.write(direct("hello")));
            fd.seek(1);
            ByteBuffer back = Struct.allocate(16);
            assertEquals(4, fd.read(back));
            assertEquals(4, back.position());
            assertEquals("ello", Struct.text(back, 0, 16));
            assertEquals("the end is 0", 0, fd.read(back));
        }
        assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), Files.readAllBytes(file));
    }

    @Test
    public void transfersFromPositionToLimit() throws IOException {
        Path file = folder.newFile("data").toPath();
        ByteBuffer bytes = direct("abcdef").position(2).limit(5);
        try (Fd fd = Fd.open(file.toString(), Fd.O_RDWR)) {
            assertEquals(3, fd.write(bytes));
        }
        assertEquals(5, bytes.position());
        assertEquals("cde", Files.readString(file));
    }

    @Test
    public void createsAFileWithItsMode() throws IOException {
        File file = new File(folder.getRoot(), "new");
        Fd.open(file.getPath(), Fd.O_RDWR | Fd.O_CREAT, 0600).close();
        assertTrue(file.canWrite());
        assertEquals(0, file.length());
    }

    @Test
    public void failureNamesPathCallAndReason() {
        ErrnoException e = assertThrows(ErrnoException.class, () -> Fd.open("/dev/no-such-video", Fd.O_RDWR));
        assertEquals("/dev/no-such-video: open: no such file or device node (ENOENT)", e.getMessage());
        assertEquals("ENOENT", e.name());
        assertEquals("open", e.call());
        assertEquals("/dev/no-such-video", e.path());
        assertEquals(2, e.code());
        assertTrue(e.is(Errno.EACCES, Errno.ENOENT));
        assertFalse(e.is(Errno.EACCES));
    }

    @Test
    public void anErrorWithoutANameKeepsItsNumber() {
        ErrnoException e = new ErrnoException("ioctl", "/dev/x", 133);
        assertEquals("errno 133", e.name());
        assertEquals("/dev/x: ioctl: errno 133", e.getMessage());
    }

    @Test
    public void ioctlFillsItsArgument() throws IOException {
        Path file = folder.newFile("data").toPath();
        Files.writeString(file, "12345");
        ByteBuffer count = Struct.allocate(4);
        try (Fd fd = Fd.open(file.toString(), Fd.O_RDONLY)) {
            assertEquals(0, fd.ioctl(FIONREAD, count));
        }
        assertEquals(5, count.getInt(0));
    }

    @Test
    public void ioctlOnTheWrongFileSaysWhichRequest() throws IOException {
        Ioctl queryCap = Ioctl.read("VIDIOC_QUERYCAP", 'V', 0, 104);
        try (Fd fd = Fd.open(folder.newFile("data").getPath(), Fd.O_RDWR)) {
            ByteBuffer argument = Struct.allocate(104);
            assertEquals(-Errno.ENOTTY.code(), fd.tryIoctl(queryCap, argument));
            ErrnoException e = assertThrows(ErrnoException.class, () -> fd.ioctl(queryCap, argument));
            assertTrue(e.getMessage(), e.getMessage().endsWith(": VIDIOC_QUERYCAP: not supported by this device (ENOTTY)"));
        }
    }

    @Test
    public void nonBlockingReadOfNothingIsNotReady() throws IOException {
        try (Fd event = Fd.eventfd()) {
            assertEquals(-Errno.EAGAIN.code(), event.tryRead(Struct.allocate(8)));
        }
    }

    @Test
    public void nothingWorksAfterClose() throws IOException {
        Fd fd = Fd.open("/dev/null", Fd.O_RDWR);
        fd.close();
        fd.close();
        assertTrue(fd.closed());
        assertEquals(-Errno.EBADF.code(), fd.tryWrite(direct("x")));
        assertEquals(-Errno.EBADF.code(), fd.tryIoctl(FIONREAD, Struct.allocate(4)));
        assertThrows(ErrnoException.class, () -> fd.seek(0));
        assertThrows(ErrnoException.class, () -> fd.map(4096, 0));
    }

    @Test
    public void closingTwiceDoesNotCloseTheNextOwnersFile() throws IOException {
        Fd first = Fd.open("/dev/null", Fd.O_RDWR);
        int number = first.number();
        first.close();
        try (Fd second = Fd.open("/dev/zero", Fd.O_RDWR)) {
            assertEquals("the kernel gives the lowest free number again", number, second.number());
            first.close();
            assertEquals(8, second.read(Struct.allocate(8)));
        }
    }

    @Test
    public void heapBuffersAreRefused() throws IOException {
        int users = Natives.users();
        try (Fd fd = Fd.open("/dev/zero", Fd.O_RDWR)) {
            ByteBuffer heap = ByteBuffer.allocate(8);
            assertThrows(IllegalArgumentException.class, () -> fd.read(heap));
            assertThrows(IllegalArgumentException.class, () -> fd.ioctl(FIONREAD, heap));
            assertThrows(IllegalArgumentException.class, () -> fd.bind(heap));
            assertThrows(IllegalArgumentException.class, () -> fd.option(1, 1, heap));
            assertEquals("and it still works", 8, fd.read(Struct.allocate(8)));
        }
        assertEquals("the descriptor was closed", users, Natives.users());
    }

    private static ByteBuffer direct(String text) {
        return Struct.allocate(text.length()).put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    }
}
