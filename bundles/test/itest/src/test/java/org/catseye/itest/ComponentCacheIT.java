package org.catseye.itest;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Declarative Services stores at its end which components it has read, for the next start. A damaged file costs only time. */
public class ComponentCacheIT {

    private static final String FILE = "componentMetadataStore";
    private Device device;

    @Before
    public void startDevice() throws Exception {
        device = new Device();
        device.start();
        device.awaitReady();
    }

    @After
    public void stopDevice() throws Exception {
        device.stop();
    }

    @Test
    public void theComponentsAreStoredAndADamagedFileKeepsNobodyOut() throws Exception {
        endProcess();
        Path file = findStoredComponents();
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[whole.length], new byte[0])) {
            Files.write(file, damaged);
            device.start();
            device.awaitReady();
            assertTrue(Files.readString(device.output()), device.opens(Product.PASSWORD));
            endProcess();
            findStoredComponents();
        }
    }

    /** With the signal that a service manager sends. */
    private void endProcess() throws Exception {
        ProcessHandle process = ProcessHandle.of(device.processId()).orElseThrow();
        assertTrue(process.destroy());
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    private Path findStoredComponents() throws IOException {
        try (Stream<Path> files = Files.walk(device.home().resolve("cache"))) {
            Path file = files.filter(found -> found.endsWith(FILE)).findFirst().orElseThrow(() -> new AssertionError("nothing was stored"));
            assertTrue("our components are in it", Files.readString(file, StandardCharsets.ISO_8859_1).contains("org.catseye.web.gate"));
            return file;
        }
    }
}
