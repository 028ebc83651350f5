package org.catseye.web.redfish.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.media.MediaDownload.State;
import org.catseye.media.MediaException;
import org.catseye.media.MediaKind;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.Service;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.catseye.web.redfish.task.TaskServlet;
import org.catseye.web.redfish.task.Tasks;
import org.junit.Test;
import org.osgi.framework.Constants;

public class VirtualMediaTest {

    private static final String DRIVES = "/redfish/v1/Systems/bay1/VirtualMedia";
    private static final String INSERT_CD = DRIVES + "/cd/Actions/VirtualMedia.InsertMedia";
    private static final String EJECT_CD = DRIVES + "/cd/Actions/VirtualMedia.EjectMedia";
    private static final String INSERT_USB = DRIVES + "/usb/Actions/VirtualMedia.InsertMedia";
    private static final String URL = "{\"Image\":\"https://user:secret@files.example/boot.iso?key=secret\"}";

    private final Service service = new Service();
    private final FakeAudit audit = new FakeAudit();
    private final FakeDrives fake = new FakeDrives();
    private final Drives drives = new Drives();

    public VirtualMediaTest() {
        Tasks tasks = new Tasks(InstantSource.system(), Duration.ofMillis(1));
        VirtualMedia media = new VirtualMedia(service.targets, drives, new Insertions(audit, drives, tasks), tasks);
        service.add(new RedfishServlet() {
            @Override
            public List<Route> listRoutes() {
                return media.listRoutes("/redfish/v1/Systems");
            }
        }).add(new TaskServlet(tasks));
        drives.library = fake;
        drives.bindHub(fake, Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 9L));
        fake.addImage("debian.iso", "carl");
        fake.addImage("disk.img", "ann");
    }

    private static String image(String reference) {
        return "{\"Image\":\"" + reference + "\"}";
    }

    private JsonNode drive(String name) throws IOException {
        return service.get(DRIVES + "/" + name);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void waitUntil(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertTrue("waited for " + what, System.nanoTime() < end);
            Thread.sleep(10);
        }
    }

    private FakeExchange awaitDone(FakeExchange accepted) throws Exception {
        FakeExchange[] last = {accepted};
        waitUntil("the end of the task", () -> {
            last[0] = accepted.status() == 202 ? service.ask("GET", accepted.sent("Location"), "") : accepted;
            return last[0].status() != 202;
        });
        return last[0];
    }

    private FakeExchange insert(String path, String body) throws Exception {
        return awaitDone(service.ask("POST", path, body));
    }

    @Test
    public void drivesAreListedForUsersWhoMayAttachSomething() throws IOException {
        assertEquals("403 InsufficientPrivilege", Service.describeError(service.ask("GET", DRIVES, "")));
        service.allow(Permission.MEDIA_READ_ONLY);
        assertEquals("[{\"@odata.id\":\"" + DRIVES + "/cd\"},{\"@odata.id\":\"" + DRIVES + "/usb\"}]", service.get(DRIVES).get("Members").toString());
        JsonNode cd = drive("cd");
        assertEquals("[\"CD\",\"DVD\"] false null null NotConnected true", cd.get("MediaTypes") + " " + cd.get("Inserted") + " " + cd.get("Image") + " " + cd.get("ImageName")
                + " " + cd.get("ConnectedVia").asText() + " " + cd.get("WriteProtected"));
        assertEquals("[\"CD\",\"DVD\",\"USBStick\"]", drive("usb").get("MediaTypes").toString());
        assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("GET", DRIVES + "/floppy", "")));
        assertEquals("404 ResourceMissingAtURI", Service.describeError(service.ask("GET", DRIVES.replace("bay1", "bay2"), "")));
    }

    @Test
    public void anImageOfTheLibraryIsInsertedByItsNameOrAddress() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY);
        for (String reference : new String[] {"catseye:debian.iso", "/api/v1/media/id1/content", "http://192.0.2.1:8080/api/v1/media/id1/content"}) {
            assertEquals(reference, 204, insert(INSERT_CD, image(reference)).status());
            JsonNode cd = drive("cd");
            assertEquals("true debian.iso URI true /api/v1/media/id1/content", cd.get("Inserted") + " " + cd.get("ImageName").asText() + " " + cd.get("ConnectedVia").asText()
                    + " " + cd.get("WriteProtected") + " " + cd.get("Image").asText());
            assertEquals(204, service.ask("POST", EJECT_CD, "").status());
            assertFalse(drive("cd").get("Inserted").asBoolean());
        }
        assertEquals("ejected images of the library stay", List.of("debian.iso", "disk.img"), fake.names());
        assertEquals("404 ResourceNotFound", Service.describeError(service.ask("POST", INSERT_CD, image("catseye:nothing.iso"))));
        assertTrue(audit.lines().toString(), audit.lines().get(0).contains("media.attached") && audit.lines().get(0).contains("by=Redfish"));
    }

    @Test
    public void writingNeedsMoreRights() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY);
        String own = "{\"Image\":\"catseye:disk.img\",\"WriteProtected\":false}";
        String others = "{\"Image\":\"catseye:debian.iso\",\"WriteProtected\":false}";
        assertEquals("403 InsufficientPrivilege", Service.describeError(service.ask("POST", INSERT_USB, own)));
        assertEquals("403 InsufficientPrivilege", Service.describeError(service.ask("POST", INSERT_CD, image("http://files.example/boot.iso"))));
        service.allow(Permission.MEDIA);
        assertEquals("403 InsufficientPrivilege", Service.describeError(service.ask("POST", INSERT_USB, others)));
        assertEquals(204, insert(INSERT_USB, own).status());
        assertFalse(drive("usb").get("WriteProtected").asBoolean());
        service.allow(Permission.ADMIN);
        assertEquals(204, insert(INSERT_USB, others).status());
    }

    @Test
    public void aCallerWhoMayOnlyReadCannotEjectADiskThatIsWritten() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        assertEquals(204, insert(INSERT_USB, "{\"Image\":\"catseye:disk.img\",\"WriteProtected\":false}").status());
        Service other = new Service();
        other.allow(Permission.MEDIA_READ_ONLY);
        Tasks tasks = new Tasks(InstantSource.system(), Duration.ofMillis(1));
        VirtualMedia media = new VirtualMedia(other.targets, drives, new Insertions(audit, drives, tasks), tasks);
        other.add(new RedfishServlet() {
            @Override
            public List<Route> listRoutes() {
                return media.listRoutes("/redfish/v1/Systems");
            }
        });
        assertEquals("403 InsufficientPrivilege", Service.describeError(other.ask("POST", DRIVES + "/usb/Actions/VirtualMedia.EjectMedia", "{}")));
        assertEquals("403 InsufficientPrivilege", Service.describeError(other.ask("POST", INSERT_USB, image("catseye:debian.iso"))));
    }

    @Test
    public void anImageIsFetchedFirstThenInsertedAndDeletedWhenItIsEjected() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        assertEquals(202, accepted.status());
        waitUntil("the progress", () -> service.get(accepted.sent("Location").replace("TaskMonitors", "Tasks")).path("PercentComplete").asInt() == 25);
        assertFalse(drive("cd").get("Inserted").asBoolean());
        fake.finishDownload(State.DONE);
        assertEquals(204, awaitDone(accepted).status());
        JsonNode cd = drive("cd");
        assertEquals("true boot.iso https://files.example/boot.iso", cd.get("Inserted") + " " + cd.get("ImageName").asText() + " " + cd.get("Image").asText());
        assertEquals("no local addresses", false, fake.requests.get(0).localAddresses());
        assertFalse(audit.lines().toString(), audit.lines().toString().contains("secret"));
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img"), fake.names());
        assertEquals("nothing to eject", 204, service.ask("POST", EJECT_CD, "{}").status());
    }

    @Test
    public void anImageOfTheSameNameStaysAndTheNewOneGetsANumber() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA, Permission.ADMIN);
        FakeExchange accepted = service.ask("POST", INSERT_CD, image("http://files.example/debian.iso"));
        fake.finishDownload(State.DONE);
        assertEquals(204, awaitDone(accepted).status());
        assertEquals(List.of("debian.iso", "disk.img", "debian-2.iso"), fake.names());
        assertTrue("an administrator", fake.requests.get(0).localAddresses());
    }

    @Test
    public void theNextImageReplacesTheOneThatWasFetched() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        fake.finishDownload(State.DONE);
        awaitDone(accepted);
        assertEquals(204, insert(INSERT_CD, image("catseye:debian.iso")).status());
        assertEquals(List.of("debian.iso", "disk.img"), fake.names());
    }

    private void insertFetched() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        fake.finishDownload(State.DONE);
        assertEquals(204, awaitDone(accepted).status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    private FakeExchange askAs(Session session, String path, String body) throws IOException {
        return service.ask(service.exchange("POST", path).attribute(WebContext.SESSION, session).body("application/json", body));
    }

    private Session readOnlySession(String user) {
        Session session = service.access.open("token of " + user, user);
        service.access.allow(session, Permission.VIEW, "bay1");
        service.access.allow(session, Permission.MEDIA_READ_ONLY, "bay1");
        return session;
    }

    private List<String> recorded(String action) {
        return audit.lines().stream().filter(line -> line.startsWith(action)).toList();
    }

    @Test
    public void deletingWhatWasFetchedIsRecorded() throws Exception {
        insertFetched();
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(1, recorded("media.deleted").size());
        String line = recorded("media.deleted").get(0);
        assertTrue(line, line.startsWith("media.deleted ann ") && line.endsWith("{by=Redfish, drive=cd, name=boot.iso, result=done, target=bay1}"));
    }

    @Test
    public void aFetchedImageThatWasEjectedElsewhereStays() throws Exception {
        insertFetched();
        fake.ejectImage("cd", false);
        assertEquals(204, awaitDone(askAs(readOnlySession("bob"), INSERT_CD, image("catseye:debian.iso"))).status());
        assertEquals(204, askAs(readOnlySession("bob"), EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
        assertEquals(List.of(), recorded("media.deleted"));
    }

    @Test
    public void aFetchedImageThatWasReplacedElsewhereStays() throws Exception {
        insertFetched();
        fake.attachImage("cd", "debian.iso", MediaKind.CDROM, true);
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    @Test
    public void aFetchedImageIsForgottenOnceItsDriveIsSeenWithoutIt() throws Exception {
        insertFetched();
        fake.ejectImage("cd", false);
        drive("usb");
        fake.attachImage("cd", "boot.iso", MediaKind.CDROM, true);
        assertEquals("/api/v1/media/id3/content", drive("cd").get("Image").asText());
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    private void replaceInLibrary(String user) throws Exception {
        fake.ejectImage("cd", false);
        fake.deleteImage("id3");
        fake.addImage("boot.iso", user);
        fake.attachImage("cd", "id3", MediaKind.CDROM, true);
    }

    @Test
    public void anImageOfAnotherUserWithTheIdOfAFetchedOneStays() throws Exception {
        fake.stopClock();
        insertFetched();
        replaceInLibrary("carl");
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
        assertEquals(List.of(), recorded("media.deleted"));
    }

    @Test
    public void aLaterImageOfTheSameUserWithTheIdOfAFetchedOneStays() throws Exception {
        insertFetched();
        replaceInLibrary("ann");
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    @Test
    public void anImageThatTookTheIdBeforeTheInsertionStays() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        synchronized (fake) {
            fake.finishDownload(State.DONE);
            fake.deleteImage("id3");
            fake.addImage("boot.iso", "carl");
        }
        assertEquals(204, awaitDone(accepted).status());
        assertEquals(204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    @Test
    public void aFetchedImageThatIsInsertedFromTheLibraryStays() throws Exception {
        insertFetched();
        assertEquals(204, insert(INSERT_CD, image("catseye:boot.iso")).status());
        assertEquals(List.of("debian.iso", "disk.img", "boot.iso"), fake.names());
    }

    @Test
    public void onlyTheSameUserAndUsersWithMediaCanEndADownload() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        Session bob = readOnlySession("bob");
        assertEquals("403 InsufficientPrivilege", Service.describeError(askAs(bob, EJECT_CD, "{}")));
        assertEquals(State.RUNNING, fake.listDownloads().get(0).state());
        String line = recorded("media.ejected").get(0);
        assertTrue(line, line.startsWith("media.ejected bob ") && line.contains("by=Redfish") && line.contains("image=https://files.example/boot.iso, result=Another user"));
        service.access.allow(bob, Permission.MEDIA, "bay1");
        assertEquals(204, askAs(bob, EJECT_CD, "{}").status());
        assertEquals(State.CANCELLED, fake.listDownloads().get(0).state());
        assertEquals("409 GeneralError", Service.describeError(awaitDone(accepted)));
        assertTrue(recorded("media.ejected").toString(), recorded("media.ejected").get(1).contains("result=done"));
    }

    @Test
    public void aUserEndsAnOwnDownloadWithoutMedia() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        assertEquals(204, askAs(readOnlySession("ann"), EJECT_CD, "{}").status());
        assertEquals(State.CANCELLED, fake.listDownloads().get(0).state());
        assertEquals("409 GeneralError", Service.describeError(awaitDone(accepted)));
    }

    @Test
    public void aFailedDownloadIsReported() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        fake.finishDownload(State.FAILED);
        FakeExchange failed = awaitDone(accepted);
        assertEquals("502 GeneralError", Service.describeError(failed));
        assertTrue(failed.text(), failed.text().contains("The server answers 404."));
    }

    @Test
    public void anImageThatCannotBeAttachedDoesNotStay() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        fake.failWith(new MediaException(MediaException.Reason.LOCKED, "The computer has locked the drive."));
        FakeExchange accepted = service.ask("POST", INSERT_CD, URL);
        fake.finishDownload(State.DONE);
        assertEquals("409 GeneralError", Service.describeError(awaitDone(accepted)));
        assertEquals(List.of("debian.iso", "disk.img"), fake.names());
    }

    @Test
    public void aRepeatedRequestJoinsTheFirstOneAndAnotherImageHasToWait() throws Exception {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        FakeExchange first = service.ask("POST", INSERT_CD, URL);
        assertEquals(first.sent("Location"), service.ask("POST", INSERT_CD, URL).sent("Location"));
        assertEquals(1, fake.requests.size());
        assertEquals("409 ServiceTemporarilyUnavailable", Service.describeError(service.ask("POST", INSERT_CD, image("http://files.example/other.iso"))));
        assertEquals("ejecting cancels", 204, service.ask("POST", EJECT_CD, "{}").status());
        assertEquals("409 GeneralError", Service.describeError(awaitDone(first)));
        waitUntil("the drive is free", () -> service.ask("POST", INSERT_CD, image("http://files.example/other.iso")).status() == 202);
    }

    @Test
    public void whatIsNotSupportedIsRefused() throws IOException {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        Map<String, String> refused = Map.of("{}", "400 ActionParameterMissing", image("nfs://files.example/x.iso"), "400 ActionParameterNotSupported",
                image("/etc/passwd"), "400 ActionParameterNotSupported", image("file:///etc/passwd"), "400 ActionParameterNotSupported",
                "{\"Image\":\"catseye:debian.iso\",\"Inserted\":false}", "400 ActionParameterNotSupported",
                "{\"Image\":\"catseye:debian.iso\",\"Password\":\"x\"}", "400 ActionParameterNotSupported",
                "{\"Image\":\"catseye:debian.iso\",\"TransferMethod\":\"Stream\"}", "400 ActionParameterValueNotInList",
                "{\"Image\":\"catseye:debian.iso\",\"TransferProtocolType\":\"NFS\"}", "400 ActionParameterValueNotInList");
        for (Map.Entry<String, String> body : refused.entrySet()) {
            assertEquals(body.getKey(), body.getValue(), Service.describeError(service.ask("POST", INSERT_CD, body.getKey())));
        }
        drives.library = null;
        assertEquals("503 GeneralError", Service.describeError(service.ask("POST", INSERT_CD, URL)));
    }

    /** Whatever the body is, the answer is no failure of this service. */
    @Test
    public void bentBodiesAreRefused() throws IOException {
        service.allow(Permission.MEDIA_READ_ONLY, Permission.MEDIA);
        Random random = new Random(20261129);
        List<String> parts = List.of("{", "}", "\"Image\"", ":", ",", "\"catseye:%\"", "\"catseye:%zz\"", "\"http://\"", "\"http://[\"", "\"http://a b\"", "\"https://files.example:99999/x\"",
                "null", "true", "[", "]", "1e999", "\"WriteProtected\"", "\"TransferMethod\"", "\"\\u0000\"", "\"/api/v1/media/../content\"", "\"catseye:\"", "\"//\"", "\"?\"", "\"#\"");
        Set<Integer> expected = Set.of(202, 204, 400, 404, 409, 429, 503);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder body = new StringBuilder(random.nextBoolean() ? "{\"Image\":" : "");
            for (int n = random.nextInt(6); n >= 0; n--) {
                body.append(parts.get(random.nextInt(parts.size())));
            }
            FakeExchange answer = service.ask("POST", random.nextBoolean() ? INSERT_CD : EJECT_CD, body + (random.nextBoolean() ? "}" : ""));
            assertTrue(body + ": " + answer.status() + " " + answer.text(), expected.contains(answer.status()));
            assertTrue(answer.text().isEmpty() || new ObjectMapper().readTree(answer.text()).isObject());
        }
    }
}
