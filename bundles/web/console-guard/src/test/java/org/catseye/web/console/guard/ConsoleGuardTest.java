package org.catseye.web.console.guard;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.RequestGuard;
import org.catseye.web.WebContext;
import org.catseye.web.console.guard.policy.ConsolePolicy;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

public class ConsoleGuardTest {

    private static final Bundle BUNDLE = (Bundle) Proxy.newProxyInstance(ConsoleGuardTest.class.getClassLoader(), new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getSymbolicName" -> "org.example.part";
                case "getVersion" -> new Version(1, 2, 3);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private final FakeAccess access = new FakeAccess();
    private final Session admin = access.open("admin's", "root");
    private final Session viewer = access.open("viewer's", "ann");
    private final List<RequestGuard.RequestHead> asked = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();
    private Optional<RequestGuard.Refusal> refusal = Optional.empty();

    /** Identifies sessions by the first value of a made-up header, so that the test notices if headers are not passed on. */
    private final RequestGuard judge = new RequestGuard() {
        @Override
        public Verdict judgeRequest(RequestHead ask) {
            asked.add(ask);
            Optional<Session> session = ask.headers().apply("X-Token").stream().findFirst().flatMap(access::session);
            return new Verdict(session, refusal, session.filter(access::recentlyProved).isPresent());
        }

        @Override
        public Refusal refuseWithoutSession(RequestHead ask) {
            return new Refusal(302, "unauthorized", "Log in first.", "/login#next=there");
        }

        @Override
        public boolean isKnownClient(String peer, Function<String, List<String>> headers) {
            return false;
        }

        @Override
        public Client identifyClient(String peer, Function<String, List<String>> headers) {
            throw new UnsupportedOperationException("the console asks for a verdict");
        }

        @Override
        public boolean isProxy(String peer) {
            throw new UnsupportedOperationException("the console asks for a verdict");
        }
    };
    private final ConsoleGuard guard = new ConsoleGuard(judge, access, new Audit() {
        @Override
        public void record(String action, String user, String address, Map<String, String> details) {
            recorded.add(action + " " + user + " " + address + " " + new TreeMap<>(details));
        }

        @Override
        public List<Entry> newest(int most) {
            return List.of();
        }
    }, new Asked(id -> id == 12 ? BUNDLE : null));

    public ConsoleGuardTest() {
        access.allow(admin, Permission.ADMIN, "*");
        access.allow(viewer, Permission.VIEW, "*");
        access.allow(viewer, Permission.ADMIN, "bay1");
    }

    private Object authenticate(FakeExchange exchange) {
        Object user = guard.authenticate(exchange.request(), exchange.response());
        assertEquals("who is not let in has an answer", user == null, exchange.response().isCommitted());
        assertTrue(exchange.sent("Content-Security-Policy").contains("frame-ancestors 'none'"));
        assertEquals("nosniff", exchange.sent("X-Content-Type-Options"));
        return user;
    }

    @Test
    public void anAdminIsLetInAndIsTheUser() {
        FakeExchange exchange = new FakeExchange("POST", "/system/console/bundles?x=1").header("X-Token", "admin's").overTls();
        Object user = authenticate(exchange);
        assertSame(admin, user);
        assertTrue(guard.authorize(user, "any"));
        assertEquals("POST /system/console/bundles?x=1 true", asked.get(0).method() + " " + asked.get(0).target() + " " + asked.get(0).secure());
    }

    @Test
    public void aRequestThatReadsChangesNoConfiguration() {
        String page = "/system/console/configMgr/org.example";
        for (String method : List.of("GET", "HEAD")) {
            for (String query : List.of("apply=true&action=ajaxConfigManager&propertylist=a&a=1&post=true", "post=true&delete=true&apply=true",
                    "unbind=1&post=TRUE", "post=false&post=true&factoryPid=x", "p%6fst=true&apply=true")) {
                FakeExchange exchange = new FakeExchange(method, page + "?" + query).header("X-Token", "admin's");
                assertNull(method + " " + query, authenticate(exchange));
                assertEquals(method + " " + query, 405, exchange.status());
                assertEquals("console.refused root 192.0.2.7 {method=" + method + ", path=" + page + "}", recorded.remove(0));
            }
        }
        for (String query : List.of("post=true&ts=123", "post=true&create=1&ts=123", "pid=org.example", "apply=true&a=1")) {
            assertSame(query, admin, authenticate(new FakeExchange("GET", page + "?" + query).header("X-Token", "admin's")));
        }
        assertEquals(List.of(), recorded);
    }

    @Test
    public void whatIsChangedIsOnRecordAndWhatIsReadIsNot() {
        authenticate(new FakeExchange("GET", "/system/console/bundles").header("X-Token", "admin's"));
        authenticate(new FakeExchange("POST", "/system/console/bundles").header("X-Token", "viewer's"));
        authenticate(new FakeExchange("POST", "/system/console/bundles"));
        assertEquals(List.of(), recorded);
        authenticate(new FakeExchange("POST", "/system/console/configMgr/org.example?x=secret").header("X-Token", "admin's").body("text/plain", "abc"));
        assertEquals(List.of("console.changed root 192.0.2.7 {bytes=3, path=/system/console/configMgr/org.example, pid=org.example}"), recorded);
    }

    private String onRecord(FakeExchange exchange) {
        recorded.clear();
        assertSame(admin, authenticate(exchange.header("X-Token", "admin's")));
        assertEquals(1, recorded.size());
        return recorded.get(0).replaceFirst("console.changed root 192.0.2.7 \\{(.*)\\}", "$1").replaceFirst("bytes=\\d+, ", "").replaceFirst("path=/system/console/[^,]*(, |$)", "").replaceFirst(", $", "");
    }

    private static FakeExchange form(String path, String fields) {
        return new FakeExchange("POST", "/system/console/" + path).body("application/x-www-form-urlencoded; charset=UTF-8", fields);
    }

    @Test
    public void theRecordSaysWhichBundleAndWhatIsAskedOfIt() {
        assertEquals("asked=stop, bundle=org.example.part, version=1.2.3", onRecord(form("bundles/12", "action=stop")));
        assertEquals("asked=uninstall, bundle=org.example.part, version=1.2.3", onRecord(new FakeExchange("POST", "/system/console/bundles/12?action=uninstall")));
        assertEquals("asked=start, bundle=77", onRecord(form("bundles/77", "action=start")));
        assertEquals("asked=update, bundle=org.example:1.0", onRecord(form("bundles/org.example%3A1.0", "action=update")));
        assertEquals("asked=refreshPackages", onRecord(form("bundles", "action=refreshPackages")));
        assertEquals("asked=gc", onRecord(form("memoryusage", "action=gc")));
        FakeExchange upload = new FakeExchange("POST", "/system/console/bundles").body("multipart/form-data; boundary=x", "--x");
        assertEquals("asked=upload", onRecord(upload));
        assertEquals("the console reads it", 0, upload.bytesRead());
    }

    @Test
    public void theRecordSaysWhichConfigurationAndNeverAValue() {
        assertEquals("asked=change, pid=org.example", onRecord(form("configMgr/org.example", "apply=true&action=ajaxConfigManager&propertylist=password&password=hush")));
        assertEquals("asked=delete, pid=org.example~a", onRecord(form("configMgr/org.example~a", "apply=1&delete=1")));
        assertEquals("asked=change, factory=org.example, pid=[Temporary]", onRecord(form("configMgr/%5BTemporary%5D", "apply=true&factoryPid=org.example&password=hush")));
        assertEquals("asked=unbind, pid=org.example", onRecord(form("configMgr/org.example", "unbind=1")));
        assertEquals("asked=change, pid=org.other", onRecord(form("configMgr/org.example", "pid=org.other&apply=true")));
    }

    @Test
    public void noSpellingOfThePathHidesWhatIsActedUpon() {
        String fields = "apply=true&pid=org.other";
        for (String path : List.of("configMgr/a/b", "config%4Dgr/a", "configMgr/bundles/12", "configMgr;x=y/a", "configMgr/a;x", "configMgr/")) {
            assertEquals(path, "asked=change, pid=org.other", onRecord(form(path, fields)));
        }
        assertEquals("asked=stop, bundle=org.example.part, version=1.2.3", onRecord(form("bundle%73/1%32;x", "action=stop")));
        assertEquals("asked=stop, bundle=12/x", onRecord(form("bundles/12/x", "action=stop")));
        assertEquals("the console looks at the query too", "asked=change, pid=org.other",
                onRecord(new FakeExchange("POST", "/system/console/configMgr/a?" + fields).body("text/plain", "x")));
    }

    @Test
    public void fieldsInPartsWhichTheRecordCannotSeeAreRefused() {
        for (String path : List.of("configMgr/org.example", "configMgr", "bundles/12", "bundle%73/12")) {
            FakeExchange parts = new FakeExchange("POST", "/system/console/" + path).header("X-Token", "admin's").body(" Multipart/form-data; boundary=x", "--x");
            assertNull(authenticate(parts));
            assertEquals(415, parts.status());
            assertEquals("no-store", parts.sent("Cache-Control"));
        }
        assertTrue(recorded.toString(), recorded.stream().allMatch(line -> line.startsWith("console.refused root")));
    }

    @Test
    public void whatComesFromOutsideStaysOnItsLineAndIsShort() {
        assertEquals("asked=a b, bundle=x y", onRecord(form("bundles/x%0Ay", "action=a%0D%0A%E2%80%AEb")));
        assertEquals("asked=" + "x".repeat(120) + "...", onRecord(form("bundles", "action=" + "x".repeat(5000))));
        assertEquals("bundle=%zz", onRecord(form("bundles/%zz", "")));
    }

    @Test
    public void anUploadThatIsTooLargeOrOfUnknownLengthIsRefusedInWords() {
        FakeExchange most = new FakeExchange("POST", "/system/console/bundles").header("X-Token", "admin's").length(Uploads.MOST_BYTES);
        assertSame(admin, authenticate(most));
        assertEquals("what is taken is left to the console", 0, most.bytesRead());
        FakeExchange large = new FakeExchange("POST", "/system/console/bundles").header("X-Token", "admin's").body("multipart/form-data", "abc").length(Uploads.MOST_BYTES + 1);
        assertNull(authenticate(large));
        assertEquals(413, large.status());
        assertTrue(large.text(), large.text().contains("at most 64 MiB"));
        assertEquals("the web server reads on, so that the browser sees the answer", 0, large.bytesRead());
        FakeExchange endless = new FakeExchange("POST", "/system/console/bundles").header("X-Token", "admin's").header("Transfer-Encoding", "chunked").body("multipart/form-data", "abc").withoutLength();
        assertNull(authenticate(endless));
        assertEquals(411, endless.status());
        assertTrue(recorded.toString(), recorded.get(1).startsWith("console.refused root") && recorded.get(2).startsWith("console.refused root"));
    }

    private static FakeExchange asAdmin(String method, String path, String accept) {
        return new FakeExchange(method, path).header("X-Token", "admin's").header("Accept", accept);
    }

    @Test
    public void anOldProofSendsThePersonWhoOpensAPageToConfirmAndLetsOtherReadingGoOn() {
        access.ageProof(admin);
        FakeExchange page = asAdmin("GET", "/system/console/configMgr/a?x=1&y", "text/html,*/*");
        assertNull(authenticate(page));
        assertEquals(302, page.status());
        assertEquals("/confirm#next=%2Fsystem%2Fconsole%2FconfigMgr%2Fa%3Fx%3D1%26y", page.sent("Location"));
        assertNull("no path gets past it by its name", authenticate(asAdmin("GET", "/system/console/x/system/console/logout", "text/html")));
        assertNull(authenticate(asAdmin("GET", "/system/console/x?/logout", "text/html")));
        assertSame(admin, authenticate(asAdmin("GET", "/system/console/res/ui/admin.css", "text/css,*/*")));
        assertSame(admin, authenticate(asAdmin("GET", "/system/console/bundles/.json", "text/html, */*; q=0.01").header("X-Requested-With", "XMLHttpRequest")));
        assertSame("the way out stays open", admin, authenticate(asAdmin("GET", "/system/console/logout", "text/html")));
        assertNull("rights come first", authenticate(new FakeExchange("GET", "/system/console").header("X-Token", "viewer's").header("Accept", "text/html")));
        assertEquals(List.of(), recorded);
    }

    @Test
    public void anOldProofRefusesEveryChangeAndSaysWhatToDo() {
        access.ageProof(admin);
        FakeExchange form = form("configMgr/org.example", "apply=true&password=hush").header("X-Token", "admin's").header("Accept", "text/html,*/*");
        assertNull(authenticate(form));
        assertEquals(403, form.status());
        assertTrue(form.text(), form.text().contains("<catseye-confirm purpose=\"resend\">"));
        assertTrue(form.sent("Content-Security-Policy"), form.sent("Content-Security-Policy").startsWith("default-src 'self';"));
        assertEquals("names in it are not read", 0, form.bytesRead());
        FakeExchange script = asAdmin("POST", "/system/console/bundles/12", "*/*").header("X-Requested-With", "XMLHttpRequest");
        assertNull(authenticate(script));
        assertTrue(script.text(), script.text().contains("<a href=\"/confirm\" target=\"_blank\" rel=\"noopener\">"));
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "ANY")) {
            FakeExchange program = asAdmin(method, "/system/console/bundles/12", "*/*");
            assertNull(authenticate(program));
            assertEquals(403, program.status());
            assertTrue(program.text(), program.text().startsWith("{\"error\":{\"code\":\"proof_required\""));
            assertEquals("no-store", program.sent("Cache-Control"));
        }
        assertEquals(7, recorded.size());
        assertTrue(recorded.toString(), recorded.stream().allMatch(line -> line.startsWith("console.refused root")) && !recorded.toString().contains("hush"));
    }

    @Test
    public void everyDetourBeginsWithTheBasePath() {
        access.ageProof(admin);
        FakeExchange page = asAdmin("GET", "/system/console/bundles", "text/html,*/*").attribute(WebContext.BASE_PATH, "/kvm");
        assertNull(authenticate(page));
        assertEquals("/kvm/confirm#next=%2Fsystem%2Fconsole%2Fbundles", page.sent("Location"));
        FakeExchange form = form("configMgr/org.example", "apply=true").header("X-Token", "admin's").header("Accept", "text/html,*/*").attribute(WebContext.BASE_PATH, "/kvm");
        assertNull(authenticate(form));
        assertTrue(form.text(), form.text().contains("src=\"/kvm/ui/public/confirm.js\"") && form.text().contains("href=\"/kvm/ui/public/theme.css\""));
        FakeExchange script = asAdmin("POST", "/system/console/bundles/12", "*/*").header("X-Requested-With", "XMLHttpRequest").attribute(WebContext.BASE_PATH, "/kvm");
        assertNull(authenticate(script));
        assertTrue(script.text(), script.text().contains("<a href=\"/kvm/confirm\" target"));
        FakeExchange foreign = asAdmin("GET", "/system/console", "text/html").header("Sec-Fetch-Site", "cross-site").attribute(WebContext.BASE_PATH, "/kvm");
        assertNull(authenticate(foreign));
        assertTrue(foreign.text(), foreign.text().contains("href=\"/kvm/system/console\"") && foreign.text().contains("href=\"/kvm/\""));
        FakeExchange logout = new FakeExchange("GET", "/system/console/logout").header("X-Token", "admin's").attribute(WebContext.BASE_PATH, "/kvm");
        guard.logout(logout.request(), logout.response());
        assertEquals("/kvm/login", logout.sent("Location"));
        assertTrue(logout.sent("Set-Cookie"), logout.sent("Set-Cookie").startsWith("catseye-session.kvm=; Path=/kvm; "));
    }

    @Test
    public void aNewProofOpensTheConsoleAgain() throws Exception {
        access.ageProof(admin);
        assertNull(authenticate(asAdmin("GET", "/system/console/bundles", "text/html")));
        access.proveAgain(new Caller(admin, "192.0.2.7"), "password".toCharArray(), "");
        assertSame(admin, authenticate(asAdmin("GET", "/system/console/bundles", "text/html")));
        assertEquals("asked=stop, bundle=org.example.part, version=1.2.3", onRecord(form("bundles/12", "action=stop")));
    }

    @Test
    public void whoIsNotAdminIsTold403() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console").header("X-Token", "viewer's");
        assertNull(authenticate(exchange));
        assertEquals(403, exchange.status());
        assertTrue(exchange.text(), exchange.text().contains("\"forbidden\""));
    }

    @Test
    public void anotherSiteGetsNothingOfTheConsoleEvenWithAnAdminsSession() {
        for (String site : List.of("cross-site", "same-site")) {
            FakeExchange exchange = new FakeExchange("GET", "/system/console/bundles").header("X-Token", "admin's").header("Sec-Fetch-Site", site);
            assertNull(authenticate(exchange));
            assertEquals(403, exchange.status());
            assertTrue(exchange.text(), exchange.text().contains("\"cross_site\""));
        }
        assertEquals("the session is not even looked at", List.of(), asked);
        assertSame(admin, authenticate(new FakeExchange("GET", "/system/console/bundles").header("X-Token", "admin's").header("Sec-Fetch-Site", "none")));
    }

    @Test
    public void everyAnswerIsUnderThePolicyAndStoredNowhere() {
        for (String user : List.of("admin's", "viewer's", "nobody's")) {
            FakeExchange exchange = new FakeExchange("GET", "/system/console/bundles").header("X-Token", user);
            authenticate(exchange);
            assertEquals(ConsolePolicy.policy(List.of()), exchange.sent("Content-Security-Policy"));
            assertEquals("no-store", exchange.sent("Cache-Control"));
        }
    }

    @Test
    public void strangersAreTurnedAwayAsTheGateDoesIt() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console");
        assertNull(authenticate(exchange));
        assertEquals(302, exchange.status());
        assertEquals("/login#next=there", exchange.sent("Location"));
    }

    @Test
    public void aRefusalCountsEvenForAnAdmin() {
        refusal = Optional.of(new RequestGuard.Refusal(403, "wrong_origin", "A \"foreign\" page.\n", ""));
        FakeExchange exchange = new FakeExchange("POST", "/system/console/bundles").header("X-Token", "admin's");
        assertNull(authenticate(exchange));
        assertEquals(403, exchange.status());
        assertEquals("{\"error\":{\"code\":\"wrong_origin\",\"message\":\"A \\\"foreign\\\" page.\\n\"}}", exchange.text());
    }

    @Test
    public void aRightThatWasTakenAwayIsGoneAtOnce() {
        Object user = authenticate(new FakeExchange("GET", "/system/console").header("X-Token", "admin's"));
        access.logout(admin);
        assertFalse(guard.authorize(user, "any"));
        assertFalse(guard.authorize("admin", "any"));
        assertFalse(guard.authorize(null, "any"));
    }

    @Test
    public void theConsolesLogoutEndsTheSession() {
        FakeExchange exchange = new FakeExchange("GET", "/system/console/logout").header("X-Token", "admin's");
        guard.logout(exchange.request(), exchange.response());
        assertFalse(admin.valid());
        assertTrue(exchange.sent("Set-Cookie").startsWith("catseye-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"));
        assertEquals("/login", exchange.sent("Location"));
        assertTrue("or the console goes on", exchange.response().isCommitted());
    }
}
