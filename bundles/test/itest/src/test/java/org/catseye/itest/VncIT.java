package org.catseye.itest;

import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * A virtual machine of QEMU as a target of the whole product: its picture arrives at a viewer, and keys arrive at its keyboard controller,
 * whose bytes its boot sector copies to a file. Stopped and started again, it comes back.
 */
public class VncIT {

    private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");
    private static final String TARGET = "/api/v1/targets/vm1/";
    /** Fills the screen of 320x200 points with a pattern, and then copies the keyboard's bytes to the debug console. */
    private static final String BOOT_SECTOR = "31c08ed8b81300cd10b800a08ec031ff89f830e0aa81ff00fa75f5b021e6e9fae464a80174fae460e6e9ebf4";
    private static final int SECTOR_END = 510;
    private static final int SCAN_CODE_X = 0x2d;

    private Path folder;
    private Process machine;

    @Before
    public void startMachine() throws Exception {
        assumeTrue("qemu-system-x86_64 is installed", Files.isExecutable(QEMU));
        folder = Files.createTempDirectory("vm");
        byte[] disk = new byte[1440 * 1024];
        byte[] code = HexFormat.of().parseHex(BOOT_SECTOR);
        System.arraycopy(code, 0, disk, 0, code.length);
        disk[SECTOR_END] = 0x55;
        disk[SECTOR_END + 1] = (byte) 0xaa;
        Files.write(folder.resolve("boot.img"), disk);
        runMachine();
    }

    private void runMachine() throws Exception {
        machine = new ProcessBuilder(QEMU.toString(), "-M", "pc", "-accel", "tcg", "-m", "16", "-nodefaults", "-vga", "std", "-display", "none", "-boot", "a",
                "-drive", "if=floppy,format=raw,file=boot.img", "-debugcon", "file:debug", "-vnc", "unix:vnc.sock")
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("qemu.log").toFile()).start();
    }

    @After
    public void stopMachine() throws Exception {
        if (machine != null) {
            machine.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            for (String name : new String[] {"boot.img", "debug", "qemu.log", "vnc.sock"}) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    @Test
    public void aVirtualMachineIsShownAndTypedTo() throws Exception {
        Map<String, String> configurations = Map.of("org.catseye.core.target~vm1", "id = vm1\nlabel = Virtual machine",
                "org.catseye.vnc~vm1", "kvm.target = vm1\nkvm.label = QEMU\nsocket = " + folder.resolve("vnc.sock"));
        try (Started product = Started.claimed(configurations, "--feature", "vnc")) {
            Client client = new Client(product.origin()).login(Product.PASSWORD);
            Client.Socket video = client.socket(TARGET + "video", "catseye.video.v1");
            Client.Socket control = client.socket(TARGET + "control", "catseye.control.v1");
            assertNotNull(control.text(text -> text.contains("\"type\":\"state\"")));
            awaitPattern(client);
            awaitTyping(control);

            machine.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertNotNull("the reason is in the status", control.text(text -> text.contains("The connection to the VNC server at")));
            Files.delete(folder.resolve("debug"));
            runMachine();
            awaitPattern(client);
            awaitTyping(control);
            video.close();
            control.close();
        }
    }

    /** Its colours are many, which no placeholder picture has in a size that is a multiple of the guest's. */
    private void awaitPattern(Client client) throws Exception {
        BufferedImage picture = Running.await("the pattern", () -> {
            HttpResponse<byte[]> response = client.bytes(TARGET + "snapshot.jpeg");
            BufferedImage image = response.statusCode() == 200 ? ImageIO.read(new ByteArrayInputStream(response.body())) : null;
            return image != null && countColours(image) > 100 ? image : null;
        });
        assertTrue(picture.getWidth() + "x" + picture.getHeight(), picture.getWidth() % 320 == 0 && picture.getHeight() % 200 == 0);
    }

    private static long countColours(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).distinct().count();
    }

    private void awaitTyping(Client.Socket control) throws Exception {
        Running.await("a key at the keyboard controller", () -> {
            control.say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":false}");
            TimeUnit.MILLISECONDS.sleep(100);
            for (byte code : Files.readAllBytes(folder.resolve("debug"))) {
                if (code == SCAN_CODE_X) {
                    return true;
                }
            }
            return null;
        });
    }
}
