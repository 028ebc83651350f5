package org.catseye.web.rest.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.media.DiskFile;
import org.catseye.media.FileDisks;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.junit.Test;

/** What is refused before a file moves, and what needs no transfer. The whole product is tested with real disks. */
public class DisksServletTest {

    private static final String FILES = "/api/v1/media/disks/d1/files";
    private static final String FILE = "/api/v1/media/disks/d1/file";

    private final Wired wired = new Wired();
    private final Recorder<FileDisks> disks = new Recorder<>(FileDisks.class);
    private final Recorder<MediaLibrary> library = new Recorder<>(MediaLibrary.class);
    private final FakeAudit audit = new FakeAudit();
    private final DisksServlet servlet = new DisksServlet(disks.service, new MediaRights(wired.access, wired.targets, library.service), new Transfers(), audit);
    private final Session ann = wired.access.open("t", "ann");

    public DisksServletTest() {
        wired.addHub(1, "bay1", Wired.live(640));
        library.answers.put("findImage", Optional.of(new MediaImage("d1", "files.img", 7, "", "ann", Instant.EPOCH)));
        disks.answers.put("listFiles", List.of(new DiskFile("logs", true, 0), new DiskFile("logs/boot.txt", false, 12)));
        disks.answers.put("deleteFile", null);
    }

    private FakeExchange send(String method, String path) throws IOException {
        FakeExchange exchange = wired.exchange(method, path, ann);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    public void filesAreListedForWhoeverMayAddImages() throws Exception {
        wired.access.allow(ann, Permission.MEDIA_READ_ONLY, "bay1");
        assertEquals(403, send("GET", FILES).status());
        wired.access.allow(ann, Permission.MEDIA, "bay1");
        assertEquals("[{\"path\":\"logs\",\"folder\":true,\"bytes\":0},{\"path\":\"logs/boot.txt\",\"folder\":false,\"bytes\":12}]", send("GET", FILES).text());
        assertEquals(404, send("GET", "/api/v1/media/disks/files.img/files").status());
    }

    @Test
    public void filesOfOthersNeedAdmin() throws Exception {
        library.answers.put("findImage", Optional.of(new MediaImage("d1", "files.img", 7, "", "bob", Instant.EPOCH)));
        wired.access.allow(ann, Permission.MEDIA, "bay1");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertEquals(method, 403, send(method, FILE + "?path=a").status());
        }
        assertEquals(403, send("GET", FILES).status());
        wired.access.allow(ann, Permission.ADMIN, "*");
        assertEquals(204, send("DELETE", FILE + "?path=logs/boot.txt").status());
        assertTrue(audit.lines().toString(), audit.lines().get(0).startsWith("media.file-deleted ann ") && audit.lines().get(0).contains("path=logs/boot.txt, result=done"));
    }

    @Test
    public void whatIsWrongIsRefusedBeforeATransfer() throws Exception {
        wired.access.allow(ann, Permission.MEDIA, "bay1");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertEquals(method, 400, send(method, FILE).status());
        }
        FakeExchange large = wired.exchange("PUT", FILE + "?path=a", ann).length(FileDisks.MAX_FILE_BYTES + 1);
        servlet.service(large.request(), large.response());
        assertEquals(413, large.status());
        for (String body : List.of("{}", "{\"name\":\"a\"}", "{\"name\":\"a\",\"bytes\":\"1\"}", "{\"name\":\"a\",\"bytes\":1.5}", "{\"name\":\"a\",\"bytes\":1e99}")) {
            FakeExchange wrong = wired.exchange("POST", "/api/v1/media/disks", ann).body("application/json", body);
            servlet.service(wrong.request(), wrong.response());
            assertEquals(body, 400, wrong.status());
        }
        assertEquals(List.of(), disks.calls);
    }
}
