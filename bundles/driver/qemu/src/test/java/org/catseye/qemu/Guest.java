package org.catseye.qemu;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program of guest.S inside a virtual machine, over its serial port. */
public final class Guest implements AutoCloseable {

    private static final int SECTOR = 2_048;
    private static final int CHUNK_SECTORS = 64;
    private static final long DATA_ADDRESS = 0x20000;
    private static final int PACKET_BYTES = 12;
    private static final long PATIENCE_SECONDS = 20;
    private static final int CHECK = 1;
    private static final int READY_ATTEMPTS = 4;

    private final QemuProcess machine;
    private final SocketChannel serial;

    public Guest(QemuProcess machine) throws IOException {
        this.machine = machine;
        serial = SocketChannel.open(StandardProtocolFamily.UNIX);
        serial.connect(UnixDomainSocketAddress.of(machine.folder().resolve("serial")));
        serial.configureBlocking(false);
    }

    /** Waits until it has started. @return the number of the drive from which the BIOS has read it */
    public int awaitStart() throws Exception {
        while (readByte() != 'B') {
            // Answers of an earlier life.
        }
        return readByte();
    }

    /** Waits until it has noticed the power button. */
    public void awaitPowerButton() throws Exception {
        while (readByte() != 'P') {
            // Answers of commands.
        }
    }

    public void sendCommand(char command) throws Exception {
        write(new byte[] {(byte) command});
    }

    private void write(byte[] bytes) throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            serial.write(buffer);
        }
    }

    private int readByte() throws Exception {
        ByteBuffer one = ByteBuffer.allocate(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int count;
        while ((count = serial.read(one)) == 0) {
            if (System.nanoTime() > end) {
                throw new IOException("the guest does not answer");
            }
            Thread.sleep(1);
        }
        if (count < 0) {
            throw new EOFException();
        }
        return one.get(0) & 0xff;
    }

    /** Sends a command to the CD drive. @return whether the drive has carried it out */
    private boolean command(int... packet) throws Exception {
        byte[] bytes = new byte[1 + PACKET_BYTES];
        bytes[0] = 'A';
        for (int i = 0; i < packet.length; i++) {
            bytes[i + 1] = (byte) packet[i];
        }
        write(bytes);
        int status = readByte();
        readByte();
        return (status & CHECK) == 0;
    }

    /** TEST UNIT READY. A drive reports the change of a medium to REQUEST SENSE before it carries out other commands. */
    private boolean isReady() throws Exception {
        for (int i = 0; i < READY_ATTEMPTS; i++) {
            if (command(0)) {
                return true;
            }
            command(0x03, 0, 0, 0, 18);
        }
        return false;
    }

    /** Reads the whole CD; empty if there is none. */
    public Optional<byte[]> readCd() throws Exception {
        if (!isReady() || !command(0x25)) {
            return Optional.empty();
        }
        int sectors = ByteBuffer.wrap(readMemory(8)).getInt() + 1;
        ByteBuffer all = ByteBuffer.allocate(sectors * SECTOR);
        for (int first = 0; first < sectors; first += CHUNK_SECTORS) {
            int count = Math.min(CHUNK_SECTORS, sectors - first);
            if (!command(0xa8, 0, first >> 24, first >> 16, first >> 8, first, 0, 0, 0, count)) {
                return Optional.empty();
            }
            all.put(readMemory(count * SECTOR));
        }
        return Optional.of(all.array());
    }

    private byte[] readMemory(int bytes) throws Exception {
        Path file = machine.folder().resolve("memory");
        machine.execute("pmemsave", Map.of("val", DATA_ADDRESS, "size", bytes, "filename", file.toString()));
        return Arrays.copyOf(Files.readAllBytes(file), bytes);
    }

    /** PREVENT ALLOW MEDIUM REMOVAL. */
    public void lock(boolean locked) throws Exception {
        require(command(0x1e, 0, 0, 0, locked ? 1 : 0));
    }

    /** START STOP UNIT. */
    public void eject() throws Exception {
        isReady();
        require(command(0x1b, 0, 0, 0, 2));
    }

    private static void require(boolean done) throws IOException {
        if (!done) {
            throw new IOException("the drive refuses the command");
        }
    }

    @Override
    public void close() throws IOException {
        serial.close();
    }
}
