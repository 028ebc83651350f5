package org.catseye.web.redfish.service;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.redfish.Service;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RootServletTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file() {
        return folder.getRoot().toPath().resolve("redfish/uuid");
    }

    private Service service() {
        return new Service().add(new RootServlet(new ServiceUuid(file())));
    }

    @Test
    public void theRootNamesTheServiceAndItsCollections() throws IOException {
        assertEquals("{\"v1\":\"/redfish/v1/\"}", service().get("/redfish").toString());
        JsonNode root = service().get("/redfish/v1/");
        assertEquals("/redfish/v1/Systems", root.at("/Systems/@odata.id").asText());
        assertEquals("/redfish/v1/SessionService/Sessions", root.at("/Links/Sessions/@odata.id").asText());
        assertEquals("1.6.0", root.get("RedfishVersion").asText());
    }

    @Test
    public void theUuidStaysTheSameAfterARestart() throws IOException {
        String first = service().get("/redfish/v1").get("UUID").asText();
        assertEquals(first, service().get("/redfish/v1").get("UUID").asText());
        Files.writeString(file(), "not a uuid");
        String other = service().get("/redfish/v1").get("UUID").asText();
        assertNotEquals(first, other);
        assertEquals(other, service().get("/redfish/v1").get("UUID").asText());
    }

    @Test
    public void withoutADiskTheServiceIsServedAllTheSame() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("redfish"), "a file in place of the folder");
        assertEquals(200, service().ask("GET", "/redfish/v1", "").status());
    }

    @Test
    public void theDescriptionsAreForOdataClients() throws IOException {
        FakeExchange metadata = service().ask("GET", "/redfish/v1/$metadata", "");
        assertEquals("application/xml; charset=utf-8", metadata.sent("Content-Type"));
        assertTrue(metadata.text(), metadata.text().contains("<edmx:Include Namespace=\"ComputerSystem.v1_13_0\"/>")
                && metadata.text().contains("Uri=\"http://redfish.dmtf.org/schemas/v1/ComputerSystem_v1.xml\""));
        assertEquals("/redfish/v1/$metadata", service().get("/redfish/v1/odata").get("@odata.context").asText());
    }
}
