package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Two capture devices serve one target under a connected viewer; the better one gets and loses its source. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CaptureFailoverIT {

    private static final String TARGET = "/api/v1/targets/default/";
    private static final String VIRTUAL_SIZE = "\"width\":1280";
    private static final String SWITCHABLE_SIZE = "\"width\":" + SwitchableCapture.WIDTH;

    @Inject
    private BundleContext context;
    private Client.Socket control;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Test
    public void theBetterDeviceIsShownWhileItHasASourceAndTheOtherWhileItHasNone() throws Exception {
        Client client = new Running(context).client();
        Client.Socket video = client.socket(TARGET + "video", "catseye.video.v1");
        control = client.socket(TARGET + "control", "catseye.control.v1");
        try {
            assertNotNull("the virtual target", liveState(VIRTUAL_SIZE));
            try (SwitchableCapture better = new SwitchableCapture(context)) {
                String other = liveState("has no source");
                assertNotNull("the better one has no source", other);
                assertTrue(other, other.contains(VIRTUAL_SIZE) && other.contains("because switchable has no source") && other.contains("\"stale\":false"));
                assertEquals(200, client.bytes(TARGET + "snapshot.jpeg").statusCode());
                better.plug(true);
                assertNotNull("the better one", liveState(SWITCHABLE_SIZE));
                better.plug(false);
                assertNotNull("the other one again, two seconds later", liveState(VIRTUAL_SIZE));
                better.plug(true);
                assertNotNull("and back", liveState(SWITCHABLE_SIZE));
            }
            String alone = liveState(VIRTUAL_SIZE);
            assertTrue(alone, alone != null && alone.contains("\"reason\":\"The picture is live.\""));
            assertTrue("no viewer had to connect again", video.open() && control.open());
        } finally {
            video.close();
            control.close();
        }
    }

    private String liveState(String part) throws InterruptedException {
        return control.text(text -> text.contains("\"type\":\"state\"") && text.contains("\"state\":\"LIVE\"") && text.contains(part));
    }
}
