package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Targets that configuration files add and remove, under a connected viewer. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SeveralTargetsIT {

    private static final String PID = "org.catseye.virtual.target";
    private static final String TARGETS = "/api/v1/targets";

    @Inject
    private BundleContext context;
    private Client client;
    private Client.Socket control;
    private Path second;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Before
    public void connect() throws Exception {
        client = new Running(context).client();
        control = client.socket(TARGETS + "/default/control", "catseye.control.v1");
        second = Path.of(context.getProperty("catseye.home"), "config", PID + "~two.cfg");
    }

    @After
    public void disconnect() throws IOException {
        control.close();
        Files.deleteIfExists(second);
    }

    private String targets(String part) throws InterruptedException {
        return control.text(text -> text.contains("\"type\":\"targets\"") && text.contains(part));
    }

    private void awaitSnapshot(String target, int status) throws Exception {
        Running.await(target + " answers " + status, () -> client.bytes(TARGETS + "/" + target + "/snapshot.jpeg").statusCode() == status ? "yes" : null);
    }

    @Test
    public void aSecondVirtualComputerComesAndGoesBesideTheFirst() throws Exception {
        awaitSnapshot("default", 200);
        Files.writeString(second, "kvm.target = bay9\nkvm.label = Second\n");
        assertNotNull("an open page learns of it", targets("\"bay9\""));
        awaitSnapshot("bay9", 200);
        assertEquals("the first one goes on", 200, client.bytes(TARGETS + "/default/snapshot.jpeg").statusCode());
        Client.Socket viewer = client.socket(TARGETS + "/bay9/control", "catseye.control.v1");
        assertNotNull("a viewer of the second", viewer.text(text -> text.contains("\"state\":\"LIVE\"")));
        Files.delete(second);
        String rest = targets("{\"type\":\"targets\",\"targets\":[{\"id\":\"default\"");
        assertTrue(rest, rest != null && !rest.contains("bay9"));
        assertTrue("although its viewer is connected", viewer.open());
        assertNotNull("its page learns of it, too", viewer.text(text -> text.contains("\"type\":\"targets\"") && !text.contains("bay9")));
        assertTrue("nobody is offered it", !client.send("GET", TARGETS, "").body().contains("bay9"));
        viewer.close();
        awaitSnapshot("bay9", 404);
    }

    @Test
    public void aSettingThatDoesNotExistIsInTheSelfCheckOfItsTarget() throws Exception {
        Files.writeString(second, "kvm.target = bay9\nfsp = 5\n");
        Running.await("the self-check", () -> {
            String checks = client.send("GET", TARGETS + "/bay9/checks", "").body();
            return checks.contains("There is no setting fsp, so it has no effect.") && checks.contains("Did you mean fps?") ? "named" : null;
        });
        assertTrue("only there", !client.send("GET", TARGETS + "/default/checks", "").body().contains("fsp"));
    }
}
