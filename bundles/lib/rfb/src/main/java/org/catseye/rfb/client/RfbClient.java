package org.catseye.rfb.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.catseye.rfb.picture.Framebuffer;
import org.catseye.rfb.picture.PointerShape;
import org.catseye.rfb.picture.ScreenLimit;
import org.catseye.rfb.picture.UpdateListener;
import org.catseye.rfb.picture.UpdateReader;
import org.catseye.rfb.security.SecuredConnection;
import org.catseye.rfb.security.SecurityHandshake;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ChannelStream;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.rfb.wire.ByteStream;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;
import org.catseye.rfb.wire.WireOutput;

/**
 * A connection to a server. One thread connects and calls {@link #processMessages}; others may send messages, look at the picture under its
 * lock, and close the connection.
 */
public final class RfbClient implements Closeable {

    private static final long CONNECT_TIMEOUT_MILLIS = 5_000;
    /** Input that the server does not accept by then has failed. */
    private static final long SEND_TIMEOUT_MILLIS = 100;
    private static final long TICK_MILLIS = 1_000;
    /** After this silence, a pixel is requested to find out whether the server is alive; after twice the time, it is not. */
    private static final int SILENT_TICKS = 20;
    private static final int MAX_NAME_BYTES = 64 * 1024;
    private static final int MAX_CLIPBOARD_BYTES = 16 << 20;
    private static final int PIXEL_FORMAT_BYTES = 16;

    private static final int FRAMEBUFFER_UPDATE = 0;
    private static final int SET_COLOUR_MAP = 1;
    private static final int BELL = 2;
    private static final int SERVER_CUT_TEXT = 3;

    private final ByteStream stream;
    private final WireInput in;
    private final String security;
    private final ClientMessages messages;
    private final RfbListener listener;
    private final Framebuffer picture = new Framebuffer();
    /** Guards the picture. A message that changes it is read under this lock as a whole. */
    private final ReentrantLock pictureLock = new ReentrantLock();
    private final UpdateReader updates;
    private volatile ServerState state = new ServerState("", false, false, -1, PointerShape.NONE);

    private RfbClient(SecuredConnection connection, ScreenLimit limit, RfbListener listener) {
        stream = connection.stream();
        in = new WireInput(stream);
        security = "RFB " + connection.version().name().substring(1).replace('_', '.') + ", " + connection.description();
        messages = new ClientMessages(new WireOutput(stream, SEND_TIMEOUT_MILLIS));
        updates = new UpdateReader(in, picture, limit, new StateUpdates());
        this.listener = listener;
    }

    /** Connects and logs in. @throws IOException with a message for the user */
    public static RfbClient connectTo(ServerAddress address, SecurityPolicy policy, ClientOptions options, ScreenLimit limit, RfbListener listener)
            throws IOException {
        return startOn(ChannelStream.connectTo(address, CONNECT_TIMEOUT_MILLIS), address, policy, options, limit, listener);
    }

    /** As {@link #connectTo}, on a stream that is connected. Closes it on failure. */
    static RfbClient startOn(ByteStream stream, ServerAddress address, SecurityPolicy policy, ClientOptions options, ScreenLimit limit, RfbListener listener)
            throws IOException {
        try {
            RfbClient client = new RfbClient(new SecurityHandshake(stream, policy, address).shakeHands(), limit, listener);
            try {
                client.initialize(options);
                return client;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                client.updates.close();
                throw e;
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            stream.close();
            throw e;
        }
    }

    private void initialize(ClientOptions options) throws IOException {
        messages.sendSharing(options.shared());
        int width = in.readU16();
        int height = in.readU16();
        in.skipBytes(PIXEL_FORMAT_BYTES);
        state = state.withName(in.readText(MAX_NAME_BYTES, "a name"));
        updates.resizePicture(width, height);
        messages.setPixelFormat();
        messages.setEncodings(options.encodings());
    }

    /** The version and security of the connection, for users. */
    public String security() {
        return security;
    }

    public ServerState state() {
        return state;
    }

    public ClientMessages messages() {
        return messages;
    }

    /** Used under {@link #pictureLock()} only, except for its size. */
    public Framebuffer picture() {
        return picture;
    }

    public ReentrantLock pictureLock() {
        return pictureLock;
    }

    /** Processes what the server sends, until the listener ends the connection. Then it is closed. @throws IOException if it ends otherwise */
    public void processMessages() throws IOException {
        int silentTicks = 0;
        try {
            while (listener.shouldContinue()) {
                if (in.awaitByte(TICK_MILLIS)) {
                    silentTicks = 0;
                    processMessage(in.readU8());
                } else if (++silentTicks == SILENT_TICKS) {
                    messages.requestUpdate(false, 0, 0, 1, 1);
                } else if (silentTicks > 2 * SILENT_TICKS) {
                    throw new RfbException("The server has not answered for " + SILENT_TICKS * TICK_MILLIS / 1000 + " s.");
                }
            }
        } finally {
            close();
            updates.close();
        }
    }

    private void processMessage(int type) throws IOException {
        switch (type) {
            case FRAMEBUFFER_UPDATE -> processUpdate();
            case SET_COLOUR_MAP -> {
                in.skipBytes(3);
                in.skipBytes(6L * in.readU16());
            }
            case BELL -> { }
            case SERVER_CUT_TEXT -> {
                in.skipBytes(3);
                in.skipBytes(in.readLength(MAX_CLIPBOARD_BYTES, "a clipboard"));
            }
            default -> throw new RfbException("The server sent a message of the unknown type " + type + ".");
        }
    }

    private void processUpdate() throws IOException {
        pictureLock.lock();
        try {
            updates.readUpdate();
        } finally {
            pictureLock.unlock();
        }
        listener.handleUpdate();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private final class StateUpdates implements UpdateListener {

        private void change(UnaryOperator<ServerState> change) {
            state = change.apply(state);
        }

        @Override
        public void handlePointerShape(PointerShape shape) {
            change(now -> now.withPointer(shape));
        }

        @Override
        public void handlePointerPosition(int x, int y) {
            listener.handlePointerPosition(x, y);
        }

        @Override
        public void handleDesktopName(String name) {
            change(now -> now.withName(name));
        }

        @Override
        public void handleExtendedKeys() {
            change(ServerState::withExtendedKeys);
        }

        @Override
        public void handleLeds(int leds) {
            change(now -> now.withLeds(leds));
            listener.handleLeds(leds);
        }

        @Override
        public void handlePointerMode(boolean relative) {
            change(now -> now.withRelativePointer(relative));
        }
    }
}
