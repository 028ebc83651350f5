package org.catseye.vnc.real;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A virtual machine of QEMU. Its boot sector fills the screen of 320x200 points with a pattern, and then copies each byte of the keyboard
 * controller to QEMU's debug console. Three keys that no text needs make it act: {@link #SIZE_USAGE}, {@link #LEDS_USAGE} and
 * {@link #TABLET_USAGE}.
 */
final class Qemu implements AutoCloseable {

    /** Key of the consumer page: another size, 640x480, with a letter. */
    static final int SIZE_USAGE = 0x18a;
    /** Key of the consumer page: the guest switches the light of Caps Lock on. */
    static final int LEDS_USAGE = 0x194;
    /**
     * Key of the consumer page: the guest enables its absolute pointer (VMMOUSE), and writes each event as four words, low byte first: buttons, x, y
     * and wheel.
     */
    static final int TABLET_USAGE = 0x224;

    private static final String BOOT_SECTOR =
        // xor eax,eax; mov ds,ax; xor ebp,ebp; the mode 13h; the pattern; out 0xe9,'!'; cli
        "6631c08ed86631edb81300cd10b800a08ec031ff89f830e0aa81ff00fa75f5b021e6e9fa"
        // poll: to key if the controller has a byte; if bp: four words of the absolute pointer if it has them
        + "e464a801752c85ed74f6b128e8730083f80472ecb304b127e86700e85d006689d8e857006689c8e851006689d0e84b00ebce"
        // key: out 0xe9; 6b to leds, 6a to tablet; 6c: the mode 12h and the letter A
        + "e460e6e93c6b74173c6a741d3c6c75beb81200cd10b8410ebb0f00cd10ebaf"
        // leds: 0xed, 4 to the keyboard
        + "b0ede660b004e660eba5"
        // tablet: READ_ID, fetch the answer, REQUEST_ABSOLUTE, inc bp
        + "66bb52454145b129e82700b301b127e8150066bb52414253b129e8150045eb85"
        // print ax; VMMOUSE's port 0x5658 with the command cl and the argument ebx
        + "e6e988e0e6e9c3" + "660fb6db80f928750231db66b868584d56660fb6c966ba5856000066edc3";
    /** The boot sector writes it when the picture is complete. */
    private static final int READY = 0x21;
    private static final long QUIET_MILLIS = 300;

    private final Path folder;
    private final Program program;

    /** @param vnc the value of -vnc @param more further arguments */
    Qemu(Path folder, String vnc, String... more) throws IOException, InterruptedException {
        this.folder = folder;
        byte[] disk = new byte[1440 * 1024];
        byte[] code = HexFormat.of().parseHex(BOOT_SECTOR);
        System.arraycopy(code, 0, disk, 0, code.length);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        Files.write(folder.resolve("boot.img"), disk);
        Files.deleteIfExists(folder.resolve("debug"));
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-M", "pc", "-accel", "tcg", "-m", "16", "-nodefaults", "-vga", "std", "-display",
            "none", "-boot", "a", "-drive", "if=floppy,format=raw,file=boot.img", "-debugcon", "file:debug", "-qmp", "unix:qmp.sock,server=on,wait=off",
            "-vnc", vnc));
        command.addAll(List.of(more));
        program = new Program(folder, command.toArray(String[]::new));
        program.await(() -> readCodes().contains(READY) ? Optional.of(true) : Optional.empty());
    }

    static boolean isInstalled() {
        return Program.isInstalled("qemu-system-x86_64", "openssl");
    }

    /** What the keyboard controller has sent since the start, after the first byte. */
    private List<Integer> readCodes() throws IOException {
        Path file = folder.resolve("debug");
        List<Integer> codes = new ArrayList<>();
        if (Files.exists(file)) {
            for (byte code : Files.readAllBytes(file)) {
                codes.add(code & 0xff);
            }
        }
        return codes;
    }

    int countCodes() throws IOException {
        return readCodes().size();
    }

    /** Waits for the next codes. @param from of {@link #countCodes()} before */
    List<Integer> awaitCodes(int from, int count) throws IOException, InterruptedException {
        return program.await(() -> {
            List<Integer> codes = readCodes();
            return codes.size() >= from + count ? Optional.of(codes.subList(from, codes.size())) : Optional.empty();
        });
    }

    /** Waits until nothing has come for a moment. @return all codes so far */
    List<Integer> awaitQuiet() throws IOException, InterruptedException {
        List<Integer> before = readCodes();
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        List<Integer> now = readCodes();
        while (now.size() > before.size()) {
            before = now;
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            now = readCodes();
        }
        return now;
    }

    Pictures dumpScreen() throws IOException, InterruptedException {
        Path file = folder.resolve("screen.ppm");
        Files.deleteIfExists(file);
        execute("{\"execute\":\"screendump\",\"arguments\":{\"filename\":\"" + file + "\"}}");
        return Pictures.parsePixmap(Files.readAllBytes(file));
    }

    private void execute(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("qmp.sock")));
            awaitText(channel, "QMP");
            channel.write(ByteBuffer.wrap("{\"execute\":\"qmp_capabilities\"}".getBytes(StandardCharsets.UTF_8)));
            awaitText(channel, "return");
            channel.write(ByteBuffer.wrap(command.getBytes(StandardCharsets.UTF_8)));
            awaitText(channel, "return");
        }
    }

    private static void awaitText(SocketChannel channel, String text) throws IOException {
        StringBuilder answer = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (!answer.toString().contains(text) || !answer.toString().endsWith("\n")) {
            if (channel.read(buffer.clear()) < 0 || answer.toString().contains("\"error\"")) {
                throw new IOException("QMP: " + answer);
            }
            answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        }
    }

    @Override
    public void close() throws IOException {
        program.close();
        Files.deleteIfExists(folder.resolve("vnc.sock"));
    }
}
