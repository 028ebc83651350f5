package org.catseye.web.control;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.hid.HidSession.Delivery;
import org.catseye.hid.HidState;
import org.catseye.testkit.FakeHidSession;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.ChannelHandler.End;
import org.catseye.web.control.ControlBench.Line;
import org.catseye.web.control.typing.TextResource;
import org.catseye.web.resource.TargetRequest;
import org.junit.After;
import org.junit.Test;

/** A text is typed by the server: what arrives, what stops it, and who sees it. */
public class TextResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 5_000;
    private static final String A = "key 7:4";
    private static final String SHIFT = "key 7:e1";

    private final ControlBench bench = new ControlBench();
    private final FakeKeyboardHub hub = bench.plug(1, "default");
    private final TextResource resource = new TextResource(bench.handler, bench.access, bench.record);
    private final Line annLine = new Line("default", "ann");
    private final Line bobLine = new Line("default", "bob");

    @After
    public void nothingIsLeft() {
        hub.opened.forEach(session -> session.deliver(Delivery.WRITTEN));
        bench.handler.stop();
        assertEquals(List.of(), threads());
    }

    @Test
    public void aTextIsTypedAndItsCountIsAuditedButNotTheText() throws Exception {
        JsonNode begun = start(annLine, "{\"text\":\"aA\\n\",\"layout\":\"us\",\"rate\":1000}");
        assertEquals(3, begun.get("total").intValue());
        JsonNode done = awaitEnd(annLine, id(begun));
        assertEquals("DONE", done.get("state").textValue());
        assertEquals(3, done.get("typed").intValue());
        FakeHidSession session = hub.last();
        assertEquals(List.of(A + " down", A + " up", SHIFT + " down", A + " down", A + " up", SHIFT + " up", "key 7:28 down", "key 7:28 up", "releaseAll"), session.deeds());
        awaitAudit("text.typed ann {characters=3, of=3, state=DONE, target=default}");
    }

    @Test
    public void theUserSeesTheProgressOnTheControlSocketAndOthersDoNot() throws Exception {
        End ann = bench.handler.open(annLine);
        End bob = bench.handler.open(bobLine);
        String id = id(start(annLine, "{\"text\":\"ab\",\"rate\":1000}"));
        awaitEnd(annLine, id);
        awaitTrue(() -> annLine.last("typing").contains("DONE"));
        assertEquals("{\"type\":\"typing\",\"id\":\"" + id + "\",\"typed\":0,\"total\":2,\"state\":\"TYPING\",\"code\":\"\",\"message\":\"\"}", annLine.sent("typing").get(0));
        assertEquals(List.of(), bobLine.sent("typing"));
        Line late = new Line("default", "ann");
        End lateEnd = bench.handler.open(late);
        assertEquals("what is over is not mentioned", List.of(), late.sent("typing"));
        List.of(ann, bob, lateEnd).forEach(End::closed);
    }

    @Test
    public void aCancelledTextSaysHowFarItCame() throws Exception {
        hub.onOpen = session -> session.deliver(Delivery.WAITING);
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1000}"));
        FakeHidSession session = hub.last();
        awaitTrue(() -> session.deeds().size() == 2);
        session.deliver(Delivery.WRITTEN);
        awaitTrue(() -> session.deeds().size() > 2);
        session.deliver(Delivery.WAITING);
        assertEquals(204, ask("DELETE", "/" + id, annLine, "").status());
        JsonNode end = awaitEnd(annLine, id);
        assertTrue(end.toString(), Set.of("CANCELLED", "DONE").contains(end.get("state").textValue()) && end.get("typed").intValue() > 0);
        assertTrue("no key stays down", session.allUp());
        assertEquals("the last deed", "releaseAll", session.deeds().get(session.deeds().size() - 1));
    }

    @Test
    public void aSlowTextIsCancelledBetweenTwoCharacters() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        awaitTrue(() -> progress(annLine, id).get("typed").intValue() == 1);
        assertEquals(204, ask("DELETE", "/" + id, annLine, "").status());
        JsonNode end = awaitEnd(annLine, id);
        assertEquals("CANCELLED", end.get("state").textValue());
        assertEquals(1, end.get("typed").intValue());
        awaitAudit("text.typed ann {characters=1, of=4, state=CANCELLED, target=default}");
    }

    @Test
    public void oneTextAtATime() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        assertRefused(409, "busy", annLine, "{\"text\":\"b\"}");
        ask("DELETE", "/" + id, annLine, "");
        awaitEnd(annLine, id);
        awaitTrue(() -> ask("POST", "", annLine, "{\"text\":\"b\"}").status() == 202);
    }

    @Test
    public void aTextEndsWhenControlIsTaken() throws Exception {
        End bob = bench.handler.open(bobLine);
        bench.access.byUser.put("bob", EnumSet.of(Permission.VIEW, Permission.CONTROL, Permission.ADMIN));
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        assertEquals("it holds control", "{\"type\":\"control\",\"holder\":\"ann\",\"mine\":false,\"asking\":\"\",\"shared\":false,\"others\":1}", bobLine.last("control"));
        bob.message("{\"type\":\"take\"}");
        assertStopped("not_in_control", id);
        bob.closed();
    }

    @Test
    public void aTextEndsWhenItsUserLogsOut() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        annLine.ended.set(true);
        assertStopped("logged_out", id);
    }

    @Test
    public void aTextEndsWhenItsUserMayNoLongerControl() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        bench.access.byUser.put("ann", EnumSet.of(Permission.VIEW));
        bench.handler.handleTick();
        assertStopped("forbidden", id);
    }

    @Test
    public void aTextEndsWhenAStrokeIsLost() throws Exception {
        hub.onOpen = session -> session.deliver(Delivery.LOST);
        String id = id(start(annLine, "{\"text\":\"aaaa\"}"));
        assertStopped("not_delivered", id);
        assertEquals(0, progress(annLine, id).get("typed").intValue());
    }

    @Test
    public void aTextEndsWhenTheKeyboardHubIsReplaced() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        bench.plug(0, "default");
        bench.unplug(hub, 1, "default");
        assertStopped("unavailable", id);
    }

    @Test
    public void withoutAKeyboardNothingIsTypedAndThatIsSaid() throws Exception {
        bench.unplug(hub, 1, "default");
        assertRefused(503, "no_keyboard", annLine, "{\"text\":\"a\"}");
        FakeKeyboardHub offline = new FakeKeyboardHub();
        offline.onOpen = session -> session.become(new HidState(HidState.Condition.OFFLINE, "the cable is not plugged in", Set.of()));
        bench.handler.bindInput(offline, ControlBench.properties(2, "default"));
        String said = assertRefused(503, "no_keyboard", annLine, "{\"text\":\"a\"}");
        assertTrue(said, said.contains("the cable is not plugged in"));
        assertEquals("control stays free", List.of(), bench.audit);
    }

    @Test
    public void anotherUsersControlIsNotTaken() throws Exception {
        End bob = bench.handler.open(bobLine);
        bob.message("{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}");
        String said = assertRefused(409, "not_in_control", annLine, "{\"text\":\"a\"}");
        assertTrue(said, said.contains("bob controls default"));
        bob.closed();
    }

    @Test
    public void wrongRequestsAreRefusedWithTheReason() throws Exception {
        for (String[] wrong : new String[][] {
            {"400", "bad_json", "{"}, {"400", "bad_json", "[]"}, {"400", "bad_json", "{\"text\":\"a\"} x"}, {"400", "bad_json", "{\"text\":\"a\",\"text\":\"b\"}"},
            {"400", "bad_field", "{}"}, {"400", "bad_field", "{\"text\":\"\"}"}, {"400", "bad_field", "{\"text\":7}"}, {"400", "bad_field", "{\"text\":\"a\",\"more\":1}"},
            {"400", "bad_field", "{\"text\":\"a\",\"rate\":0}"}, {"400", "bad_field", "{\"text\":\"a\",\"rate\":1001}"}, {"400", "bad_field", "{\"text\":\"a\",\"rate\":1.5}"},
            {"400", "bad_field", "{\"text\":\"a\",\"rate\":\"1\"}"}, {"400", "bad_field", "{\"text\":\"a\",\"layout\":null}"},
            {"422", "unknown_layout", "{\"text\":\"a\",\"layout\":\"xx\"}"}, {"422", "untypable", "{\"text\":\"gr\u00fc\u00df\u00fc\"}"},
            {"422", "untypable", "{\"text\":\"a\",\"layout\":\"ru\"}"}, {"413", "too_large", "{\"text\":\"" + "a".repeat(16 * 1024) + "\"}"}}) {
            assertRefused(Integer.parseInt(wrong[0]), wrong[1], annLine, wrong[2]);
        }
        String said = assertRefused(422, "untypable", annLine, "{\"text\":\"gr\u00fc\u00df\u00fc\"}");
        assertTrue(said, said.contains("us has no key for U+00FC (character 3), U+00DF (character 4)."));
        assertEquals(415, resource("POST", "", annLine, new FakeExchange("POST", "/").body("text/plain", "{\"text\":\"a\"}")).status());
        assertEquals(List.of(), hub.open.stream().flatMap(session -> session.deeds().stream()).filter(deed -> deed.startsWith("key")).toList());
    }

    @Test
    public void onlyItsUserAndAdministratorsSeeAText() throws Exception {
        String id = id(start(annLine, "{\"text\":\"aaaa\",\"rate\":1}"));
        for (String method : List.of("GET", "DELETE")) {
            assertEquals(404, ask(method, "/" + id, bobLine, "").status());
            assertEquals(404, ask(method, "/other", annLine, "").status());
        }
        bench.access.byUser.put("bob", EnumSet.allOf(Permission.class));
        assertEquals(200, ask("GET", "/" + id, bobLine, "").status());
        assertEquals(204, ask("DELETE", "/" + id, bobLine, "").status());
        awaitEnd(annLine, id);
    }

    @Test
    public void typingNeedsControlAndNoProof() {
        for (String method : List.of("GET", "POST", "DELETE")) {
            assertEquals(Permission.CONTROL, resource.requiredPermission(method, ""));
            assertFalse(resource.requiresProof(method, ""));
        }
        assertEquals(Set.of("POST"), resource.allowedMethods(""));
        assertEquals(Set.of("GET", "DELETE"), resource.allowedMethods("/x"));
        assertEquals(Set.of(), resource.allowedMethods("/x/y"));
    }

    @Test
    public void aStoppedHandlerEndsTheText() throws Exception {
        start(annLine, "{\"text\":\"aaaa\",\"rate\":1}");
        bench.handler.stop();
        assertEquals(List.of(), threads());
        assertTrue(hub.opened.stream().allMatch(FakeHidSession::allUp));
    }

    private JsonNode start(Line caller, String body) throws IOException {
        FakeExchange exchange = ask("POST", "", caller, body);
        assertEquals(exchange.text(), 202, exchange.status());
        JsonNode answer = JSON.readTree(exchange.text());
        assertEquals("/api/v1/targets/default/text/" + id(answer), exchange.sent("Location"));
        return answer;
    }

    private String assertRefused(int status, String code, Line caller, String body) throws IOException {
        FakeExchange exchange = ask("POST", "", caller, body);
        assertEquals(body + " " + exchange.text(), status, exchange.status());
        JsonNode error = JSON.readTree(exchange.text()).get("error");
        assertEquals(code, error.get("code").textValue());
        return error.get("message").textValue();
    }

    private FakeExchange ask(String method, String subPath, Line caller, String body) throws IOException {
        FakeExchange exchange = new FakeExchange(method, "/api/v1/targets/default/text" + subPath).from("at " + caller.session().user());
        return resource(method, subPath, caller, body.isEmpty() ? exchange : exchange.body("application/json", body));
    }

    private FakeExchange resource(String method, String subPath, Line caller, FakeExchange exchange) throws IOException {
        resource.serve(new TargetRequest("default", caller.session(), subPath, exchange.request(), exchange.response()));
        return exchange;
    }

    private JsonNode progress(Line caller, String id) throws IOException {
        return JSON.readTree(ask("GET", "/" + id, caller, "").text());
    }

    private JsonNode awaitEnd(Line caller, String id) throws Exception {
        awaitTrue(() -> !progress(caller, id).get("state").textValue().equals("TYPING"));
        return progress(caller, id);
    }

    private void assertStopped(String code, String id) throws Exception {
        JsonNode end = awaitEnd(annLine, id);
        assertEquals(end.toString(), "STOPPED", end.get("state").textValue());
        assertEquals(end.toString(), code, end.get("code").textValue());
        assertFalse(end.get("message").textValue().isEmpty());
    }

    private void awaitAudit(String line) throws Exception {
        awaitTrue(() -> bench.audit.contains(line));
        assertTrue(bench.audit.toString(), bench.audit.stream().noneMatch(entry -> entry.contains("aA")));
    }

    private static String id(JsonNode progress) {
        return progress.get("id").textValue();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("typing-")).toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void awaitTrue(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.holds()) {
            assertTrue("in time", System.nanoTime() < end);
            Thread.sleep(2);
        }
    }
}
