package org.catseye.qemu.screen;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.catseye.jpeg.PictureMemory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class ScreenshotTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Screenshot readFile(Path file) throws IOException, InterruptedException {
        try (PictureMemory memory = new PictureMemory()) {
            return Screenshot.readFile(file, memory);
        }
    }

    private Screenshot read(byte[] content) throws IOException, InterruptedException {
        return readFile(Files.write(folder.getRoot().toPath().resolve("x.ppm"), content));
    }

    @Test
    public void readsWhatQemuWrites() throws Exception {
        Screenshot picture = read("P6\n2 1\n255\n\n\tabc ".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of(2, 1), List.of(picture.width(), picture.height()));
        assertArrayEquals(new int[] {0x0a0961, 0x626320}, picture.pixels());
        ByteBuffer jpeg = ByteBuffer.allocate(picture.encodeJpeg().sizeBytes());
        picture.encodeJpeg().writePicture(jpeg);
        assertEquals(2, ImageIO.read(new ByteArrayInputStream(jpeg.array())).getWidth());
    }

    @Test
    public void refusesWhatIsNoPicture() throws Exception {
        for (String content : List.of("", "P6", "P5\n2 1\n255\nabcdef", "P6\n2 1\n255\nabcde", "P6\n0 1\n255\n", "P6\n99999 99999\n255\nabc", "P6\n2 -1\n255\nabc",
                "P6\n2 1\n65535\nabcdefabcdef", "P6\n123456789012 1\n255\nabc")) {
            assertThrows(content, IOException.class, () -> read(content.getBytes(StandardCharsets.US_ASCII)));
        }
        Path link = Files.createSymbolicLink(folder.getRoot().toPath().resolve("link"), Path.of("x.ppm"));
        read("P6\n1 1\n255\nabc".getBytes(StandardCharsets.US_ASCII));
        assertThrows(IOException.class, () -> readFile(link));
    }

    @Test
    public void picturesOfOneSizeAreToldApart() throws Exception {
        Screenshot.Identity one = read("P6\n1 2\n255\nabcdef".getBytes(StandardCharsets.US_ASCII)).identity();
        assertEquals(one, read("P6\n1 2\n255\nabcdef".getBytes(StandardCharsets.US_ASCII)).identity());
        assertNotEquals(one, read("P6\n1 2\n255\nabcdeg".getBytes(StandardCharsets.US_ASCII)).identity());
        assertNotEquals(one, read("P6\n2 1\n255\nabcdef".getBytes(StandardCharsets.US_ASCII)).identity());
    }

    @Test
    public void aPictureNeedsFreeMemory() throws Exception {
        Path file = folder.getRoot().toPath().resolve("x.ppm");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.writeBytes("P6\n3840 2160\n255\n");
            large.setLength(large.length() + 3 * 3840 * 2160);
        }
        IOException refused = assertThrows(Screenshot.ShortageException.class, () -> readFile(file));
        assertTrue(refused.getMessage(), refused.getMessage().contains("3840x2160"));
        byte[] small = "P6\n1 1\n255\nabc".getBytes(StandardCharsets.US_ASCII);
        try (PictureMemory others = new PictureMemory()) {
            assertTrue(others.tryReserve(2560, 1600));
            assertThrows("others use it", Screenshot.ShortageException.class, () -> read(small));
        }
        read(small);
    }

    @Test(timeout = 30_000)
    public void aPipeDoesNotBlock() throws Exception {
        Path pipe = folder.getRoot().toPath().resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertThrows(IOException.class, () -> readFile(pipe));
    }

    @Test
    public void brokenFilesHarmNothing() throws Exception {
        Random random = new Random(2);
        byte[] good = "P6\n3 2\n255\nabcdefghijklmnopqr".getBytes(StandardCharsets.US_ASCII);
        int pictures = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                Screenshot picture = read(bytes);
                assertEquals(picture.width() * picture.height(), picture.pixels().length);
                pictures++;
            } catch (IOException e) {
                assertTrue(e.getMessage(), e.getMessage() != null);
            }
        }
        assertTrue("some are pictures", pictures > 100);
    }
}
