package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import javax.inject.Inject;
import org.catseye.testkit.Slapd;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** The file of users and a real OpenLDAP, stopped and started under people who log in. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AuthenticatorsIT {

    private static final String FILE = "org.catseye.auth.file";
    private static final String LDAP = "org.catseye.auth.ldap";
    private static final String TARGET = "/api/v1/targets/default/";

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin configurations;
    private Running running;

    /** The directory runs beside the framework and ends with the test's JVM. */
    @Configuration
    public Option[] config() throws IOException, InterruptedException {
        if (!Slapd.installed()) {
            return Product.with("virtual-target", "ldap");
        }
        Slapd slapd = new Slapd(Files.createTempDirectory(Files.createDirectories(Path.of(System.getProperty("catseye.itest.homes"))), "slapd"));
        return Product.configured(Map.of(LDAP, """
                servers = ["%s"]
                caFile = %s
                bindDn = %s
                bindPassword = %s
                userBase = %s
                groupBase = %s
                groupRoles = ["cn=watchers,%6$s => *:VIEW", "cn=admins,%6$s => admin"]
                """.formatted(slapd.secureAddress(), slapd.certificate(), Slapd.ACCOUNT, Slapd.ACCOUNT_PASSWORD, Slapd.PEOPLE, Slapd.GROUPS)), "virtual-target", "ldap");
    }

    @Before
    public void start() throws Exception {
        assumeTrue("slapd and openssl are installed", Files.isExecutable(Path.of("/usr/sbin/slapd")) && Files.isExecutable(Path.of("/usr/bin/openssl")));
        running = new Running(context);
        running.client();
        Running.await("the directory is offered", () -> context.getServiceReferences("org.catseye.access.spi.Authenticator", "(catseye.authenticator=ldap)") == null ? null : "there");
    }

    private HttpResponse<String> login(String user, String password) throws Exception {
        return new Client(running.plainOrigin()).send("POST", "/api/v1/session", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    private Client client(String user) throws Exception {
        return new Client(running.plainOrigin()).login(user, "blue tulips sing");
    }

    @Test
    public void eachLetsItsOwnUsersInWhileTheOtherIsStopped() throws Exception {
        assertEquals(200, login("ann", "blue tulips sing").statusCode());
        assertEquals(401, login("ann", "wrong").statusCode());

        running.bundle(FILE).stop();
        assertEquals("the directory is still there", 200, login("bob", "blue tulips sing").statusCode());
        assertEquals("and knows no admin of the device", 401, login("admin", Product.PASSWORD).statusCode());

        running.bundle(LDAP).stop();
        HttpResponse<String> nobodyAsked = login("bob", "blue tulips sing");
        assertEquals(503, nobodyAsked.statusCode());
        assertTrue(nobodyAsked.body(), nobodyAsked.body().contains("recover"));
        assertEquals(503, login("admin", Product.PASSWORD).statusCode());
        assertEquals("not up for grabs", 409, new Client(running.plainOrigin()).send("POST", "/api/v1/setup", "{\"token\":\"x\",\"password\":\"four odd new words\"}").statusCode());

        running.bundle(FILE).start();
        assertEquals(200, login("admin", Product.PASSWORD).statusCode());
        assertEquals(401, login("bob", "blue tulips sing").statusCode());
        running.bundle(LDAP).start();
        assertEquals(200, login("bob", "blue tulips sing").statusCode());
    }

    @Test
    public void anUpdateOfEitherDisturbsNobodyWhoWatches() throws Exception {
        Client ann = client("ann");
        Client admin = running.client();
        Client.Socket hers = ann.socket(TARGET + "control", "catseye.control.v1");
        Client.Socket his = admin.socket(TARGET + "control", "catseye.control.v1");
        assertNotNull(hers.text(text -> text.contains("\"permissions\":[\"VIEW\"]")));
        running.update(FILE);
        running.update(LDAP);
        assertEquals("new ones get in", 200, login("ann", "blue tulips sing").statusCode());
        hers.say("{\"type\":\"ping\",\"id\":1}");
        his.say("{\"type\":\"ping\",\"id\":1}");
        assertNotNull("hers is open: " + hers.closeReason(), hers.text(text -> text.contains("\"pong\"")));
        assertNotNull("his is open: " + his.closeReason(), his.text(text -> text.contains("\"pong\"")));
        assertTrue(admin.send("GET", "/api/v1/sessions", "").body().contains("\"authenticator\":\"ldap\""));
        hers.close();
        his.close();
    }

    @Test
    public void whoSeesAndMayDoWhatIsDecidedByTheGroups() throws Exception {
        Client ann = client("ann");
        assertEquals(403, ann.send("GET", "/api/v1/users", "").statusCode());
        assertEquals("kept elsewhere", 404, ann.send("GET", "/api/v1/users/ann", "").statusCode());
        assertEquals(200, client("bob").send("GET", "/api/v1/users", "").statusCode());
    }

    @Test
    public void aChangedConfigurationCountsAtOnceAndABadOneLetsNobodyOfTheDirectoryIn() throws Exception {
        Dictionary<String, Object> good = configurations.getConfiguration(LDAP, "?").getProperties();
        assertEquals(200, login("bob", "blue tulips sing").statusCode());
        Object before = offered();
        change(good, "groupRoles", new String[] {"cn=watchers," + Slapd.GROUPS + " => *:VIEW"});
        Running.await("it is offered anew", () -> offered() == null || offered().equals(before) ? null : "anew");
        assertEquals("his group may do nothing any more", 401, unbraked("bob"));
        assertEquals(200, unbraked("ann"));
        change(good, "userBase", "no dn");
        Running.await("it is withdrawn", () -> offered() == null ? "gone" : null);
        assertEquals(401, unbraked("ann"));
        configurations.getConfiguration(LDAP, "?").update(good);
        Running.await("it is offered again", () -> offered() != null ? "there" : null);
        assertEquals(200, unbraked("bob"));
    }

    private Object offered() throws Exception {
        ServiceReference<?>[] found = context.getServiceReferences("org.catseye.access.spi.Authenticator", "(catseye.authenticator=ldap)");
        return found == null ? null : found[0].getProperty(Constants.SERVICE_ID);
    }

    private void change(Dictionary<String, Object> from, String key, Object value) throws IOException {
        Dictionary<String, Object> changed = new Hashtable<>();
        for (String one : Collections.list(from.keys())) {
            changed.put(one, from.get(one));
        }
        changed.put(key, value);
        configurations.getConfiguration(LDAP, "?").update(changed);
    }

    /** The answer to a login with the right password, once the brake on guessing lets it be looked at. */
    private int unbraked(String user) throws Exception {
        return Running.await("an answer", () -> {
            int status = login(user, "blue tulips sing").statusCode();
            return status == 429 ? null : status;
        });
    }

    @Test
    public void theLibraryIsABundleOfItsOwn() {
        assertEquals("7.0.5", running.bundle("com.unboundid.ldap.sdk").getHeaders().get(Constants.BUNDLE_VERSION));
    }
}
