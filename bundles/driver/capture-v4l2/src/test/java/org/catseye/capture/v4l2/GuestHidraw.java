package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.GuestMain.check;
import static org.catseye.capture.v4l2.GuestMain.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.catseye.capture.v4l2.signal.InputRegisters;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.linux.Fd;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;

/**
 * Tests the register protocol over the kernel's real hidraw. A HID device with an 8-byte feature report is created with /dev/uhid
 * (linux/uhid.h) and answers like an MS2109.
 */
final class GuestHidraw {

    private static final int EVENT = 4376;
    private static final int CREATE2 = 11;
    private static final int GET_REPORT = 9;
    private static final int GET_REPORT_REPLY = 10;
    private static final int SET_REPORT = 13;
    private static final int SET_REPORT_REPLY = 14;
    /** Vendor page, one feature report of 8 bytes without an id. */
    private static final int[] DESCRIPTOR = {0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95,
        0x08, 0x09, 0x01, 0xb1, 0x02, 0xc0};

    static void runChecks() throws Exception {
        shell("modprobe", "-a", "uhid", "hid-generic");
        try (Fd uhid = Fd.open("/dev/uhid", Fd.O_RDWR)) {
            createDevice(uhid);
            Thread chip = new Thread(() -> answerRequests(uhid), "uhid");
            chip.setDaemon(true);
            chip.start();
            GuestMain.await("a hidraw node", () -> findNode() != null);
            try (InputRegisters registers = InputRegisters.openRegisters(Chip.MS2109, findNode())) {
                InputRegisters.Connection connected = registers.readConnection();
                check("the register reports a connection", connected == InputRegisters.Connection.CONNECTED, connected);
                String input = registers.readTiming().map(Timing::description).orElse("nothing");
                check("and the incoming timing", input.equals("1920x1080p at 60/s"), input);
            }
        }
    }

    private static String findNode() throws IOException {
        try (Stream<Path> nodes = Files.list(Path.of("/dev"))) {
            return nodes.map(Path::toString).filter(p -> p.startsWith("/dev/hidraw")).findFirst().orElse(null);
        }
    }

    /** struct uhid_create2_req: name[128] phys[64] uniq[64] u16 size, u16 bus, u32 vendor, product, version, country, data. */
    private static void createDevice(Fd uhid) throws IOException {
        ByteBuffer event = Struct.allocate(EVENT).putInt(0, CREATE2);
        event.put(4, "MS2109".getBytes(StandardCharsets.US_ASCII));
        event.putShort(260, (short) DESCRIPTOR.length).putShort(262, (short) 3).putInt(264, 0x534d).putInt(268, 0x2109);
        for (int i = 0; i < DESCRIPTOR.length; i++) {
            event.put(280 + i, (byte) DESCRIPTOR[i]);
        }
        uhid.write(event);
    }

    /** SET_REPORT: u32 id, u8 number, u8 type, u16 size, data; GET_REPORT: u32 id, number, type. */
    private static void answerRequests(Fd uhid) {
        ByteBuffer event = Struct.allocate(EVENT);
        int address = 0;
        try {
            for (;;) {
                event.clear();
                if (uhid.read(event) <= 0) {
                    return;
                }
                int type = event.getInt(0);
                int id = event.getInt(4);
                if (type == SET_REPORT) {
                    // With report id 0 the data begins with the id or without it, depending on the kernel: search for the command.
                    int at = event.get(12) == 0 ? 13 : 12;
                    address = (event.get(at + 1) & 0xff) << 8 | event.get(at + 2) & 0xff;
                    sendReply(uhid, Struct.allocate(EVENT).putInt(0, SET_REPORT_REPLY).putInt(4, id));
                } else if (type == GET_REPORT) {
                    ByteBuffer reply = Struct.allocate(EVENT).putInt(0, GET_REPORT_REPLY).putInt(4, id).putShort(10, (short) 9);
                    reply.put(13, (byte) 0xb5).put(14, (byte) (address >> 8)).put(15, (byte) address).put(16, (byte) readRegister(address));
                    sendReply(uhid, reply);
                }
            }
        } catch (IOException e) {
            System.out.println("     uhid ended: " + e.getMessage());
        }
    }

    private static void sendReply(Fd uhid, ByteBuffer event) throws IOException {
        event.position(0).limit(EVENT);
        uhid.write(event);
    }

    private static int readRegister(int address) {
        return switch (address) {
            case 0xfa8c -> 1;
            case 0xc6af -> 1920 >> 8;
            case 0xc6b0 -> 1920 & 0xff;
            case 0xc6b1 -> 1080 >> 8;
            case 0xc6b2 -> 1080 & 0xff;
            case 0xc6b5 -> 6000 >> 8;
            case 0xc6b6 -> 6000 & 0xff;
            case 0xc73c -> 14_850 >> 8;
            case 0xc73d -> 14_850 & 0xff;
            default -> 0;
        };
    }

    private GuestHidraw() {
    }
}
