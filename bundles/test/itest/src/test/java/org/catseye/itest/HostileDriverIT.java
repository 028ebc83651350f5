package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.inject.Inject;
import org.catseye.itest.HostileCapture.Harm;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Drivers that do harm, all at once: each costs its own target its picture, and says why; the others go on. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HostileDriverIT {

    private static final String TARGETS = "/api/v1/targets";
    private static final Map<Harm, String> REASONS = new EnumMap<>(Map.of(
        Harm.GARBAGE, "delivers data that is no JPEG picture",
        Harm.GIANT_FRAMES, "is beyond the limit of 8 MiB",
        Harm.GIANT_SIZE, "reports a picture of 65535 x 65535 pixels",
        Harm.KEPT_SLOTS, "keeps the memory of pictures that it does not deliver",
        Harm.NO_REASON, "failed in an unexpected way (NullPointerException)",
        Harm.EXCEPTIONS, "failed in an unexpected way (StackOverflowError)"));

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Test
    public void eachCostsItsOwnTargetAPictureAndNobodyElseAnything() throws Exception {
        Client client = new Running(context).client();
        Client.Socket video = client.socket(TARGETS + "/default/video", "catseye.video.v1");
        Client.Socket control = client.socket(TARGETS + "/default/control", "catseye.control.v1");
        Map<Harm, HostileCapture> drivers = new EnumMap<>(Harm.class);
        try {
            for (Harm harm : Harm.values()) {
                drivers.put(harm, new HostileCapture(context, harm));
            }
            for (Harm harm : REASONS.keySet()) {
                Running.await(harm + ": " + REASONS.get(harm), () -> client.send("GET", TARGETS + "/" + HostileCapture.target(harm) + "/snapshot.jpeg", "").body()
                    .contains(REASONS.get(harm)) ? "said" : null);
            }
            assertTrue("reasons are cut", client.send("GET", TARGETS, "").body().length() < 100_000);
            assertAllIsWell(client, video, control);
            for (Harm harm : Harm.values()) {
                drivers.get(harm).remove();
            }
            Running.await("their targets are gone", () -> client.send("GET", TARGETS, "").body().contains("bad-") ? null : "gone");
            String checks = client.send("GET", TARGETS + "/default/checks", "").body();
            assertTrue(checks, checks.contains("The driver of hostile (target bad-spinning) was stopped, but its thread is still running"));
            assertTrue(checks, checks.contains("The driver of hostile (target bad-deaf) was stopped, but its thread is still running"));
            assertFalse("the others have ended", checks.contains("(target bad-garbage)"));
            assertAllIsWell(client, video, control);
        } finally {
            drivers.values().forEach(HostileCapture::close);
            video.close();
            control.close();
        }
        Running.await("no problem is left", () -> client.send("GET", TARGETS + "/default/checks", "").body().contains("hostile") ? null : "none");
    }

    private static void assertAllIsWell(Client client, Client.Socket video, Client.Socket control) throws Exception {
        assertEquals(200, client.bytes(TARGETS + "/default/snapshot.jpeg").statusCode());
        assertEquals(200, client.send("GET", "/api/v1/health", "").statusCode());
        control.say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":false}");
        assertNotNull("a key moves the picture", video.freshFrame());
        assertTrue("nobody had to connect again", video.open() && control.open());
    }
}
