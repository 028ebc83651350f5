package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.config.BadValueException;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.Signal;
import org.catseye.virtual.paint.FontSource;
import org.junit.Test;

public class VirtualSettingsTest {

    private static final String PID = VirtualTargetConfig.PID;

    private static VirtualTarget create(Map<String, Object> properties) {
        return new VirtualTarget(properties, System::nanoTime, Clock.systemUTC(), FontSource::drawWithJava);
    }

    @Test
    public void settingsOfThePictureAreAdoptedAndOthersNeedAnotherComputer() {
        VirtualTarget target = create(Map.of("service.pid", PID, "fps", 30));
        assertTrue(target.adoptSettings(Map.of("service.pid", PID, "fps", 10, "jpegQuality", "50")));
        assertFalse(target.adoptSettings(Map.of("service.pid", PID, "fps", 10, "size", "1920x1080")));
        assertFalse("services have their properties", target.adoptSettings(Map.of("service.pid", PID, "fps", 10, "service.ranking", 5)));
        assertFalse("the new computer reports what is wrong", target.adoptSettings(Map.of("service.pid", PID, "fps", 61)));
        assertFalse("a computer that could not start", create(Map.of("fps", "many")).adoptSettings(Map.of("fps", 10)));
    }

    @Test
    public void theCallGoesOnWithAdoptedSettings() throws Exception {
        VirtualTarget target = create(Map.of("service.pid", PID));
        FakeCaptureContext context = new FakeCaptureContext();
        Thread thread = new Thread(() -> {
            try {
                target.capture(context);
            } catch (IOException | InterruptedException e) {
                context.reportSignal(Signal.NO_DEVICE, e.toString());
            }
        });
        thread.start();
        assertTrue(context.await(10_000, c -> !c.frames().isEmpty()));
        int before = context.frames().size();
        assertTrue(target.adoptSettings(Map.of("service.pid", PID, "jpegQuality", 10)));
        assertTrue("pictures go on", context.await(10_000, c -> c.frames().size() > before));
        assertTrue("in the same call", thread.isAlive());
        assertEquals(List.of(), context.signals());
        context.stop();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(thread.isAlive());
    }

    @Test
    public void theDescriptionNamesTheConfigurationAndWhatIsWrongWithIt() {
        DeviceSettings plain = create(Map.of()).readDeviceSettings();
        assertEquals("the first change adds one for this target", Optional.empty(), plain.configuration().orElseThrow().pid());
        assertEquals(Map.of("kvm.target", "default"), plain.configuration().orElseThrow().initialValues());
        DeviceSettings wrong = create(Map.of("service.pid", PID, "fps", 61)).readDeviceSettings();
        assertEquals(Optional.of(PID), wrong.configuration().orElseThrow().pid());
        assertEquals(PID + ": fps is '61'; it has to be a whole number from 1 to 60.", wrong.problem());
        assertThrows(BadValueException.class, () -> create(Map.of()).checkDeviceValues(Map.of("fps", "0")));
    }
}
