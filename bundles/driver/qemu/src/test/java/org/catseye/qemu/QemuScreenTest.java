package org.catseye.qemu;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.catseye.jpeg.PictureMemory;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The contract of capture devices for the screenshots of a real QEMU. */
public final class QemuScreenTest extends CaptureDeviceContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private QemuProcess machine;
    private QemuTarget target;
    private Guest guest;

    @Before
    public void startMachine() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", QemuProcess.isInstalled());
        String disk = GuestImage.writeDisk(folder.getRoot().toPath().resolve("disk")).toString();
        machine = new QemuProcess(folder.getRoot().toPath(), "-S", "-drive", "if=ide,index=0,format=raw,file=" + disk);
        guest = new Guest(machine);
        machine.execute("cont", Map.of());
        guest.awaitStart();
        target = new QemuTarget(Map.of("socket", machine.socket().toString()), drive -> () -> { });
    }

    @After
    public void stopMachine() throws Exception {
        stopThread();
        if (machine != null) {
            target.stopTarget();
            guest.close();
            machine.close();
        }
    }

    @Override
    protected CaptureDevice device() throws Exception {
        QemuProcess.awaitTrue("the driver is connected", () -> target.checkItems().get(0).ok());
        return target.createCapture();
    }

    @Override
    protected Optional<CaptureDevice> deviceWithoutSource() throws Exception {
        machine.killQemu();
        QemuProcess.awaitTrue("the end is noticed", () -> !target.checkItems().get(0).ok());
        return Optional.of(target.createCapture());
    }

    @Override
    protected void stir() {
        try {
            guest.sendCommand('T');
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void thePictureIsTheScreen() throws Exception {
        start(device());
        assertTrue(frames(1));
        FakeCaptureContext.Published frame = context.frames().get(0);
        var image = ImageIO.read(new ByteArrayInputStream(frame.data()));
        assertEquals(List.of(frame.format().width(), frame.format().height()), List.of(image.getWidth(), image.getHeight()));
        long bright = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            bright += (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xff) > 0x80 ? 1 : 0;
        }
        assertTrue("the BIOS has written something: " + bright, bright > 1_000);
    }

    @Test
    public void thePictureWaitsForMemoryAndReleasesIt() throws Exception {
        try (PictureMemory others = new PictureMemory()) {
            assertTrue(others.tryReserve(2560, 1600));
            start(device());
            assertTrue(context.await(10_000, c -> c.signals().stream().anyMatch(each -> each.reason().contains("needs more memory"))));
            assertEquals(List.of(), context.frames());
        }
        assertTrue(frames(1));
        try (PictureMemory others = new PictureMemory()) {
            QemuProcess.awaitTrue("the memory is free again", () -> others.tryReserve(2560, 1600));
        }
    }

    @Test
    public void aMachineThatIsOffHasNoSignal() throws Exception {
        CaptureDevice device = device();
        guest.sendCommand('Q'); // Without -no-shutdown, QEMU ends.
        QemuProcess.awaitTrue("the end is noticed", () -> !target.checkItems().get(0).ok());
        machine.close();
        machine.startQemu();
        start(device);
        assertTrue("no signal: " + context.signals(), context.await(10_000, c -> c.signals().stream().anyMatch(each -> each.signal() == Signal.NO_SIGNAL)));
    }

    @Test
    public void withoutViewersNothingIsDone() throws Exception {
        CaptureDevice device = device();
        context.viewers(0);
        start(device);
        Thread.sleep(1_500);
        assertEquals(List.of(), context.frames());
        context.viewers(1);
        assertTrue(frames(1));
    }
}
