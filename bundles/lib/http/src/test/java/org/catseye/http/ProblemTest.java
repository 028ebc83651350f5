package org.catseye.http;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.catseye.testkit.web.FakeExchange;
import org.junit.Test;

public class ProblemTest {

    @Test
    public void bothFormsHoldCodeAndMessage() {
        Problem problem = new Problem("not_found", "There is nothing at this path.");
        assertEquals("{\"error\":{\"code\":\"not_found\",\"message\":\"There is nothing at this path.\"}}", problem.toJson());
        assertEquals("{\"type\":\"error\",\"code\":\"not_found\",\"message\":\"There is nothing at this path.\"}", problem.toSocketMessage());
    }

    @Test
    public void quotesControlCharactersAndOtherAlphabetsSurvive() {
        Problem problem = new Problem("a\"b", "\\ \n \u0000 \u2028 caf\u00e9 \ud83d\ude00");
        assertEquals("{\"error\":{\"code\":\"a\\\"b\",\"message\":\"\\\\ \\n \\u0000 \u2028 caf\u00e9 \ud83d\ude00\"}}",
                new String(problem.toBytes(), StandardCharsets.UTF_8));
    }

    @Test
    public void anAnswerHasItsLengthAndIsNotStored() throws IOException {
        FakeExchange exchange = new FakeExchange("GET", "/x");
        new Problem("unavailable", "caf\u00e9").send(exchange.response(), 503);
        assertEquals(503, exchange.status());
        assertEquals("application/json", exchange.sent("Content-Type"));
        assertEquals("no-store", exchange.sent("Cache-Control"));
        assertEquals("{\"error\":{\"code\":\"unavailable\",\"message\":\"caf\u00e9\"}}", exchange.text());
    }
}
