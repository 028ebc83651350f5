package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Bundles are stopped, updated and started under a connected viewer who types: the sockets stay, the picture comes back. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapIT {

    private static final String TARGET = "/api/v1/targets/default/";

    @Inject
    private BundleContext context;
    private Running running;
    private Client client;
    private Client.Socket video;
    private Client.Socket control;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Before
    public void connect() throws Exception {
        running = new Running(context);
        client = running.client();
        video = client.socket(TARGET + "video", "catseye.video.v1");
        control = client.socket(TARGET + "control", "catseye.control.v1");
        assertNotNull("state comes at once", control.text(text -> text.contains("\"type\":\"state\"")));
        assertTypingWorks();
    }

    @After
    public void disconnect() {
        video.close();
        control.close();
    }

    @Test
    public void theDriverIsStoppedAndStarted() throws Exception {
        running.bundle("org.catseye.virtual").stop();
        assertNotNull("the state says so", state("\"state\":\"NO_DEVICE\""));
        assertNotNull("a picture in words comes", video.freshFrame());
        assertEquals(503, client.bytes(TARGET + "snapshot.jpeg").statusCode());
        running.bundle("org.catseye.virtual").start();
        assertNotNull("and live again", state("\"state\":\"LIVE\""));
        assertAllIsWell();
    }

    @Test
    public void theDriverIsUpdated() throws Exception {
        running.update("org.catseye.virtual");
        assertAllIsWell();
    }

    @Test
    public void theVideoHubIsUpdated() throws Exception {
        running.update("org.catseye.core.video");
        assertAllIsWell();
    }

    @Test
    public void theHidHubIsStoppedAndStarted() throws Exception {
        running.bundle("org.catseye.core.hid").stop();
        assertNotNull("the state says so", state("\"state\":\"ABSENT\""));
        assertNotNull("pictures go on or stand still, the socket is open", client.bytes(TARGET + "snapshot.jpeg"));
        running.bundle("org.catseye.core.hid").start();
        assertNotNull("ready again", state("\"state\":\"READY\""));
        assertAllIsWell();
    }

    @Test
    public void theControlChannelIsStoppedAndStarted() throws Exception {
        running.bundle("org.catseye.web.control").stop();
        control.say("{\"type\":\"ping\",\"id\":1}");
        assertNotNull("answered in words", control.text(text -> text.contains("\"unavailable\"")));
        running.bundle("org.catseye.web.control").start();
        assertAllIsWell();
    }

    @Test
    public void thePageAndTheResourcesAreUpdated() throws Exception {
        running.update("org.catseye.web.ui");
        running.update("org.catseye.web.rest");
        Running.await("the page", () -> client.send("GET", "/", "").statusCode() == 200 ? "page" : null);
        assertAllIsWell();
    }

    @Test
    public void theTargetsAreUpdated() throws Exception {
        running.update("org.catseye.core.targets");
        assertAllIsWell();
    }

    @Test
    public void theSocketBundleGoesAndEverybodyConnectsAgain() throws Exception {
        running.bundle("org.catseye.web.socket").stop();
        assertTrue("video is closed", video.awaitClosed());
        assertTrue("control is closed", control.awaitClosed());
        running.bundle("org.catseye.web.socket").start();
        video = Running.await("the video socket", () -> client.socket(TARGET + "video", "catseye.video.v1"));
        control = client.socket(TARGET + "control", "catseye.control.v1");
        assertAllIsWell();
    }

    @Test
    public void loggingOutClosesTheSockets() throws Exception {
        assertEquals(200, client.send("DELETE", "/api/v1/session", "").statusCode() / 100 * 100);
        assertTrue("video: " + video.closeReason(), video.awaitClosed());
        assertTrue("control: " + control.closeReason(), control.awaitClosed());
        assertEquals(401, client.bytes(TARGET + "snapshot.jpeg").statusCode());
    }

    private String state(String part) throws InterruptedException {
        return control.text(text -> text.contains("\"type\":\"state\"") && text.contains(part));
    }

    private void assertAllIsWell() throws Exception {
        assertTrue("the video socket is open: " + video.closeReason(), video.open());
        assertTrue("the control socket is open: " + control.closeReason(), control.open());
        Running.await("a live picture", () -> client.bytes(TARGET + "snapshot.jpeg").statusCode() == 200 ? "live" : null);
        assertTypingWorks();
    }

    /** A key makes the picture move: a frame comes over the socket after it. */
    private void assertTypingWorks() throws Exception {
        Running.await("a frame after a key", () -> {
            control.say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":false}");
            return video.freshFrame();
        });
    }
}
