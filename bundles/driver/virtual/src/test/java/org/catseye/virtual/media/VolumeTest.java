package org.catseye.virtual.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.Test;

public class VolumeTest {

    private static Volume read(byte[] image) throws IOException {
        return read(Images.write(image));
    }

    private static Volume read(Path file) throws IOException {
        try (FileChannel medium = FileChannel.open(file)) {
            return Volume.readVolume(medium);
        }
    }

    @Test
    public void theLabelOfACdIsRead() throws IOException {
        assertEquals(new Volume("ISO 9660", "DEBIAN 12", true), read(Images.createIso("DEBIAN 12", true)));
        assertEquals(new Volume("ISO 9660", "DATA", false), read(Images.createIso("DATA", false)));
        assertEquals("what the screen cannot show", "CAF? ?", read(Images.createIso("CAF\u00e9 \u001b", false)).label());
    }

    @Test
    public void theLabelOfADiskIsRead() throws IOException {
        assertEquals(new Volume("FAT", "FILES", true), read(Images.createFatDisk("FILES")));
    }

    @Test
    public void aHybridImageIsACdWithABootRecord() throws IOException {
        byte[] image = Images.createIso("HYBRID", false);
        image[510] = 0x55;
        image[511] = (byte) 0xaa;
        assertEquals(new Volume("ISO 9660", "HYBRID", true), read(image));
    }

    @Test
    public void anythingElseIsUnknownAndNeverFails() throws IOException {
        Volume unknown = new Volume("", "", false);
        assertEquals(unknown, read(new byte[0]));
        assertEquals(unknown, read(new byte[511]));
        assertEquals(unknown, read(Images.createBlank()));
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] image = i % 2 == 0 ? Images.createIso("FUZZ", true) : Images.createFatDisk("FUZZ");
            for (int j = 0; j < 40; j++) {
                image[random.nextInt(image.length)] = (byte) random.nextInt();
            }
            image[0x1be + 8 + random.nextInt(4)] = (byte) random.nextInt();
            read(java.util.Arrays.copyOf(image, random.nextInt(image.length)));
        }
    }

    /** Images of programs that others wrote. */
    @Test
    public void imagesOfXorrisoAndMkfsAreRead() throws Exception {
        Path folder = Files.createTempDirectory("volume");
        Path iso = folder.resolve("a.iso");
        Path fat = folder.resolve("a.img");
        Files.write(folder.resolve("file"), new byte[10]);
        Files.write(fat, new byte[1440 * 1024]);
        assumeTrue("xorriso and mkfs.vfat are installed", run("xorriso", "-as", "mkisofs", "-quiet", "-V", "REAL_ISO", "-o", iso.toString(), folder.resolve("file").toString())
            && run("mkfs.vfat", "-n", "REALFAT", fat.toString()));
        assertEquals(new Volume("ISO 9660", "REAL_ISO", false), read(iso));
        assertEquals(new Volume("FAT", "REALFAT", true), read(fat));
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
