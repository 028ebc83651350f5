package org.catseye.power.relay.board;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.linux.Struct;
import org.catseye.linux.device.HidRaw;

/**
 * A board by dcttech, or a copy. Its only feature report has 8 bytes and no id. Sent to the board, it has a command and the number of a
 * relay; fetched, it has five characters of a serial number in bytes 0 to 4 and the state of the relays in byte 7, relay 1 in the lowest
 * bit. These are the findings of the users of such boards (usb-relay-hid, usbrelay, kvmd); there is no specification by the maker.
 */
final class HidBoard implements RelayBoard {

    static final int VENDOR = 0x16c0;
    static final int PRODUCT = 0x05df;
    /** With the id 0 in front. */
    static final int REPORT_BYTES = 9;
    private static final byte CLOSE = (byte) 0xff;
    private static final byte OPEN = (byte) 0xfd;
    private static final int SERIAL_BYTES = 5;
    private static final int STATE = 8;

    private final FeatureReports reports;
    private final int relays;

    /** The device's feature reports. */
    interface FeatureReports extends AutoCloseable {

        void sendFeature(ByteBuffer report) throws IOException;

        /** @return the number of bytes received, including the id */
        int fetchFeature(ByteBuffer report) throws IOException;

        @Override
        void close();
    }

    /** @param relays how many the board has */
    HidBoard(FeatureReports reports, int relays) {
        this.reports = reports;
        this.relays = relays;
    }

    /** @throws IOException if the node may not be opened, or is not such a board */
    static HidBoard openNode(String path, int relays) throws IOException {
        HidRaw device = HidRaw.open(path, REPORT_BYTES);
        try {
            HidRaw.Info info = device.readInfo();
            if (info.vendor() != VENDOR || info.product() != PRODUCT) {
                throw new IOException(describeOther(path, info.vendor(), info.product()));
            }
        } catch (IOException e) {
            device.close();
            throw e;
        }
        return new HidBoard(new FeatureReports() {
            @Override
            public void sendFeature(ByteBuffer report) throws IOException {
                device.sendFeature(report);
            }

            @Override
            public int fetchFeature(ByteBuffer report) throws IOException {
                return device.fetchFeature(report);
            }

            @Override
            public void close() {
                device.close();
            }
        }, relays);
    }

    static String describeOther(String path, int vendor, int product) {
        return String.format("%s is not a USB relay board: it is the device %04x:%04x.", path, vendor, product);
    }

    String readSerial() throws IOException {
        return Struct.text(fetchReport(), 1, SERIAL_BYTES);
    }

    @Override
    public synchronized void setClosed(int channel, boolean closed) throws IOException {
        requireRelay(channel);
        reports.sendFeature(Struct.allocate(REPORT_BYTES).put(1, closed ? CLOSE : OPEN).put(2, (byte) channel));
        if (isClosed(channel) != closed) {
            throw new IOException("The relay board has not switched relay " + channel + "; it is still " + (closed ? "open." : "closed."));
        }
    }

    @Override
    public synchronized Optional<Boolean> readClosed(int channel) throws IOException {
        requireRelay(channel);
        return Optional.of(isClosed(channel));
    }

    private void requireRelay(int channel) throws IOException {
        if (channel > relays) {
            throw new IOException("The relay board has no relay " + channel + ": it has " + relays + ".");
        }
    }

    private boolean isClosed(int channel) throws IOException {
        return (fetchReport().get(STATE) >> channel - 1 & 1) != 0;
    }

    private ByteBuffer fetchReport() throws IOException {
        ByteBuffer report = Struct.allocate(REPORT_BYTES);
        int bytes = reports.fetchFeature(report);
        if (bytes != REPORT_BYTES) {
            throw new IOException("The relay board answered with " + bytes + " bytes instead of " + REPORT_BYTES + ".");
        }
        return report;
    }

    @Override
    public void close() {
        reports.close();
    }
}
