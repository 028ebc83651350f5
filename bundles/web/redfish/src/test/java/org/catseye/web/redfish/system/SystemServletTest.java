package org.catseye.web.redfish.system;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerException;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.redfish.Service;
import org.catseye.web.redfish.media.Drives;
import org.catseye.web.redfish.media.Insertions;
import org.catseye.web.redfish.media.VirtualMedia;
import org.catseye.web.redfish.task.TaskServlet;
import org.catseye.web.redfish.task.Tasks;
import org.junit.Test;
import org.osgi.framework.Constants;

public class SystemServletTest {

    private static final String BAY1 = "/redfish/v1/Systems/bay1";
    private static final String RESET = BAY1 + "/Actions/ComputerSystem.Reset";

    private final Service service = new Service();
    private final FakeAudit audit = new FakeAudit();
    private final PowerHubs power = new PowerHubs(audit);
    private final Tasks tasks = new Tasks(InstantSource.system(), Duration.ofSeconds(20));
    private final List<PowerAction> performed = new ArrayList<>();
    private PowerCondition condition = PowerCondition.ON;
    private Set<PowerAction> actions = Set.of(PowerAction.PRESS, PowerAction.HOLD, PowerAction.RESET);
    private PowerException failure;

    public SystemServletTest() {
        Drives drives = new Drives();
        service.add(new SystemServlet(service.targets, power, new VirtualMedia(service.targets, drives, new Insertions(audit, drives, tasks), tasks), tasks))
                .add(new TaskServlet(tasks));
    }

    private void addPower() {
        power.bindHub(new PowerHub() {
            @Override
            public PowerState currentState() {
                return new PowerState(condition, "Front panel", condition == PowerCondition.UNKNOWN ? "The LED is not connected." : "", Optional.empty(), actions,
                        Optional.empty());
            }

            @Override
            public PowerState readState() {
                return currentState();
            }

            @Override
            public void performAction(PowerAction action) throws PowerException {
                if (failure != null) {
                    throw failure;
                }
                performed.add(action);
            }
        }, Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 7L));
    }

    private FakeExchange reset(String type) throws IOException {
        return service.ask("POST", RESET, "{\"ResetType\":\"" + type + "\"}");
    }

    @Test
    public void aCallerSeesTheTargetsThatTheyMayView() throws IOException {
        JsonNode systems = service.get("/redfish/v1/Systems");
        assertEquals("[{\"@odata.id\":\"/redfish/v1/Systems/bay1\"}]", systems.get("Members").toString());
        for (String hidden : new String[] {"bay2", "nowhere"}) {
            assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("GET", "/redfish/v1/Systems/" + hidden, "")));
            assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("POST", "/redfish/v1/Systems/" + hidden + "/Actions/ComputerSystem.Reset", "{}")));
            assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("PATCH", "/redfish/v1/Systems/" + hidden, "{}")));
        }
    }

    @Test
    public void aSystemHasItsPowerAndTheResetsThatArePossible() throws IOException {
        addPower();
        JsonNode bay1 = service.get(BAY1);
        assertEquals("On Web server", bay1.get("PowerState").asText() + " " + bay1.get("Name").asText());
        assertEquals("[\"On\",\"ForceOff\",\"GracefulShutdown\",\"ForceRestart\",\"PushPowerButton\"]",
                bay1.at("/Actions/#ComputerSystem.Reset").get("ResetType@Redfish.AllowableValues").toString());
        condition = PowerCondition.OFF;
        assertEquals("Off", service.get(BAY1).get("PowerState").asText());
        condition = PowerCondition.UNKNOWN;
        assertTrue(service.get(BAY1).get("PowerState").isNull());
        assertEquals("[{\"@odata.id\":\"/redfish/v1/Managers/bay1\"}]", bay1.at("/Links/ManagedBy").toString());
    }

    @Test
    public void withoutAPowerControlNoResetIsPossible() throws IOException {
        service.allow(Permission.POWER);
        assertEquals("[]", service.get(BAY1).at("/Actions/#ComputerSystem.Reset").get("ResetType@Redfish.AllowableValues").toString());
        assertEquals("400 ActionParameterValueNotInList", Service.describeError(reset("On")));
    }

    @Test
    public void aResetNeedsTheRightAndIsRecorded() throws IOException {
        addPower();
        assertEquals("403 InsufficientPrivilege", Service.describeError(reset("ForceOff")));
        assertEquals(List.of(), performed);
        service.allow(Permission.POWER);
        assertEquals(204, reset("ForceOff").status());
        assertEquals(List.of(PowerAction.HOLD), performed);
        assertEquals("power.action ann 192.0.2.7 {by=Redfish, result=done, target=bay1, tried=hold}", describeLast());
    }

    private String describeLast() {
        return audit.lines().get(audit.lines().size() - 1);
    }

    @Test
    public void thePowerButtonIsNotPressedIfThatWouldDoTheOpposite() throws IOException {
        addPower();
        service.allow(Permission.POWER);
        assertEquals("it is on", 204, reset("On").status());
        condition = PowerCondition.OFF;
        assertEquals("it is off", 204, reset("GracefulShutdown").status());
        assertEquals("it is off", 204, reset("ForceOff").status());
        assertEquals("409 GeneralError", Service.describeError(reset("ForceRestart")));
        condition = PowerCondition.UNKNOWN;
        FakeExchange unknown = reset("On");
        assertEquals("409 GeneralError", Service.describeError(unknown));
        assertTrue(unknown.text(), unknown.text().contains("The LED is not connected."));
        assertEquals("409 GeneralError", Service.describeError(reset("GracefulShutdown")));
        assertEquals(List.of(), performed);
        assertEquals(204, reset("PushPowerButton").status());
        condition = PowerCondition.OFF;
        assertEquals(204, reset("On").status());
        condition = PowerCondition.ON;
        assertEquals(204, reset("GracefulShutdown").status());
        assertEquals(List.of(PowerAction.PRESS, PowerAction.PRESS, PowerAction.PRESS), performed);
    }

    @Test
    public void theBestControlIsUsed() throws IOException {
        addPower();
        service.allow(Permission.POWER);
        actions = Set.of(PowerAction.WAKE, PowerAction.OFF, PowerAction.CYCLE);
        condition = PowerCondition.UNKNOWN;
        for (String type : new String[] {"On", "ForceOff", "ForceRestart", "PowerCycle"}) {
            assertEquals(type, 204, reset(type).status());
        }
        assertEquals(List.of(PowerAction.WAKE, PowerAction.OFF, PowerAction.CYCLE, PowerAction.CYCLE), performed);
        assertEquals("400 ActionParameterValueNotInList", Service.describeError(reset("Nmi")));
        assertEquals("400 ActionParameterValueNotInList", Service.describeError(reset("PushPowerButton")));
    }

    @Test
    public void aRefusedActionHasItsReason() throws IOException {
        addPower();
        service.allow(Permission.POWER);
        failure = new PowerException(PowerException.Reason.TOO_OFTEN, "Too often.", null, Duration.ofSeconds(6));
        FakeExchange tooOften = reset("ForceOff");
        assertEquals("429 ServiceTemporarilyUnavailable 6", Service.describeError(tooOften) + " " + tooOften.sent("Retry-After"));
        failure = new PowerException(PowerException.Reason.FAILED, "The relay does not answer.");
        FakeExchange failed = reset("ForceOff");
        assertEquals("502 GeneralError", Service.describeError(failed));
        assertTrue(describeLast(), describeLast().contains("result=The relay does not answer."));
    }

    @Test
    public void theBootDeviceCannotBeChosenAndTheErrorSaysWhy() throws IOException {
        addPower();
        String once = "{\"Boot\":{\"BootSourceOverrideEnabled\":\"Once\",\"BootSourceOverrideTarget\":\"Cd\"}}";
        assertEquals("403 InsufficientPrivilege", Service.describeError(service.ask("PATCH", BAY1, once)));
        service.allow(Permission.POWER);
        FakeExchange refused = service.ask("PATCH", BAY1, once);
        assertEquals("400 PropertyNotWritable", Service.describeError(refused));
        assertTrue(refused.text(), refused.text().contains("boot menu of the computer's firmware") && refused.text().contains("#/Boot/BootSourceOverrideEnabled"));
        assertEquals("nothing to change", 204,
                service.ask("PATCH", BAY1, "{\"Boot\":{\"BootSourceOverrideEnabled\":\"Disabled\",\"BootSourceOverrideTarget\":\"None\"}}").status());
        assertEquals("400 PropertyValueTypeError", Service.describeError(service.ask("PATCH", BAY1, "{\"Boot\":\"Cd\"}")));
        assertEquals("400 PropertyNotWritable", Service.describeError(service.ask("PATCH", BAY1, "{\"Name\":\"x\"}")));
        FakeExchange unknown = service.ask("PATCH", BAY1, "{\"secret\":1}");
        assertEquals("400 PropertyUnknown", Service.describeError(unknown));
        assertFalse(unknown.text().contains("secret"));
    }
}
