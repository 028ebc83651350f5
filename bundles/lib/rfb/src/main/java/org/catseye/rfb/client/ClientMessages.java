package org.catseye.rfb.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.catseye.rfb.wire.WireOutput;

/** The messages of a client (RFC 6143, section 7.5, and QEMU's extension). Thread-safe; each returns when the message is handed over. */
public final class ClientMessages {

    private static final byte SET_PIXEL_FORMAT = 0;
    private static final byte SET_ENCODINGS = 2;
    private static final byte UPDATE_REQUEST = 3;
    private static final byte KEY_EVENT = 4;
    private static final byte POINTER_EVENT = 5;
    private static final byte QEMU = (byte) 255;
    private static final byte QEMU_KEY_EVENT = 0;
    private static final int MAX_CHANNEL = 255;

    private final WireOutput out;

    ClientMessages(WireOutput out) {
        this.out = out;
    }

    /** Ends the handshake. @param shared whether other clients may stay connected */
    void sendSharing(boolean shared) throws IOException {
        out.sendBytes((byte) (shared ? 1 : 0));
    }

    /** Pixels of 32 bits, little-endian, of which the lowest 24 are {@code 0xRRGGBB}. */
    void setPixelFormat() throws IOException {
        ByteBuffer message = ByteBuffer.allocate(20).put(SET_PIXEL_FORMAT).put(new byte[3]);
        message.put((byte) 32).put((byte) 24).put((byte) 0).put((byte) 1);
        message.putShort((short) MAX_CHANNEL).putShort((short) MAX_CHANNEL).putShort((short) MAX_CHANNEL);
        message.put((byte) 16).put((byte) 8).put((byte) 0).put(new byte[3]);
        out.sendMessage(message);
    }

    void setEncodings(List<Integer> encodings) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * encodings.size()).put(SET_ENCODINGS).put((byte) 0).putShort((short) encodings.size());
        encodings.forEach(message::putInt);
        out.sendMessage(message);
    }

    /** @param incremental whether only changes are of interest; the server answers when there is one */
    public void requestUpdate(boolean incremental, int x, int y, int width, int height) throws IOException {
        out.sendMessage(ByteBuffer.allocate(10).put(UPDATE_REQUEST).put((byte) (incremental ? 1 : 0)).putShort((short) x).putShort((short) y)
            .putShort((short) width).putShort((short) height));
    }

    public void sendKeysym(int keysym, boolean down) throws IOException {
        out.sendMessage(ByteBuffer.allocate(8).put(KEY_EVENT).put((byte) (down ? 1 : 0)).putShort((short) 0).putInt(keysym));
    }

    /** @param keysym 0 if unknown @param scanCode as {@link org.catseye.rfb.keys.ScanCodes} returns it */
    public void sendScanCode(int keysym, int scanCode, boolean down) throws IOException {
        out.sendMessage(ByteBuffer.allocate(12).put(QEMU).put(QEMU_KEY_EVENT).putShort((short) (down ? 1 : 0)).putInt(keysym).putInt(scanCode));
    }

    /** @param buttons bit 0 left, 1 middle, 2 right, 3 wheel up, 4 wheel down, 5 wheel left, 6 wheel right, 7 back */
    public void sendPointer(int buttons, int x, int y) throws IOException {
        out.sendMessage(ByteBuffer.allocate(6).put(POINTER_EVENT).put((byte) buttons).putShort((short) x).putShort((short) y));
    }
}
