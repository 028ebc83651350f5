package org.catseye.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.junit.Test;

public class RefusalAnswerTest {

    private static final Refusal FORBIDDEN = new Refusal(403, "forbidden", "The web console needs the right ADMIN.", "");
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static RequestHead head(String method, String target, String accept) {
        return new RequestHead(method, true, target, name -> name.equals("Accept") ? List.of(accept) : List.of());
    }

    private static String body(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    public void aBrowserGetsAPageWithTheReasonTheUserAndTheLinks() {
        HttpAnswer answer = RefusalAnswer.create(head("GET", "/system/console/bundles?x=1&y=2", BROWSER), FORBIDDEN, "ann");
        assertEquals(403, answer.status());
        assertEquals("text/html; charset=utf-8", answer.headers().get("Content-Type"));
        assertEquals(SecurityHeaders.POLICY, answer.headers().get("Content-Security-Policy"));
        String page = body(answer);
        assertTrue(page, page.contains("<h1 data-status=\"403\">Not permitted</h1>") && page.contains("The web console needs the right ADMIN."));
        assertTrue(page, page.contains("You are logged in as <strong>ann</strong>."));
        assertTrue(page, page.contains("href=\"/\"") && page.contains("href=\"/login#other=1&amp;next=%2Fsystem%2Fconsole%2Fbundles%3Fx%3D1%26y%3D2\""));
        assertTrue("the script that translates it", page.contains("<script type=\"module\" src=\"/ui/public/refusal.js\"></script>"));
        assertTrue("what the script needs", page.contains("data-user=\"ann\"") && page.contains("data-link=\"home\"") && page.contains("data-link=\"login\""));
        assertFalse("as the policy has it", page.replace("<script type=\"module\" src=", "").contains("<script") || page.contains("style="));
    }

    @Test
    public void textsNeverBecomeMarkup() {
        HttpAnswer answer = RefusalAnswer.create(head("GET", "/a\"><script>", BROWSER), new Refusal(403, "x", "<img src=x onerror='1'> & \"", ""), "<b>ann</b>");
        String page = body(answer);
        assertTrue(page, page.contains("&lt;img src=x onerror=&#39;1&#39;&gt; &amp; &quot;") && page.contains("&lt;b&gt;ann&lt;/b&gt;"));
        assertFalse(page, page.contains("<img src=x") || page.contains("\"><script>") || page.contains("<b>ann"));
    }

    @Test
    public void withoutALoginNoOtherUserIsOffered() {
        String page = body(RefusalAnswer.create(head("GET", "/nothing", BROWSER), new Refusal(404, "not_found", "There is nothing at this path.", ""), ""));
        assertTrue(page, page.contains("<h1 data-status=\"404\">Page not found</h1>"));
        assertFalse(page, page.contains("logged in") || page.contains("another user"));
    }

    @Test
    public void programsAndRedirectsGetJson() {
        for (RequestHead head : List.of(head("GET", "/system/console", "*/*"), head("POST", "/system/console", BROWSER), head("GET", "/api/v1/targets", BROWSER))) {
            HttpAnswer answer = RefusalAnswer.create(head, FORBIDDEN, "ann");
            assertEquals("application/json", answer.headers().get("Content-Type"));
            assertEquals("{\"error\":{\"code\":\"forbidden\",\"message\":\"The web console needs the right ADMIN.\"}}", body(answer));
        }
        HttpAnswer login = RefusalAnswer.create(head("GET", "/x", BROWSER), new Refusal(302, "unauthorized", "Log in first.", "/login"), "");
        assertEquals("/login", login.headers().get("Location"));
        assertEquals("application/json", login.headers().get("Content-Type"));
    }

    @Test
    public void everyLinkAndRedirectBeginsWithTheBasePath() {
        RequestHead head = new RequestHead("GET", true, "/x", name -> name.equals("Accept") ? List.of(BROWSER) : List.of(), "/kvm");
        String page = body(RefusalAnswer.create(head, FORBIDDEN, "ann"));
        List<String> addresses = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(page).results().map(found -> found.group(1)).toList();
        assertEquals(List.of("/kvm/ui/public/icon.svg", "/kvm/ui/public/theme.css", "/kvm/ui/public/refusal.js", "/kvm/ui/public/icon.svg", "/kvm/",
                "/kvm/login#other=1&amp;next=%2Fx"), addresses);
        assertEquals("/kvm/login#next=%2Fx", RefusalAnswer.create(head, new Refusal(302, "unauthorized", "", "/login#next=%2Fx"), "").headers().get("Location"));
        assertEquals("https://bay1:8443/x", RefusalAnswer.create(head, new Refusal(308, "tls_required", "", "https://bay1:8443/x"), "").headers().get("Location"));
    }

    @Test
    public void theChallengeNamesBasicFirstIfItIsOffered() {
        assertEquals("Bearer", RefusalAnswer.createJson("", new Refusal(401, "unauthorized", "", "")).headers().get("WWW-Authenticate"));
        assertEquals("Basic realm=\"Catseye\", Bearer", RefusalAnswer.createJson("", new Refusal(401, "unauthorized", "", "", true)).headers().get("WWW-Authenticate"));
        assertFalse(RefusalAnswer.createJson("", FORBIDDEN).headers().containsKey("WWW-Authenticate"));
    }

    @Test
    public void theRedfishServiceAnswersWithErrorsOfItsOwn() {
        HttpAnswer answer = RefusalAnswer.create(head("GET", "/redfish/v1/Systems?$top=1", BROWSER), FORBIDDEN, "ann");
        assertEquals("{\"error\":{\"code\":\"Base.1.18.GeneralError\",\"message\":\"The web console needs the right ADMIN.\",\"@Message.ExtendedInfo\":["
                + "{\"@odata.type\":\"#Message.v1_1_1.Message\",\"MessageId\":\"Base.1.18.GeneralError\",\"Message\":\"The web console needs the right ADMIN.\","
                + "\"MessageArgs\":[],\"MessageSeverity\":\"Critical\",\"Severity\":\"Critical\",\"Resolution\":\"None.\"}]}}", body(answer));
        assertEquals("4.0", answer.headers().get("OData-Version"));
        String unauthorized = body(RefusalAnswer.create(head("GET", "/redfish/v1/Systems", ""), new Refusal(401, "unauthorized", "Log in first.", ""), ""));
        assertTrue(unauthorized, unauthorized.contains("\"MessageId\":\"Base.1.18.NoValidSession\""));
        assertTrue("another path", body(RefusalAnswer.create(head("POST", "/redfishes", ""), FORBIDDEN, "")).startsWith("{\"error\":{\"code\":\"forbidden\""));
    }
}
