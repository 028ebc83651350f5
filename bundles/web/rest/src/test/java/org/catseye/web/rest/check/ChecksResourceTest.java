package org.catseye.web.rest.check;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.video.VideoState;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.dispatch.Dispatchers;
import org.catseye.web.rest.dispatch.TargetServlet;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

public class ChecksResourceTest {

    private static final String CHECKS = "/api/v1/targets/bay1/checks";
    /** For devices that hang. */
    private static final long IMPATIENT_MILLIS = 500;
    /** For those that answer, on a machine that has much to do. */
    private static final long PATIENT_MILLIS = 20_000;

    private final Wired wired = new Wired();
    private final Recorder<Audit> audit = new Recorder<>(Audit.class);
    private final SelfChecks checks = new SelfChecks();
    private TargetServlet servlet = servlet(PATIENT_MILLIS, PATIENT_MILLIS);
    private final Session typist = wired.access.open("t", "ann");
    private final FakeCheck keyboard = new FakeCheck();
    private long services;

    public ChecksResourceTest() {
        wired.access.allow(typist, Permission.CONTROL, "bay1");
        add(keyboard, Map.of(Constants.SERVICE_PID, "org.acme.keys~bay1"));
    }

    @After
    public void letGo() {
        keyboard.gate.countDown();
        checks.deactivate();
    }

    private ServiceReference<SelfCheck> add(SelfCheck check, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(Map.of(Target.ID, "bay1", Target.LABEL, "The keys", Constants.SERVICE_ID, ++services));
        all.putAll(properties);
        ServiceReference<SelfCheck> reference = Wired.reference((int) services, all);
        checks.addCheck(reference, check);
        wired.addCheck(reference);
        return reference;
    }

    private TargetServlet servlet(long look, long act) {
        return Dispatchers.withResource(wired, "checks", new ChecksResource(checks, wired.targets, wired.access, audit.service, look, act));
    }

    private FakeExchange ask(Session session, String method, String path) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, session);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private JsonNode list() throws IOException {
        FakeExchange exchange = ask(typist, "GET", CHECKS);
        assertEquals(exchange.text(), 200, exchange.status());
        return ApiServlet.JSON.readTree(exchange.text());
    }

    private FakeExchange act(String check, String action) throws IOException {
        return ask(typist, "POST", CHECKS + "/" + check + "/actions/" + action);
    }

    private static class FakeCheck implements SelfCheck {
        final CountDownLatch gate = new CountDownLatch(1);
        final List<String> done = Collections.synchronizedList(new ArrayList<>());
        volatile boolean hangs;
        volatile RuntimeException broken;
        volatile IOException refusal;
        volatile int threads;

        void pass() {
            if (hangs) {
                threads++;
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            if (broken != null) {
                throw broken;
            }
        }

        @Override
        public String title() {
            return "USB keyboard";
        }

        @Override
        public List<Item> checkItems() {
            pass();
            return List.of(Item.passed("Port", "\"fe980000.usb\""), Item.failed("Node", "It is not there.", "Run it."));
        }

        @Override
        public List<Action> availableActions() {
            return List.of(new Action("replug", "Unplug", "For a second."), new Action("reset", "Reset", "All of it.", Permission.ADMIN));
        }

        @Override
        public void performAction(String id) throws IOException {
            pass();
            if (refusal != null) {
                throw refusal;
            }
            done.add(id);
        }
    }

    @Test
    public void whatADeviceFindsIsListedWithWhatToDo() throws IOException {
        assertEquals("[{\"id\":\"org.acme.keys~bay1\",\"title\":\"USB keyboard\","
                + "\"items\":[{\"name\":\"Port\",\"ok\":true,\"description\":\"\\\"fe980000.usb\\\"\",\"remedy\":\"\"},"
                + "{\"name\":\"Node\",\"ok\":false,\"description\":\"It is not there.\",\"remedy\":\"Run it.\"}],"
                + "\"actions\":[{\"id\":\"replug\",\"label\":\"Unplug\",\"description\":\"For a second.\"}]}]", ask(typist, "GET", CHECKS).text());
    }

    @Test
    public void aWrongSettingIsTheLastThingSaidAndOnlyOnce() throws IOException {
        String words = "org.acme.grabber~bay1: width is 'abc'; it has to be a number";
        VideoState state = new VideoState(VideoState.Condition.MISCONFIGURED, words, Optional.empty(), 0, 0, 0, 0);
        wired.addHub(1, "bay1", state);
        assertEquals(2, list().size());
        assertEquals("settings", list().at("/1/id").textValue());
        assertEquals(words, list().at("/1/items/0/description").textValue());
        assertFalse(list().at("/1/items/0/ok").booleanValue());
        add(new FakeCheck() {
            @Override
            public List<Item> checkItems() {
                return List.of(Item.failed("Settings", words, "Correct it."));
            }
        }, Map.of(Constants.SERVICE_PID, "org.acme.grabber~bay1"));
        assertEquals(2, list().size());
        assertEquals("the device says it itself", "org.acme.grabber~bay1", list().at("/1/id").textValue());
    }

    @Test
    public void anActionIsDoneAndAudited() throws IOException {
        assertEquals(204, act("org.acme.keys~bay1", "replug").status());
        assertEquals(List.of("replug"), keyboard.done);
        assertEquals(1, audit.calls.size());
        assertTrue(audit.calls.get(0), audit.calls.get(0).startsWith("record check.action ann 192.0.2.7 {"));
        for (String detail : List.of("target=bay1", "check=org.acme.keys~bay1", "tried=replug", "result=done")) {
            assertTrue(detail, audit.calls.get(0).contains(detail));
        }
    }

    @Test
    public void anActionNeedsTheRightThatItNames() throws IOException {
        assertEquals(403, act("org.acme.keys~bay1", "reset").status());
        Session admin = wired.access.open("a", "root");
        wired.access.allow(admin, Permission.ADMIN, "*");
        assertEquals("no right on the target", 403, ask(admin, "POST", CHECKS + "/org.acme.keys~bay1/actions/replug").status());
        wired.access.allow(admin, Permission.CONTROL, "bay1");
        assertEquals(204, ask(admin, "POST", CHECKS + "/org.acme.keys~bay1/actions/reset").status());
        assertEquals(List.of("reset"), keyboard.done);
    }

    @Test
    public void anActionForAdministratorsNeedsARecentProofAndAnyOtherDoesNot() throws IOException {
        wired.access.allow(typist, Permission.ADMIN, "*");
        wired.access.ageProof(typist);
        FakeExchange refused = act("org.acme.keys~bay1", "reset");
        assertEquals(403, refused.status());
        assertTrue(refused.text(), refused.text().contains("\"proof_required\""));
        assertEquals(204, act("org.acme.keys~bay1", "replug").status());
        assertEquals(List.of("replug"), keyboard.done);
    }

    @Test
    public void actionsAreListedForThoseWhoMayDoThem() throws IOException {
        assertEquals(1, list().at("/0/actions").size());
        wired.access.allow(typist, Permission.ADMIN, "*");
        assertEquals("reset", list().at("/0/actions/1/id").textValue());
    }

    @Test
    public void whoMayNotControlTheTargetLearnsNothing() throws IOException {
        Session viewer = wired.access.open("v", "eve");
        wired.access.allow(viewer, Permission.VIEW, "*");
        wired.access.allow(viewer, Permission.CONTROL, "bay2");
        assertEquals(403, ask(viewer, "GET", CHECKS).status());
        String there = ask(viewer, "POST", CHECKS + "/org.acme.keys~bay1/actions/replug").text();
        assertEquals("whether there is such a device", there, ask(viewer, "POST", CHECKS + "/nothing/actions/replug").text());
        assertEquals(401, ask(null, "GET", CHECKS).status());
        assertEquals(List.of(), keyboard.done);
    }

    @Test
    public void garbageIsRefusedInWords() throws IOException {
        for (String path : List.of("/nothing/actions/replug", "/org.acme.keys~bay1/actions/nothing", "/org.acme.keys~bay1/actions/%00", "/%2e%2e%2f/actions/replug",
                "/org.acme.keys~bay1/actions/%zz", "/org.acme.keys~bay1/actions/", "/org.acme.keys~bay1", "/")) {
            FakeExchange exchange = ask(typist, "POST", CHECKS + path);
            assertEquals(path, 404, exchange.status());
            assertTrue(path, exchange.text().contains("\"message\":\"There is no"));
        }
        assertEquals(405, ask(typist, "DELETE", CHECKS).status());
        assertEquals(405, ask(typist, "GET", CHECKS + "/org.acme.keys~bay1/actions/replug").status());
        Session everywhere = wired.access.open("e", "ann");
        wired.access.allow(everywhere, Permission.CONTROL, "*");
        assertEquals(404, ask(everywhere, "GET", "/api/v1/targets/nowhere/checks").status());
        assertEquals(404, ask(everywhere, "GET", "/api/v1/targets/%0a/checks").status());
        assertEquals(List.of(), keyboard.done);
        assertEquals(List.of(), audit.calls);
    }

    @Test
    public void aTargetWithoutSuchDevicesHasAnEmptyList() throws IOException {
        wired.addHub(1, "bay2", Wired.live(1280));
        wired.access.allow(typist, Permission.CONTROL, "bay2");
        assertEquals("[]", ask(typist, "GET", "/api/v1/targets/bay2/checks").text());
    }

    @Test
    public void aCheckThatHangsIsShownAsBrokenBesideTheOthersAndCostsOneThread() throws IOException {
        add(new FakeCheck(), Map.of(Constants.SERVICE_PID, "org.acme.other"));
        keyboard.hangs = true;
        servlet = servlet(IMPATIENT_MILLIS, PATIENT_MILLIS);
        for (int i = 0; i < 3; i++) {
            JsonNode found = list();
            assertEquals("The keys", found.at("/0/title").textValue());
            assertFalse(found.at("/0/items/0/ok").booleanValue());
            assertEquals("The device's self-check did not answer in time.", found.at("/0/items/0/description").textValue());
            assertEquals(2, found.at("/1/items").size());
        }
        assertEquals(404, act("org.acme.keys~bay1", "replug").status());
        assertEquals(1, keyboard.threads);
        keyboard.hangs = false;
        keyboard.gate.countDown();
        assertEquals(2, list().at("/0/items").size());
    }

    @Test
    public void aCheckThatThrowsIsShownAsBroken() throws IOException {
        keyboard.broken = new IllegalStateException("oops");
        assertEquals("The device's self-check failed: java.lang.IllegalStateException: oops.", list().at("/0/items/0/description").textValue());
        add(new FakeCheck() {
            @Override
            public List<Item> checkItems() {
                throw new NoClassDefFoundError("gone");
            }
        }, Map.of());
        assertTrue(list().at("/1/items/0/description").textValue().contains("NoClassDefFoundError"));
        add(new FakeCheck() {
            @Override
            public List<Item> checkItems() {
                return null;
            }
        }, Map.of());
        assertFalse(list().at("/2/items/0/ok").booleanValue());
    }

    @Test
    public void anActionThatDoesNotWorkSaysWhyAndIsAudited() throws IOException {
        keyboard.refusal = new IOException("the controller is gone");
        FakeExchange refused = act("org.acme.keys~bay1", "replug");
        assertEquals(502, refused.status());
        assertTrue(refused.text(), refused.text().contains("This did not work: the controller is gone."));
        assertTrue(audit.calls.toString(), audit.calls.get(0).contains("the controller is gone"));
    }

    @Test
    public void oneActionIsUnderWayAtATime() throws Exception {
        servlet = servlet(PATIENT_MILLIS, IMPATIENT_MILLIS);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        add(new FakeCheck() {
            @Override
            public void performAction(String id) throws IOException {
                begun.countDown();
                try {
                    assertTrue(end.await(10, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }, Map.of(Constants.SERVICE_PID, "slow"));
        ExecutorService another = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> first = another.submit(() -> act("slow", "replug").status());
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            FakeExchange second = act("slow", "replug");
            assertEquals(409, second.status());
            assertEquals("the first is given up, not the device", 502, (int) first.get(10, TimeUnit.SECONDS));
            assertEquals("it is still at it", 409, act("slow", "replug").status());
            end.countDown();
            int status = 409;
            for (long stop = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); status == 409 && System.nanoTime() < stop;) {
                status = act("slow", "replug").status();
            }
            assertEquals(204, status);
        } finally {
            end.countDown();
            another.shutdownNow();
        }
    }

    @Test
    public void anIdIsThePidOrTheBundlesNameWhateverElseComesAndGoes() {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> "org.acme.bundle");
        ServiceReference<SelfCheck> one = add(keyboard, Map.of("bundle", bundle));
        add(keyboard, Map.of(Constants.SERVICE_PID, new String[] {"a b/c\u00e9?", "x"}));
        add(keyboard, Map.of("bundle", bundle));
        add(keyboard, Map.of());
        add(keyboard, Map.of(Constants.SERVICE_PID, List.of("listed"), Target.ID, "bay2"));
        assertEquals(List.of("org.acme.keys~bay1", "org.acme.bundle", "a-b-c--", "org.acme.bundle-2", "device"), List.copyOf(checks.findDevices("bay1").keySet()));
        assertEquals(List.of("listed"), List.copyOf(checks.findDevices("bay2").keySet()));
        checks.removeCheck(one);
        assertEquals(List.of("org.acme.keys~bay1", "a-b-c--", "org.acme.bundle", "device"), List.copyOf(checks.findDevices("bay1").keySet()));
    }

    @Test
    public void aStoppedBundleSaysSo() throws IOException {
        checks.deactivate();
        assertEquals("Catseye's web server is being stopped.", list().at("/0/items/0/description").textValue());
    }
}
