package org.catseye.vnc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * A VNC server of one colour without a password. It answers a request for an update at once if it is not incremental, and otherwise when
 * the colour changes. It notes the keys and the pointer.
 */
final class FakeVncServer implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;
    private static final int QEMU_EXTENDED_KEYS = -258;
    private static final int QEMU_POINTER_MOTION = -257;
    private static final int QEMU_LED_STATE = -261;
    private static final int DESKTOP_SIZE = -223;
    private static final int TIGHT = 7;
    private static final int COPY_RECT = 1;

    private final ServerSocket listener;
    private final List<String> events = new ArrayList<>();
    private final Set<Integer> held = new TreeSet<>();
    private boolean scanCodes = true;
    private boolean relative;
    private int width = 64;
    private int height = 48;
    private int colour = 0x102030;
    private byte[] jpeg = {};
    private int pointerX;
    private int pointerY;
    private int buttons;
    private int connections;
    private int requests;
    private Socket socket;
    private DataOutputStream out;
    /** Whether the client waits for a change. */
    private boolean waiting;
    private boolean changed;

    FakeVncServer() throws IOException {
        this(0);
    }

    FakeVncServer(int port) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        startThread(this::acceptClients);
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "fake-vnc");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** For a server that has only key symbols; before a client connects. */
    synchronized FakeVncServer withoutScanCodes() {
        scanCodes = false;
        return this;
    }

    /** For a server that expects movements; before a client connects. */
    synchronized FakeVncServer withRelativePointer() {
        relative = true;
        return this;
    }

    private void acceptClients() {
        while (!listener.isClosed()) {
            try {
                Socket accepted = listener.accept();
                accepted.setTcpNoDelay(true);
                startThread(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            synchronized (this) {
                connections++;
                socket = client;
                out = new DataOutputStream(client.getOutputStream());
                waiting = false;
                held.clear();
                out.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
            }
            in.readFully(new byte[12]);
            send(1, 1);
            in.readByte();
            send(0, 0, 0, 0);
            in.readByte();
            synchronized (this) {
                out.writeShort(width);
                out.writeShort(height);
                out.write(new byte[16]);
                out.writeInt(4);
                out.write("fake".getBytes(StandardCharsets.US_ASCII));
                notifyAll();
            }
            while (true) {
                readMessage(in);
            }
        } catch (IOException e) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private synchronized void send(int... bytes) throws IOException {
        for (int b : bytes) {
            out.writeByte(b);
        }
    }

    private void readMessage(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        switch (type) {
            case 0 -> in.readFully(new byte[19]);
            case 2 -> readEncodings(in);
            case 3 -> readRequest(in);
            case 4 -> {
                boolean down = in.readBoolean();
                in.readShort();
                noteKey("keysym " + Integer.toHexString(in.readInt()), -1, down);
            }
            case 5 -> notePointer(in.readUnsignedByte(), in.readUnsignedShort(), in.readUnsignedShort());
            case 255 -> {
                in.readByte();
                boolean down = in.readShort() != 0;
                in.readInt();
                int code = in.readInt();
                noteKey("code " + Integer.toHexString(code), code, down);
            }
            default -> throw new IOException("unexpected message " + type);
        }
    }

    private void readEncodings(DataInputStream in) throws IOException {
        in.readByte();
        List<Integer> encodings = new ArrayList<>();
        for (int i = in.readShort(); i > 0; i--) {
            encodings.add(in.readInt());
        }
        synchronized (this) {
            note("encodings " + encodings);
            out.writeInt(2 + (scanCodes ? 1 : 0));
            writeRectangle(relative ? 0 : 1, 0, 0, 0, QEMU_POINTER_MOTION);
            writeRectangle(0, 0, 0, 0, QEMU_LED_STATE);
            out.writeByte(2);
            if (scanCodes) {
                writeRectangle(0, 0, 0, 0, QEMU_EXTENDED_KEYS);
            }
        }
    }

    private synchronized void readRequest(DataInputStream in) throws IOException {
        boolean incremental = in.readBoolean();
        in.readFully(new byte[8]);
        requests++;
        waiting = true;
        if (!incremental || changed) {
            sendPicture();
        }
        notifyAll();
    }

    private void writeRectangle(int x, int y, int w, int h, int encoding) throws IOException {
        out.writeShort(x);
        out.writeShort(y);
        out.writeShort(w);
        out.writeShort(h);
        out.writeInt(encoding);
    }

    private void sendPicture() throws IOException {
        waiting = false;
        changed = false;
        out.writeInt(1);
        writeRectangle(0, 0, width, height, TIGHT);
        if (jpeg.length == 0) {
            send(0x80, colour >> 16, colour >> 8, colour);
        } else {
            send(0x90, jpeg.length & 0x7f | 0x80, jpeg.length >> 7 & 0x7f | 0x80, jpeg.length >> 14);
            out.write(jpeg);
        }
    }

    private synchronized void noteKey(String name, int code, boolean down) {
        if (code >= 0 && down) {
            held.add(code);
        } else {
            held.remove(code);
        }
        note(name + (down ? " down" : " up"));
    }

    private synchronized void notePointer(int mask, int x, int y) {
        buttons = mask;
        pointerX = x;
        pointerY = y;
        note("pointer " + mask + " " + x + "," + y);
    }

    private synchronized void note(String event) {
        events.add(event);
        notifyAll();
    }

    /** Changes the screen, and sends it if the client waits. */
    synchronized void showColour(int rgb) {
        colour = rgb;
        jpeg = new byte[0];
        sendIfWaiting();
    }

    /** Copies the upper half of the screen to the lower half, and then sends a small block of another colour; the client waits. */
    synchronized void copyUpperHalf(int block) throws IOException {
        waiting = false;
        out.writeInt(2);
        writeRectangle(0, height / 2, width, height / 2, COPY_RECT);
        out.writeInt(0);
        writeRectangle(0, 0, 4, 4, TIGHT);
        send(0x80, block >> 16, block >> 8, block);
    }

    /** Whether the client waits for a change. */
    synchronized boolean isAwaited() {
        return waiting;
    }

    synchronized void showJpeg(byte[] picture) {
        jpeg = picture;
        sendIfWaiting();
    }

    private void sendIfWaiting() {
        changed = true;
        if (waiting) {
            try {
                sendPicture();
            } catch (IOException e) {
                waiting = false;
            }
        }
    }

    synchronized void resize(int newWidth, int newHeight) throws IOException {
        width = newWidth;
        height = newHeight;
        waiting = false;
        out.writeInt(1);
        writeRectangle(0, 0, width, height, DESKTOP_SIZE);
    }

    synchronized void sendLeds(int leds) throws IOException {
        out.writeInt(1);
        writeRectangle(0, 0, 0, 0, QEMU_LED_STATE);
        out.writeByte(leds);
    }

    synchronized void sendGarbage() throws IOException {
        send(77);
    }

    /** Breaks the connection to the client. */
    synchronized void disconnectClient() throws IOException {
        socket.close();
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int requests() {
        return requests;
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** The pressed scan codes. */
    synchronized Set<Integer> held() {
        return Set.copyOf(held);
    }

    synchronized int[] pointer() {
        return new int[] {buttons, pointerX, pointerY};
    }

    synchronized boolean isConnected() {
        return socket != null && !socket.isClosed();
    }

    synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                return false;
            }
            wait(Math.min(left, 50));
        }
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        if (socket != null) {
            socket.close();
        }
    }
}
