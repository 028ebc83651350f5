package org.catseye.web.rest.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Session;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.junit.Test;

public class ProofServletTest {

    private final Wired wired = new Wired();
    private final Session ann = wired.access.open("t", "ann");
    private final ProofServlet servlet = new ProofServlet(wired.access);

    private FakeExchange answer(FakeExchange exchange) throws IOException {
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private FakeExchange prove(String body) throws IOException {
        return answer(wired.exchange("POST", Endpoints.PROOF, ann).body("application/json", body));
    }

    @Test
    public void thePasswordOrACodeMakesTheProofRecentAgain() throws IOException {
        for (String body : List.of("{\"password\":\"geheim\"}", "{\"otp\":\"123456\"}")) {
            wired.access.ageProof(ann);
            assertEquals("{\"user\":\"ann\",\"recent\":false,\"secondFactor\":false}", answer(wired.exchange("GET", Endpoints.PROOF, ann)).text());
            assertEquals(204, prove(body).status());
            assertTrue(wired.access.recentlyProved(ann));
        }
        assertEquals(List.of("prove ann geheim  192.0.2.7", "prove ann  123456 192.0.2.7"), wired.access.calls());
    }

    @Test
    public void thePageLearnsWhetherACodeWillDo() throws IOException {
        wired.access.giveSecondFactor(ann);
        assertEquals("{\"user\":\"ann\",\"recent\":true,\"secondFactor\":true}", answer(wired.exchange("GET", Endpoints.PROOF, ann)).text());
    }

    @Test
    public void refusalsHaveAStatusAndACode() throws IOException {
        Map<Reason, Integer> expected = Map.of(Reason.BAD_CREDENTIALS, 403, Reason.FORBIDDEN, 403, Reason.INVALID, 422, Reason.UNAVAILABLE, 503);
        for (Map.Entry<Reason, Integer> one : expected.entrySet()) {
            wired.access.refuse(new AccessException(one.getKey(), "No."));
            assertEquals(one.getKey().toString(), (int) one.getValue(), prove("{\"password\":\"x\"}").status());
        }
        wired.access.refuse(new AccessException(Reason.TOO_MANY_ATTEMPTS, "Wait.", Duration.ofSeconds(3)));
        FakeExchange tooMany = prove("{\"password\":\"x\"}");
        assertEquals(429, tooMany.status());
        assertEquals("3", tooMany.sent("Retry-After"));
    }

    @Test
    public void badBodiesAndStrangersReachNobody() throws IOException {
        for (String bad : List.of("", "[]", "{\"password\":7}", "{\"user\":\"root\",\"password\":\"x\"}")) {
            assertEquals(bad, 400, prove(bad).status());
        }
        assertEquals(413, prove("{\"password\":\"" + "x".repeat(JsonBody.MAX_BYTES) + "\"}").status());
        assertEquals(401, answer(new FakeExchange("POST", Endpoints.PROOF).body("application/json", "{\"password\":\"x\"}")).status());
        assertEquals(401, answer(new FakeExchange("GET", Endpoints.PROOF)).status());
        assertEquals(List.of(), wired.access.calls());
    }

    /** As of a bundle that forgot all about it. */
    private static final class Forgetful extends ApiServlet {
        private static final long serialVersionUID = 1;
        private transient int changes;

        @Override
        public Map<String, Action> supportedActions() {
            Action change = (request, response) -> changes++;
            return Map.of("GET", change, "POST", change, "PUT", change, "DELETE", change, "PATCH", change);
        }
    }

    @Test
    public void aNewEndPointNeedsARecentProofForEveryChangeUnlessItSaysOtherwise() throws IOException {
        Forgetful forgetful = new Forgetful();
        wired.access.ageProof(ann);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            FakeExchange old = wired.exchange(method, "/x", ann);
            forgetful.service(old.request(), old.response());
            assertEquals(method, 403, old.status());
            assertTrue(old.text(), old.text().contains("\"" + WebContext.PROOF_REQUIRED + "\""));
            FakeExchange unmeasured = new FakeExchange(method, "/x").attribute(WebContext.SESSION, ann);
            forgetful.service(unmeasured.request(), unmeasured.response());
            assertEquals("what the gate did not say is no", 403, unmeasured.status());
            FakeExchange stranger = new FakeExchange(method, "/x").attribute(WebContext.PROVED, true);
            forgetful.service(stranger.request(), stranger.response());
            assertEquals(method, 401, stranger.status());
        }
        assertEquals(0, forgetful.changes);
        for (String reading : List.of("GET", "HEAD")) {
            FakeExchange exchange = wired.exchange(reading, "/x", ann);
            forgetful.service(exchange.request(), exchange.response());
        }
        assertEquals(2, forgetful.changes);
    }
}
