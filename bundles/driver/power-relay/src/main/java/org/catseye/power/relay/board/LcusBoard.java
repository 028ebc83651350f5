package org.catseye.power.relay.board;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.linux.device.SerialPort;
import org.catseye.linux.device.SerialPort.Speed;

/**
 * A board with a serial port at 9600 baud, sold as LCUS-1 to LCUS-8. A command has four bytes: A0, the number of the relay, 1 or 0, and the
 * sum of these three; it has no answer. Some boards answer the byte FF with their state: most with a line such as {@code CH1:ON} for each
 * relay, some with a byte 1 or 0 for each. The commands are those of the sellers' pages. The answers differ, and many boards have none.
 */
final class LcusBoard implements RelayBoard {

    private static final int START = 0xa0;
    private static final byte QUESTION = (byte) 0xff;
    private static final int MAX_RELAYS = 8;
    private static final long WRITE_MILLIS = 1_000;
    private static final long FIRST_ANSWER_MILLIS = 300;
    /** An answer is complete when nothing has followed for so long. At 9600 baud a byte takes 1 ms. */
    private static final long LAST_ANSWER_MILLIS = 50;
    private static final int MAX_ANSWER_BYTES = 512;
    /** A board that has not answered so often is not asked again until it is opened again. */
    private static final int MAX_UNANSWERED = 3;
    private static final Pattern LINE = Pattern.compile("CH(\\d{1,3}) ?: ?(ON|OFF)\\b", Pattern.CASE_INSENSITIVE);

    private final SerialPort port;
    /** Guarded by this. */
    private int unanswered;

    LcusBoard(SerialPort port) {
        this.port = port;
    }

    /** @throws IOException if the node may not be opened, is in use by another program, or is no serial port */
    static LcusBoard openNode(String path) throws IOException {
        return new LcusBoard(SerialPort.open(path, Speed.BAUD_9600));
    }

    @Override
    public synchronized void setClosed(int channel, boolean closed) throws IOException {
        int operation = closed ? 1 : 0;
        port.write(new byte[] {(byte) START, (byte) channel, (byte) operation, (byte) (START + channel + operation)}, WRITE_MILLIS);
    }

    @Override
    public synchronized Optional<Boolean> readClosed(int channel) throws IOException {
        discardInput();
        if (unanswered >= MAX_UNANSWERED) {
            return Optional.empty();
        }
        port.write(new byte[] {QUESTION}, WRITE_MILLIS);
        byte[] answer = readAnswer();
        unanswered = answer.length == 0 ? unanswered + 1 : 0;
        return findState(answer, channel);
    }

    /** Also notices that the board was unplugged. */
    private void discardInput() throws IOException {
        for (int bytes = 0; bytes <= MAX_ANSWER_BYTES;) {
            int more = port.read(0).length;
            if (more == 0) {
                return;
            }
            bytes += more;
        }
        throw new IOException("The serial port sends without being asked, so it has no relay board.");
    }

    private byte[] readAnswer() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] part = port.read(FIRST_ANSWER_MILLIS);
        while (part.length > 0 && answer.size() < MAX_ANSWER_BYTES) {
            answer.writeBytes(part);
            part = port.read(LAST_ANSWER_MILLIS);
        }
        return answer.toByteArray();
    }

    /** Whether the relay is closed; empty if the answer does not tell. */
    static Optional<Boolean> findState(byte[] answer, int channel) {
        if (isBytePerRelay(answer)) {
            return answer.length < channel ? Optional.empty() : Optional.of(answer[channel - 1] == 1);
        }
        Matcher line = LINE.matcher(new String(answer, StandardCharsets.US_ASCII));
        Optional<Boolean> found = Optional.empty();
        while (line.find()) {
            if (Integer.parseInt(line.group(1)) == channel) {
                found = Optional.of(line.group(2).equalsIgnoreCase("ON"));
            }
        }
        return found;
    }

    private static boolean isBytePerRelay(byte[] answer) {
        for (byte each : answer) {
            if (each != 0 && each != 1) {
                return false;
            }
        }
        return answer.length > 0 && answer.length <= MAX_RELAYS;
    }

    @Override
    public synchronized void close() {
        port.close();
    }
}
