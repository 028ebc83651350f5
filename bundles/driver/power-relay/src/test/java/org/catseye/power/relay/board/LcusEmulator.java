package org.catseye.power.relay.board;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;

/** A board with four relays at the other end of a pseudoterminal. Thread-safe. */
final class LcusEmulator {

    /** How it answers a question for its state. */
    enum Answer { LINES, BYTES, NONE }

    static final int RELAYS = 4;
    private static final Ioctl UNLOCK = Ioctl.write("TIOCSPTLCK", 'T', 0x31, 4);
    private static final Ioctl GET_NUMBER = Ioctl.read("TIOCGPTN", 'T', 0x30, 4);
    private static final int START = 0xa0;
    private static final int QUESTION = 0xff;

    private final Fd end;
    private final String path;
    private final Answer answer;
    private final Thread firmware = new Thread(this::runFirmware, "lcus");
    private final boolean[] closed = new boolean[RELAYS];
    private final long[] closedAt = new long[RELAYS];
    private final long[] pulseMillis = new long[RELAYS];
    private final int[] frame = new int[4];
    private int framed;
    private int questions;
    private int wrongBytes;

    LcusEmulator(Answer answer) throws IOException {
        this.answer = answer;
        end = Fd.open("/dev/ptmx", Fd.O_RDWR | Fd.O_NONBLOCK);
        end.ioctl(UNLOCK, Struct.allocate(4));
        ByteBuffer number = Struct.allocate(4);
        end.ioctl(GET_NUMBER, number);
        path = "/dev/pts/" + number.getInt(0);
        firmware.setDaemon(true);
        firmware.start();
    }

    String path() {
        return path;
    }

    synchronized boolean isClosed(int channel) {
        return closed[channel - 1];
    }

    synchronized void setClosed(int channel, boolean is) {
        closed[channel - 1] = is;
        pulseMillis[channel - 1] = 0;
    }

    /** How long the relay was closed the last time. */
    synchronized long pulseMillis(int channel) {
        return pulseMillis[channel - 1];
    }

    synchronized int questions() {
        return questions;
    }

    synchronized int wrongBytes() {
        return wrongBytes;
    }

    private void runFirmware() {
        ByteBuffer one = Struct.allocate(1);
        try (Poller poller = new Poller(1)) {
            poller.add(end, Poller.POLLIN);
            for (;;) {
                poller.poll(1_000);
                one.clear();
                // Byte for byte. While no program has the port open, reading fails.
                if (end.tryRead(one) == 1) {
                    handleByte(one.get(0) & 0xff);
                } else {
                    Thread.sleep(1);
                }
            }
        } catch (IOException | InterruptedException e) {
            // It was unplugged.
        }
    }

    private synchronized void handleByte(int value) throws IOException {
        if (framed == 0 && value == QUESTION) {
            questions++;
            sendState();
        } else if (framed == 0 && value != START) {
            wrongBytes++;
        } else {
            frame[framed++] = value;
            if (framed == frame.length) {
                framed = 0;
                handleFrame(frame[1], frame[2], frame[3]);
            }
        }
    }

    private void handleFrame(int channel, int operation, int sum) {
        if (sum != (START + channel + operation & 0xff) || channel < 1 || channel > RELAYS || operation > 1) {
            wrongBytes += frame.length;
            return;
        }
        long now = System.nanoTime();
        if (operation == 1 && !closed[channel - 1]) {
            closedAt[channel - 1] = now;
        } else if (operation == 0 && closed[channel - 1]) {
            pulseMillis[channel - 1] = TimeUnit.NANOSECONDS.toMillis(now - closedAt[channel - 1]);
        }
        closed[channel - 1] = operation == 1;
    }

    private void sendState() throws IOException {
        ByteBuffer state = Struct.allocate(128);
        for (int relay = 0; relay < RELAYS && answer != Answer.NONE; relay++) {
            state.put(answer == Answer.BYTES ? new byte[] {(byte) (closed[relay] ? 1 : 0)}
                : ("CH" + (relay + 1) + (closed[relay] ? ":ON \r\n" : ":OFF \r\n")).getBytes(StandardCharsets.US_ASCII));
        }
        state.flip();
        // Harsher than life: in two parts.
        int half = state.limit() / 2;
        end.write(state.duplicate().limit(half));
        end.write(state.position(half));
    }

    void unplug() throws InterruptedException {
        firmware.interrupt();
        end.close();
        firmware.join();
    }
}
