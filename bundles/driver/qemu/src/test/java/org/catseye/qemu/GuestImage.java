package org.catseye.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Images that start the guest of the tests. Its source is in guest.S, with the command that makes this text of it. */
public final class GuestImage {

    private static final String CODE = ""
            + "6gV8AAD6McCO2I7QvAB8xwYwAB99ozIAiNO6+QOwAe66/AOwC+7kISTv5iG6Aga4AAHvsELo4gCI2OjdAOizADxBdBs8Uw+EkQA8"
            + "UQ+EkAA8Q3R+PFR15bhUDs0Q696/AH65DADoiwCIBUfi+Lp2AbCg7uh0ALpxATDA7rp0Ae5CsPjuuncBsKDu6F0AvgB+uQYAunAB"
            + "82+7ACDoTACoCHQfunQB7IjBQuyIxY7DicjB6AQBw0HR6TH/unAB823r2rp3AezoUgC6cQHs6EsA6Wv/ugUFsAHu6WL/uAAk6wO4"
            + "ACC6BAbv6VP/unYD7KiAdfvD+rr9A+yoAXQGuvgD7PvDugAG7fbEAXQLuAAB77BQ6AYA68r79OvZuvgD7sNQsCDmIFjPAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVao=";

    private static final int SECTOR = 2_048;
    private static final int DISK_BYTES = 1 << 20;

    private GuestImage() {
    }

    private static byte[] code() {
        return Base64.getDecoder().decode(CODE);
    }

    /** A disk with the guest in its boot sector. */
    public static Path writeDisk(Path file) throws IOException {
        return Files.write(file, ByteBuffer.allocate(DISK_BYTES).put(code()).array());
    }

    /** A CD with the guest as its boot image (El Torito, without emulation). */
    public static Path writeCd(Path file) throws IOException {
        ByteBuffer cd = ByteBuffer.allocate(32 * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        putDescriptor(cd, 16, 1, "");
        cd.position(16 * SECTOR + 40).put("GUEST".getBytes(StandardCharsets.US_ASCII));
        putDescriptor(cd, 17, 0, "EL TORITO SPECIFICATION");
        cd.putInt(17 * SECTOR + 0x47, 19);
        putDescriptor(cd, 18, 255, "");
        // The boot catalog: a validation entry whose words add up to 0, and the entry of the image: one sector of 512 bytes in sector 20.
        cd.position(19 * SECTOR).put((byte) 1).putShort(19 * SECTOR + 28, (short) (0x10000 - 0x0001 - 0xaa55)).put(19 * SECTOR + 30, (byte) 0x55)
                .put(19 * SECTOR + 31, (byte) 0xaa);
        cd.put(19 * SECTOR + 32, (byte) 0x88).putShort(19 * SECTOR + 38, (short) 1).putInt(19 * SECTOR + 40, 20);
        cd.position(20 * SECTOR).put(code());
        return Files.write(file, cd.array());
    }

    private static void putDescriptor(ByteBuffer cd, int sector, int type, String system) {
        cd.position(sector * SECTOR).put((byte) type).put("CD001".getBytes(StandardCharsets.US_ASCII)).put((byte) 1)
                .put(system.getBytes(StandardCharsets.US_ASCII));
    }
}
