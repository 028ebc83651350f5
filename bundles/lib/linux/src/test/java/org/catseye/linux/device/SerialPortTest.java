package org.catseye.linux.device;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.linux.device.SerialPort.Speed;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** On a pseudoterminal, which is a serial port whose other end is in this test. */
public class SerialPortTest {

    private static final Ioctl UNLOCK = Ioctl.write("TIOCSPTLCK", 'T', 0x31, 4);
    private static final Ioctl GET_NUMBER = Ioctl.read("TIOCGPTN", 'T', 0x30, 4);
    private static final Ioctl GET_EXCLUSIVE = Ioctl.read("TIOCGEXCL", 'T', 0x40, 4);

    private Fd otherEnd;
    private String path;

    @Before
    public void createPorts() throws IOException {
        otherEnd = Fd.open("/dev/ptmx", Fd.O_RDWR | Fd.O_NONBLOCK);
        otherEnd.ioctl(UNLOCK, Struct.allocate(4));
        ByteBuffer number = Struct.allocate(4);
        otherEnd.ioctl(GET_NUMBER, number);
        path = "/dev/pts/" + number.getInt(0);
    }

    @After
    public void closeOtherEnd() {
        otherEnd.close();
    }

    @Test
    public void allBytesPassUnchangedBothWays() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (SerialPort port = SerialPort.open(path, Speed.BAUD_9600)) {
            port.write(all, 5_000);
            ByteBuffer arrived = Struct.allocate(256);
            while (arrived.hasRemaining()) {
                int bytes = otherEnd.tryRead(arrived);
                assertTrue("read " + bytes, bytes > 0 || bytes == -Errno.EAGAIN.code());
            }
            arrived.flip();
            assertEquals(ByteBuffer.wrap(all), arrived);
            otherEnd.write(Struct.allocate(256).put(all).flip());
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            while (received.size() < all.length) {
                byte[] part = port.read(5_000);
                assertTrue("in time", part.length > 0);
                received.writeBytes(part);
            }
            assertArrayEquals(all, received.toByteArray());
            assertEquals("no more", 0, port.read(0).length);
        }
    }

    @Test
    public void noOtherProgramCanOpenIt() throws Exception {
        try (SerialPort port = SerialPort.open(path, Speed.BAUD_9600); Fd second = Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK)) {
            ByteBuffer exclusive = Struct.allocate(4);
            second.ioctl(GET_EXCLUSIVE, exclusive);
            assertEquals("the tests run as root, which may open it all the same", 1, exclusive.getInt(0));
            assertEquals(0, port.read(0).length);
        }
    }

    @Test
    public void anUnpluggedPortFails() throws Exception {
        try (SerialPort port = SerialPort.open(path, Speed.BAUD_9600)) {
            otherEnd.close();
            assertThrows(ErrnoException.class, () -> port.read(5_000));
            assertThrows(ErrnoException.class, () -> port.write(new byte[] {1}, 5_000));
        }
    }

    @Test
    public void aPortThatTakesNothingEndsTheWriteInTime() throws Exception {
        try (SerialPort port = SerialPort.open(path, Speed.BAUD_9600)) {
            ErrnoException full = assertThrows(ErrnoException.class, () -> port.write(new byte[1 << 20], 50));
            assertTrue(full.getMessage(), full.is(Errno.ETIMEDOUT));
        }
    }

    @Test
    public void aDeviceOfAnotherKindIsRefused() {
        assertTrue(assertThrows(ErrnoException.class, () -> SerialPort.open("/dev/null", Speed.BAUD_9600)).is(Errno.ENOTTY));
        assertTrue(assertThrows(ErrnoException.class, () -> SerialPort.open("/dev/ttyUSB977", Speed.BAUD_9600)).is(Errno.ENOENT));
    }

    @Test
    public void theStructureHasTheKernelsLayout() {
        ByteBuffer raw = SerialPort.Attributes.encodeRaw(Speed.BAUD_9600);
        assertEquals(36, raw.capacity());
        assertEquals("8 bits, receiver on, no modem lines, 9600 baud", 0x8bd, raw.getInt(8));
        assertEquals("wait for one byte", 1, raw.get(23));
    }
}
