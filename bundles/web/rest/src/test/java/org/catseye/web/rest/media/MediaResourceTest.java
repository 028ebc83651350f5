package org.catseye.web.rest.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.DriveState.Condition;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaKind;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeMediaLibrary;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.dispatch.Dispatchers;
import org.junit.Test;
import org.osgi.framework.Constants;

public class MediaResourceTest {

    private final Wired wired = new Wired();
    private final Recorder<Audit> audit = new Recorder<>(Audit.class);
    private final FakeMediaLibrary library = new FakeMediaLibrary("a.iso", "b.img");
    private final MediaResource resource = new MediaResource(wired.access, audit.service, library);
    private final Session reader = wired.access.open("r", "rita");
    private final Session operator = wired.access.open("o", "ann");
    private final Session admin = wired.access.open("a", "root");
    private final List<String> calls = new ArrayList<>();
    private Optional<AttachedMedium> inside = Optional.empty();
    private Exception failure;

    public MediaResourceTest() {
        wired.access.allow(reader, Permission.MEDIA_READ_ONLY, "bay1");
        for (Permission each : List.of(Permission.MEDIA, Permission.MEDIA_READ_ONLY)) {
            wired.access.allow(operator, each, "bay1");
            wired.access.allow(admin, each, "bay1");
        }
        wired.access.allow(admin, Permission.ADMIN, "bay1");
        wired.addHub(1, "bay1", Wired.live(640));
        library.addImage("ann.img", "ann");
    }

    private void addHub() {
        resource.bindHub(new MediaHub() {
            @Override
            public List<DriveState> currentDrives() {
                return List.of(new DriveState("cd", "CD drive", Set.of(MediaKind.CDROM), false, Condition.EMPTY, "", Optional.empty()),
                        new DriveState("disk", "Disk", Set.of(MediaKind.DISK), true, inside.isPresent() ? Condition.ATTACHED : Condition.EMPTY, "", inside));
            }

            @Override
            public List<DriveState> readDrives() {
                return currentDrives();
            }

            @Override
            public void attachImage(String drive, String image, MediaKind kind, boolean readOnly) throws MediaException {
                calls.add("attach " + drive + " " + image + " " + kind.publicName() + (readOnly ? " read-only" : ""));
                fail();
            }

            @Override
            public void ejectImage(String drive, boolean force) throws MediaException {
                calls.add("eject " + drive + (force ? " by force" : ""));
                fail();
            }

            private void fail() throws MediaException {
                if (failure instanceof MediaException refused) {
                    throw refused;
                }
                if (failure instanceof RuntimeException defect) {
                    throw defect;
                }
            }
        }, Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 1L));
    }

    private FakeExchange ask(Session by, String method, String path, String body) throws IOException {
        FakeExchange exchange = wired.exchange(method, "/api/v1/targets/bay1/media" + path, by);
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        Dispatchers.withResource(wired, "media", resource).service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void theDrivesAreListed() throws IOException {
        assertEquals("[]", ask(reader, "GET", "", "").text());
        addHub();
        inside = Optional.of(new AttachedMedium("id2", "b.img", MediaKind.DISK, false));
        assertEquals("[{\"drive\":\"cd\",\"label\":\"CD drive\",\"image\":null,\"name\":\"\",\"kind\":null,\"readOnly\":true,\"state\":\"EMPTY\",\"reason\":\"\","
                + "\"kinds\":[\"cdrom\"],\"writable\":false},{\"drive\":\"disk\",\"label\":\"Disk\",\"image\":\"id2\",\"name\":\"b.img\",\"kind\":\"disk\","
                + "\"readOnly\":false,\"state\":\"ATTACHED\",\"reason\":\"\",\"kinds\":[\"disk\"],\"writable\":true}]", ask(reader, "GET", "", "").text());
        assertTrue(ask(reader, "GET", "/disk", "").text().startsWith("{\"drive\":\"disk\""));
        assertEquals(404, ask(reader, "GET", "/tape", "").status());
        assertEquals(404, ask(reader, "GET", "/cd/x", "").status());
    }

    @Test
    public void anImageIsAttachedByIdOrNameAndRecorded() throws IOException {
        addHub();
        FakeExchange done = ask(reader, "PUT", "/cd", "{\"image\":\"a.iso\",\"kind\":\"cdrom\",\"readOnly\":true}");
        assertEquals(done.text(), 200, done.status());
        ask(reader, "PUT", "/disk", "{\"image\":\"id2\"}");
        ask(operator, "PUT", "/disk", "{\"image\":\"ann.img\",\"readOnly\":false}");
        assertEquals(List.of("attach cd id1 cdrom read-only", "attach disk id2 disk read-only", "attach disk id3 disk"), calls);
        for (String part : List.of("media.attached", "rita", "target=bay1", "drive=cd", "image=a.iso", "kind=cdrom", "readOnly=true", "result=done")) {
            assertTrue(audit.calls.toString(), audit.calls.get(0).contains(part));
        }
    }

    @Test
    public void theKindFollowsTheDriveAndTheName() throws IOException {
        addHub();
        ask(reader, "PUT", "/cd", "{\"image\":\"b.img\"}");
        ask(reader, "PUT", "/disk", "{\"image\":\"a.iso\"}");
        assertEquals(List.of("attach cd id2 cdrom read-only", "attach disk id1 disk read-only"), calls);
    }

    @Test
    public void theLesserRightIsForReadingOnly() throws IOException {
        addHub();
        assertEquals(403, ask(reader, "PUT", "/disk", "{\"image\":\"b.img\",\"readOnly\":false}").status());
        inside = Optional.of(new AttachedMedium("id3", "ann.img", MediaKind.DISK, false));
        assertEquals("it would end what the computer writes", 403, ask(reader, "DELETE", "/disk", "").status());
        assertEquals(403, ask(reader, "PUT", "/disk", "{\"image\":\"b.img\"}").status());
        assertEquals(List.of(), calls);
        assertEquals(204, ask(operator, "DELETE", "/disk", "").status());
        assertTrue(audit.calls.toString(), audit.calls.get(0).contains("MEDIA_READ_ONLY doesn't include"));
    }

    @Test
    public void imagesOfOthersAreNotWrittenTo() throws IOException {
        addHub();
        FakeExchange refused = ask(operator, "PUT", "/disk", "{\"image\":\"b.img\",\"readOnly\":false}");
        assertEquals(403, refused.status());
        assertTrue(refused.text(), refused.text().contains("Only admin and administrators"));
        assertEquals(200, ask(admin, "PUT", "/disk", "{\"image\":\"b.img\",\"readOnly\":false}").status());
        assertEquals(List.of("attach disk id2 disk"), calls);
    }

    @Test
    public void forceIsASecondExplicitAction() throws IOException {
        addHub();
        failure = new MediaException(Reason.LOCKED, "The computer has locked the drive.");
        FakeExchange locked = ask(reader, "DELETE", "/cd", "");
        assertEquals(423, locked.status());
        assertTrue(locked.text(), locked.text().contains("locked the drive"));
        failure = null;
        FakeExchange forced = ask(reader, "DELETE", "/cd?force=true", "");
        assertEquals(204, forced.status());
        assertEquals(List.of("eject cd", "eject cd by force"), calls);
        assertTrue(audit.calls.toString(), audit.calls.get(1).contains("force=true"));
        assertEquals(400, ask(reader, "DELETE", "/cd?force=yes", "").status());
    }

    @Test
    public void aWrongBodyIsRefusedAndNothingHappens() throws IOException {
        addHub();
        for (String body : List.of("{}", "{\"image\":1}", "{\"image\":\"a.iso\",\"kind\":\"tape\"}", "{\"image\":\"a.iso\",\"readOnly\":\"yes\"}",
                "{\"image\":\"a.iso\",\"force\":true}", "[]", "a.iso")) {
            assertEquals(body, 400, ask(operator, "PUT", "/cd", body).status());
        }
        assertEquals(404, ask(operator, "PUT", "/tape", "{\"image\":\"a.iso\"}").status());
        assertEquals(List.of(), calls);
    }

    @Test
    public void eachFailureHasItsStatusAndIsRecorded() throws IOException {
        addHub();
        Map<Reason, Integer> statuses = new EnumMap<>(Map.of(Reason.NOT_FOUND, 404, Reason.BAD_NAME, 422, Reason.BAD_URL, 422, Reason.EXISTS, 409,
                Reason.IN_USE, 409, Reason.CONFLICT, 409, Reason.NO_SPACE, 507, Reason.TOO_LARGE, 413, Reason.TOO_MANY, 429));
        statuses.putAll(Map.of(Reason.UNSUPPORTED, 409, Reason.LOCKED, 423, Reason.BUSY, 409, Reason.UNAVAILABLE, 503, Reason.FAILED, 502));
        assertEquals(Set.of(Reason.values()), statuses.keySet());
        for (var status : statuses.entrySet()) {
            failure = new MediaException(status.getKey(), "The reason.");
            FakeExchange refused = ask(reader, "PUT", "/cd", "{\"image\":\"a.iso\"}");
            assertEquals((int) status.getValue(), refused.status());
            assertTrue(refused.text().contains("The reason."));
        }
        assertEquals(statuses.size(), audit.calls.stream().filter(call -> call.contains("result=The reason.")).count());
        failure = new IllegalStateException("a defect");
        assertEquals(500, ask(reader, "DELETE", "/cd", "").status());
        assertTrue(audit.calls.toString(), audit.calls.get(audit.calls.size() - 1).contains("result=failed"));
    }
}
