package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** Somebody watches while somebody else sets what cannot be: the form refuses it; from a file its words reach everybody, until it is right. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WrongSettingIT {

    private static final String PID = "org.catseye.virtual.target";
    private static final String TARGET = "/api/v1/targets/default/";
    private static final String ACCESS = "org.catseye.core.access";
    private static final String FORM = "/system/console/configMgr/";

    @Inject
    private BundleContext context;
    private Client client;
    private Client.Socket video;
    private Client.Socket control;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Before
    public void connect() throws Exception {
        client = new Running(context).client();
        video = client.socket(TARGET + "video", "catseye.video.v1");
        control = client.socket(TARGET + "control", "catseye.control.v1");
        assertNotNull("live", state("\"state\":\"LIVE\""));
    }

    @After
    public void disconnect() {
        video.close();
        control.close();
    }

    private HttpResponse<String> save(String pid, String key, String value) throws Exception {
        return client.form(FORM + pid, "apply=true&action=ajaxConfigManager&propertylist=" + key + "&" + key + "=" + value);
    }

    private String state(String part) throws InterruptedException {
        return control.text(text -> text.contains("\"type\":\"state\"") && text.contains(part));
    }

    private Path file(String pid) {
        return Path.of(context.getProperty("catseye.home"), "config", pid + ".cfg");
    }

    private String text(String pid) throws IOException {
        return Files.exists(file(pid)) ? Files.readString(file(pid)) : "";
    }

    @Test
    public void theFormRefusesItWithWordsAndNothingChanges() throws Exception {
        String before = text(PID);
        HttpResponse<String> refused = save(PID, "fps", "abc");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains(PID + ": fps is 'abc'; it has to be a whole number from 1 to 60"));
        assertEquals(before, text(PID));
        assertEquals("who watches goes on", 200, client.bytes(TARGET + "snapshot.jpeg").statusCode());
        HttpResponse<String> ofTheGate = save("org.catseye.web.gate", "strictTransportDays", "abc");
        assertEquals(400, ofTheGate.statusCode());
        assertTrue(ofTheGate.body(), ofTheGate.body().contains("org.catseye.web.gate: strictTransportDays is 'abc'; it has to be a whole number"));
        assertFalse(text("org.catseye.web.gate").contains("abc"));
    }

    /** A login that overlapped the change of these settings was lost, and everybody's sockets closed. */
    @Test
    public void aLoginDuringAChangeOfTheAccessSettingsStaysAndNoSocketCloses() throws Exception {
        for (int round = 0; round < 8; round++) {
            assertEquals(302, save(ACCESS, "idleHours", String.valueOf(20 + round)).statusCode());
            Client login = new Client(client.origin().toString()).login(Product.PASSWORD);
            for (int request = 0; request < 10; request++) {
                assertEquals("round " + round + ", request " + request, 200, login.send("GET", "/api/v1/session", "").statusCode());
            }
            assertEquals("the older one", 200, client.send("GET", "/api/v1/session", "").statusCode());
        }
        assertTrue(video.open() && control.open());
    }

    @Test
    public void fromAFileItsWordsReachEverybodyUntilTheFormMendsIt() throws Exception {
        String words = PID + ": fps is 'abc'; it has to be a whole number from 1 to 60";
        Files.writeString(file(PID), "\nfps = abc\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String said = state("\"misconfigured\":true");
        assertNotNull("the state says so", said);
        assertTrue(said, said.contains(words));
        assertTrue("the list of targets", client.send("GET", "/api/v1/targets", "").body().contains(words));
        assertTrue("the self-check", client.send("GET", TARGET + "checks", "").body().contains(words));
        HttpResponse<String> snapshot = client.send("GET", TARGET + "snapshot.jpeg", "");
        assertTrue(snapshot.body(), snapshot.statusCode() == 503 && snapshot.body().contains("misconfigured") && snapshot.body().contains(words));

        assertEquals(302, save(PID, "fps", "25").statusCode());
        assertNotNull("cured", state("\"state\":\"LIVE\""));
        assertEquals(200, client.bytes(TARGET + "snapshot.jpeg").statusCode());
        assertTrue("and nobody had to connect again", video.open() && control.open());
        assertFalse(client.send("GET", TARGET + "checks", "").body().contains("fps"));
    }

    @Test
    public void theDotsOfASecretInAFileAreAWrongSetting() throws Exception {
        String before = text(PID);
        String dots = "\u2022".repeat(8);
        Files.writeString(file(PID), before.replaceFirst("(?m)^fps *=.*\n", "") + "\nfps = " + dots + "#copied\n");
        String said = state("\"misconfigured\":true");
        assertTrue(said, said != null && said.contains(PID + ": fps is '" + dots + "'; it has to be a whole number from 1 to 60"));
        Files.writeString(file(PID), before);
        assertNotNull("cured", state("\"state\":\"LIVE\""));
    }

    @Test
    public void aTargetThatCannotBeIsSaidWhereItsPictureIsMissed() throws Exception {
        String before = text(PID);
        Files.writeString(file(PID), before + "\nkvm.target = b a y\n");
        String said = state("\"misconfigured\":true");
        assertTrue(said, said != null && said.contains(PID + ": kvm.target is 'b a y'; it has to be the id of a target"));
        Files.writeString(file(PID), before);
        assertNotNull("cured", state("\"state\":\"LIVE\""));
    }
}
