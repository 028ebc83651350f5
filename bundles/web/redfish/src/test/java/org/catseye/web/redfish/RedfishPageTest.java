package org.catseye.web.redfish;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.testkit.FakeAudit;
import org.catseye.web.redfish.media.Drives;
import org.catseye.web.redfish.media.Insertions;
import org.catseye.web.redfish.media.VirtualMedia;
import org.catseye.web.redfish.service.RootServlet;
import org.catseye.web.redfish.session.SessionServlet;
import org.catseye.web.redfish.system.ManagerServlet;
import org.catseye.web.redfish.system.PowerHubs;
import org.catseye.web.redfish.system.SystemServlet;
import org.catseye.web.redfish.task.TaskServlet;
import org.catseye.web.redfish.task.Tasks;
import org.junit.Test;

/** The table of the user's page has all resources. The test of all callers on the running product reads it from there. */
public class RedfishPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /redfish[^`]*)` \\| [^|]+ \\|");

    @Test
    public void theTableHasAllResources() throws IOException {
        Service service = new Service();
        Tasks tasks = new Tasks(InstantSource.system(), Duration.ZERO);
        FakeAudit audit = new FakeAudit();
        Drives drives = new Drives();
        VirtualMedia media = new VirtualMedia(service.targets, drives, new Insertions(audit, drives, tasks), tasks);
        Set<String> served = Stream.of(new RootServlet(null), new SystemServlet(service.targets, new PowerHubs(audit), media, tasks),
                new ManagerServlet("1", service.targets, media, null), new SessionServlet(service.access, null), new TaskServlet(tasks)).flatMap(servlet -> servlet.listRoutes().stream())
                .flatMap(route -> route.actions().keySet().stream().map(method -> method + " " + route.template().template())).collect(Collectors.toCollection(TreeSet::new));
        String page = Files.readString(Path.of("../../../docs/redfish.md"));
        assertEquals(served, ROW.matcher(page).results().map((MatchResult row) -> row.group(1)).collect(Collectors.toCollection(TreeSet::new)));
    }
}
