package org.catseye.web.redfish.route;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.Service;
import org.junit.Test;

public class RedfishServletTest {

    private final Service service = new Service().add(new RedfishServlet() {
        @Override
        public List<Route> listRoutes() {
            return List.of(Route.ofReading("/redfish/v1/Things", request -> request.sendResource(RedfishJson.newCollection(request, "/redfish/v1/Things", "Thing", "Things",
                    List.of("a")))), new Route("/redfish/v1/Things/{id}", Map.of("DELETE", request -> {
                        throw new IllegalStateException("a secret");
                    })), Route.ofAction("/redfish/v1/Act", request -> Parameters.readParameters(request, "Act", java.util.Set.of("Text", "Flag")).requireText("Text")));
        }
    });

    @Test
    public void aResourceHasTheHeadersOfRedfish() throws IOException {
        for (String path : new String[] {"/redfish/v1/Things", "/redfish/v1/Things/"}) {
            FakeExchange things = service.ask("GET", path, "");
            assertEquals("{\"@odata.id\":\"/redfish/v1/Things\",\"@odata.type\":\"#ThingCollection.ThingCollection\",\"Name\":\"Things\","
                    + "\"Members@odata.count\":1,\"Members\":[{\"@odata.id\":\"/redfish/v1/Things/a\"}]}", things.text());
            assertEquals("4.0", things.sent("OData-Version"));
            assertEquals("GET, HEAD", things.sent("Allow"));
            assertEquals("<http://redfish.dmtf.org/schemas/v1/ThingCollection.json>; rel=describedby", things.sent("Link"));
        }
    }

    @Test
    public void aResourceThatTheClientHasIsNotSentAgain() throws IOException {
        String etag = service.ask("GET", "/redfish/v1/Things", "").sent("ETag");
        FakeExchange again = service.ask(service.exchange("GET", "/redfish/v1/Things").header("If-None-Match", "W/\"x\", " + etag));
        assertEquals("304 ", again.status() + " " + again.text());
        assertEquals(200, service.ask(service.exchange("GET", "/redfish/v1/Things").header("If-None-Match", "W/\"x\"")).status());
    }

    @Test
    public void belowABasePathLinksBeginWithIt() throws IOException {
        FakeExchange things = service.ask(service.exchange("GET", "/redfish/v1/Things").attribute(WebContext.BASE_PATH, "/kvm"));
        assertTrue(things.text(), things.text().contains("{\"@odata.id\":\"/kvm/redfish/v1/Things/a\"}"));
    }

    @Test
    public void otherMethodsPathsVersionsAndQueriesAreRefused() throws IOException {
        FakeExchange method = service.ask("PUT", "/redfish/v1/Things/a", "{}");
        assertEquals("405 OperationNotAllowed DELETE", Service.describeError(method) + " " + method.sent("Allow"));
        FakeExchange options = service.ask("OPTIONS", "/redfish/v1/Things/a", "");
        assertEquals("204 DELETE", options.status() + " " + options.sent("Allow"));
        FakeExchange missing = service.ask("GET", "/redfish/v1/Nothing", "");
        assertEquals("404 ResourceMissingAtURI 4.0", Service.describeError(missing) + " " + missing.sent("OData-Version"));
        assertEquals("412 HeaderInvalid", Service.describeError(service.ask(service.exchange("GET", "/redfish/v1/Things").header("OData-Version", "3.0"))));
        assertEquals(200, service.ask(service.exchange("GET", "/redfish/v1/Things").header("OData-Version", "4.0")).status());
        for (String query : new String[] {"$expand=.", "x=1&$select=Name", "%24top=1"}) {
            assertEquals(query, "501 QueryNotSupported", Service.describeError(service.ask("GET", "/redfish/v1/Things?" + query, "")));
        }
    }

    @Test
    public void aDefectIsReportedWithoutItsDetails() throws IOException {
        FakeExchange defect = service.ask("DELETE", "/redfish/v1/Things/a", "");
        assertEquals("500 InternalError", Service.describeError(defect));
        assertTrue(defect.text(), !defect.text().contains("secret"));
    }

    @Test
    public void parametersAreCheckedAndTheirValuesAreNotRepeated() throws IOException {
        assertEquals(200, service.ask("POST", "/redfish/v1/Act", "{\"Text\":\"secret\"}").status());
        Map<String, String> bodies = Map.of("{", "400 MalformedJSON", "[]", "400 MalformedJSON", "{} {}", "400 MalformedJSON", "{\"Text\":\"a\",\"Text\":\"b\"}", "400 MalformedJSON",
                "{}", "400 ActionParameterMissing", "{\"Text\":null}", "400 ActionParameterMissing", "{\"Text\":[\"secret\"]}", "400 ActionParameterValueTypeError",
                "{\"secret\":1}", "400 ActionParameterUnknown");
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            FakeExchange answer = service.ask("POST", "/redfish/v1/Act", body.getKey());
            assertEquals(body.getKey(), body.getValue(), Service.describeError(answer));
            assertTrue(answer.text(), !answer.text().contains("secret"));
        }
        assertEquals("415 UnrecognizedRequestBody", Service.describeError(service.ask(service.exchange("POST", "/redfish/v1/Act").body("text/plain", "{}"))));
        assertEquals(413, service.ask("POST", "/redfish/v1/Act", "{\"Text\":\"" + "x".repeat(9000) + "\"}").status());
    }
}
