package org.catseye.web.rest.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaSpace;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Before;
import org.junit.Test;

public class MediaServletTest {

    private static final MediaImage IMAGE = new MediaImage("a1", "a.iso", 7, "", "bob", Instant.EPOCH);
    private final Wired wired = new Wired();
    private final Recorder<MediaLibrary> library = new Recorder<>(MediaLibrary.class);
    private final FakeAudit audit = new FakeAudit();
    private final MediaServlet servlet = new MediaServlet(library.service, new MediaRights(wired.access, wired.targets, library.service), new Transfers(), audit);
    private final Session ann = wired.access.open("t", "ann");

    @Before
    public void fill() {
        library.answers.put("listImages", List.of(IMAGE));
        library.answers.put("listUploads", List.of());
        library.answers.put("listDownloads", List.of());
        library.answers.put("readSpace", new MediaSpace(100, 50, ""));
        library.answers.put("findImage", Optional.of(IMAGE));
        library.answers.put("deleteImage", null);
        for (String target : List.of("bay1", "bay2")) {
            wired.addHub(target.hashCode(), target, Wired.live(640));
            servlet.bindHub(hub(), Map.of("service.id", (long) target.hashCode(), "kvm.target", target));
        }
    }

    private static MediaHub hub() {
        DriveState state = new DriveState("usb", "USB", Set.of(MediaKind.CDROM), false, DriveState.Condition.ATTACHED, "",
                Optional.of(new AttachedMedium("a1", "a.iso", MediaKind.CDROM, true)));
        return (MediaHub) Proxy.newProxyInstance(MediaHub.class.getClassLoader(), new Class<?>[] {MediaHub.class}, (proxy, method, arguments) -> List.of(state));
    }

    private FakeExchange send(String method, String path) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, ann);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void drivesAreShownOnlyToUsersWhoMaySeeThem() throws Exception {
        assertEquals(403, send("GET", "/api/v1/media").status());
        wired.access.allow(ann, Permission.MEDIA_READ_ONLY, "bay2");
        JsonNode shown = ApiServlet.JSON.readTree(send("GET", "/api/v1/media").bytes());
        assertEquals("[{\"target\":\"bay2\",\"drive\":\"usb\"}]", shown.at("/images/0/attached").toString());
        assertEquals("{\"total\":100,\"free\":50,\"problem\":\"\"}", shown.get("space").toString());
    }

    @Test
    public void imagesOfOtherUsersNeedAdmin() throws Exception {
        wired.access.allow(ann, Permission.MEDIA, "bay1");
        assertEquals(403, send("DELETE", "/api/v1/media/a1").status());
        assertEquals("a name is no id", 404, send("DELETE", "/api/v1/media/a.iso").status());
        wired.access.allow(ann, Permission.ADMIN, "*");
        assertEquals(204, send("DELETE", "/api/v1/media/a1").status());
        assertEquals(List.of("media.deleted"), audit.actions());
    }

    @Test
    public void theNameOfAnUploadComesFromItsMetadata() throws Exception {
        assertEquals("a.iso", TusServlet.parseName("filetype eA==, filename YS5pc28="));
        for (String wrong : Arrays.asList(null, "", "filename", "filename !", "name YQ==", "filename YQ== x")) {
            assertEquals(400, assertThrows(ApiException.class, () -> TusServlet.parseName(wrong)).status());
        }
    }

    @Test
    public void rangesAreCutToTheSize() {
        assertEquals(Optional.of(new ByteRange(2, 3)), ByteRange.parse("bytes=2-4", 10));
        assertEquals(Optional.of(new ByteRange(2, 8)), ByteRange.parse("bytes=2-", 10));
        assertEquals(Optional.of(new ByteRange(2, 8)), ByteRange.parse("bytes=2-999999999999999999", 10));
        assertEquals(Optional.of(new ByteRange(7, 3)), ByteRange.parse("bytes=-3", 10));
        assertEquals(Optional.of(new ByteRange(0, 10)), ByteRange.parse("bytes=-30", 10));
        assertEquals(0, ByteRange.parse("bytes=10-", 10).orElseThrow().count());
        for (String whole : Arrays.asList(null, "", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b")) {
            assertEquals(whole, Optional.empty(), ByteRange.parse(whole, 10));
        }
    }

    @Test
    public void eachFailureHasAStatusOfItsOwn() {
        TreeSet<Integer> statuses = new TreeSet<>();
        for (Reason reason : Reason.values()) {
            ApiException error = MediaErrors.toApiException(new MediaException(reason, "x"));
            assertEquals("x", error.getMessage());
            statuses.add(error.status());
        }
        assertEquals(Set.of(404, 422, 409, 507, 413, 429, 423, 503, 502), statuses);
        assertTrue(MediaErrors.toApiException(new MediaException(Reason.TOO_MANY, "x")).headers().containsKey("Retry-After"));
    }
}
