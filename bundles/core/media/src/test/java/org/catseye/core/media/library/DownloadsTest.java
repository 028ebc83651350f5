package org.catseye.core.media.library;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.media.fetch.AddressRule;
import org.catseye.core.media.fetch.HttpSource;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaDownload.State;
import org.catseye.media.MediaException.Reason;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Downloads from a server that this test writes by hand. The address 127.0.0.1 stands for the internet, and 127.0.0.2 for a private network. */
public class DownloadsTest extends LibraryRig {

    private static final byte[] CONTENT = content(400_000);
    private static final String TAGGED = "Accept-Ranges: bytes\r\nETag: \"v1\"\r\n";

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> resolved = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Behaviour behaviour = (number, head, out) -> sendAll(out);
    private ServerSocket server;
    private Path folder;
    private Downloads downloads;

    /** What the server does with its nth connection. */
    private interface Behaviour {
        void serve(int number, String head, OutputStream out) throws Exception;
    }

    private final AddressRule addresses = new AddressRule() {
        @Override
        protected InetAddress[] resolve(String host) throws UnknownHostException {
            resolved.add(host);
            // A name that changes its address each time it is looked up.
            String address = host.equals("rebinding.example") ? "127.0.0." + (resolved.size() > 1 ? 2 : 1) : host.equals("inside.example") ? "127.0.0.2" : "127.0.0.1";
            return host.equals("nowhere.example") ? super.resolve("nowhere.invalid") : new InetAddress[] {InetAddress.getByName(host.matches("[0-9.]+") ? host : address)};
        }

        @Override
        protected boolean isPublic(InetAddress address) {
            return address.getHostAddress().equals("127.0.0.1");
        }
    };

    @Before
    public void start() throws Exception {
        server = new ServerSocket(0);
        NamedThreads.newDaemonThread(this::acceptAll, "test-server").start();
        folder = folders.newFolder("media").toPath();
        open(folder);
        downloads = new Downloads(images, addresses, new HttpSource.Timeouts(2_000, 500, 500, 1));
    }

    @After
    public void stop() throws Exception {
        downloads.stop();
        end.countDown();
        server.close();
        assertEquals("only the index is left", List.of(), Arrays.stream(folder.resolve(Shelf.HIDDEN).toFile().list()).filter(name -> name.endsWith("part")).toList());
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                NamedThreads.newDaemonThread(() -> serve(socket), "test-connection").start();
            }
        } catch (IOException e) {
            assertTrue(server.isClosed());
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            heads.add(socket.getLocalAddress().getHostAddress() + " " + head);
            behaviour.serve(heads.size(), head.toString(), socket.getOutputStream());
        } catch (Exception e) {
            assertFalse("the client ended it", e.getMessage() == null);
        }
    }

    private static void sendHead(OutputStream out, String status, String headers) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void sendAll(OutputStream out) throws IOException {
        sendHead(out, "200 OK", "Content-Length: " + CONTENT.length + "\r\n");
        out.write(CONTENT);
    }

    private MediaDownload start(String host, String path, String name, String sha256, boolean local) throws Exception {
        return downloads.startDownload(new DownloadRequest(URI.create("http://" + host + ":" + server.getLocalPort() + path), name, sha256, "ann", local));
    }

    private MediaDownload fetch(String host) throws Exception {
        return awaitEnd(start(host, "/pub/a.iso?token=secret", "", "", false));
    }

    private MediaDownload find(String id) {
        return downloads.listDownloads().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private MediaDownload awaitEnd(MediaDownload started) throws Exception {
        return await("the end", () -> find(started.id()), now -> now.state() != State.RUNNING);
    }

    private void assertFetched(MediaDownload done) throws Exception {
        assertEquals(done.reason(), State.DONE, done.state());
        assertEquals(CONTENT.length, done.receivedBytes());
        assertEquals(images.findImage("a.iso").orElseThrow().image().id(), done.image());
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("a.iso")));
    }

    private void assertFailed(String reason, MediaDownload failed) {
        assertEquals(State.FAILED, failed.state());
        assertTrue(failed.reason(), failed.reason().contains(reason));
        assertEquals(List.of(), images.listImages());
    }

    @Test
    public void aFileIsFetched() throws Exception {
        MediaDownload done = fetch("ann:secret@files.example");
        assertFetched(done);
        assertEquals("http://files.example:" + server.getLocalPort() + "/pub/a.iso", done.url());
        assertTrue(heads.get(0), heads.get(0).contains("GET /pub/a.iso?token=secret HTTP/1.1\n") && heads.get(0).contains("Authorization: Basic "));
        downloads.cancelDownload(done.id());
        assertEquals("forgotten", List.of(), downloads.listDownloads());
    }

    @Test
    public void chunksAndAnUnknownLengthAreFine() throws Exception {
        behaviour = (number, head, out) -> {
            if (number == 1) {
                sendHead(out, "200 OK", "Transfer-Encoding: chunked\r\n");
                for (int from = 0; from < CONTENT.length; from += 50_000) {
                    out.write("C350;x=y\r\n".getBytes());
                    out.write(CONTENT, from, 50_000);
                    out.write("\r\n".getBytes());
                }
                out.write("0\r\n\r\n".getBytes());
            } else {
                sendHead(out, "200 OK", "");
                out.write(CONTENT);
            }
        };
        MediaDownload chunked = fetch("files.example");
        assertFetched(chunked);
        images.deleteImage(chunked.image());
        assertFetched(fetch("files.example"));
    }

    @Test
    public void aBrokenConnectionContinuesWhereItBroke() throws Exception {
        behaviour = (number, head, out) -> {
            if (number == 1) {
                sendHead(out, "200 OK", TAGGED + "Content-Length: " + CONTENT.length + "\r\n");
                out.write(CONTENT, 0, 150_000);
            } else {
                sendHead(out, "206 Partial Content", TAGGED + "Content-Range: bytes 150000-399999/400000\r\nContent-Length: 250000\r\n");
                out.write(CONTENT, 150_000, 250_000);
            }
        };
        assertFetched(fetch("files.example"));
        assertTrue(heads.get(1), heads.get(1).contains("Range: bytes=150000-\nIf-Range: \"v1\"\n"));
    }

    @Test
    public void aFileThatChangedMeanwhileIsFetchedAnew() throws Exception {
        behaviour = (number, head, out) -> {
            sendHead(out, "200 OK", TAGGED + "Content-Length: " + CONTENT.length + "\r\n");
            out.write(number == 1 ? new byte[100_000] : CONTENT);
        };
        assertFetched(fetch("files.example"));
    }

    @Test
    public void aServerThatAlwaysBreaksOffIsGivenUp() throws Exception {
        behaviour = (number, head, out) -> sendHead(out, "200 OK", "Content-Length: 10\r\n");
        assertFailed("closed the connection", fetch("files.example"));
        assertEquals(5, heads.size());
    }

    @Test
    public void theHashIsComparedBeforeTheImageAppears() throws Exception {
        assertFailed("another SHA-256", awaitEnd(start("files.example", "/x", "a.iso", "0".repeat(64), false)));
        String right = ImageHashes.compute(Files.write(folders.newFile().toPath(), CONTENT));
        assertFetched(awaitEnd(start("files.example", "/x", "a.iso", right.toUpperCase(), false)));
    }

    /** Not even for an administrator. */
    @Test
    public void aServerOnTheInternetLeadsToNoPrivateOne() throws Exception {
        behaviour = (number, head, out) -> sendHead(out, "302 Found", "Location: http://inside.example:" + server.getLocalPort() + "/a.iso\r\n");
        assertFailed("Only administrators", awaitEnd(start("files.example", "/a.iso", "", "", true)));
        assertEquals(1, heads.size());
    }

    @Test
    public void aPrivateAddressIsRefused() throws Exception {
        assertRefused(Reason.BAD_URL, () -> start("127.0.0.2", "/a.iso", "", "", false));
        assertFailed("Only administrators", fetch("inside.example"));
        assertEquals(List.of(), heads);
        assertFetched(awaitEnd(start("inside.example", "/a.iso", "", "", true)));
    }

    @Test
    public void aRedirectToAPrivateAddressIsRefused() throws Exception {
        behaviour = (number, head, out) -> sendHead(out, "302 Found", "Location: http://inside.example:" + server.getLocalPort() + "/secret\r\nContent-Length: 0\r\n");
        assertFailed("Only administrators", fetch("files.example"));
        behaviour = (number, head, out) -> sendHead(out, "302 Found", "Location: http://127.0.0.2:" + server.getLocalPort() + "/secret\r\nContent-Length: 0\r\n");
        assertFailed("Only administrators", fetch("files.example"));
        assertTrue(heads.toString(), heads.stream().allMatch(head -> head.startsWith("127.0.0.1 ")));
    }

    /** A name is looked up once per connection, so a second answer cannot lead elsewhere. */
    @Test
    public void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
        assertFetched(fetch("rebinding.example"));
        assertEquals(List.of("rebinding.example"), resolved);
        assertTrue(heads.get(0), heads.get(0).startsWith("127.0.0.1 "));
        assertTrue(heads.get(0), heads.get(0).contains("Host: rebinding.example:"));
    }

    @Test
    public void redirectsAreFollowedFiveTimesWithoutThePassword() throws Exception {
        List<Integer> more = new ArrayList<>();
        behaviour = (number, head, out) -> {
            if (number <= 5 || !more.isEmpty()) {
                sendHead(out, "307 Temporary Redirect", "Location: http://other" + number + ".example:" + server.getLocalPort() + "/a.iso\r\n");
            } else {
                sendAll(out);
            }
        };
        assertFetched(fetch("ann:secret@files.example"));
        assertTrue(heads.get(0).contains("Authorization:"));
        assertTrue(heads.subList(1, heads.size()).stream().noneMatch(head -> head.contains("Authorization:")));
        images.deleteImage(images.findImage("a.iso").orElseThrow().image().id());
        more.add(1);
        assertFailed("more than 5 times", fetch("files.example"));
    }

    @Test
    public void aServerThatSendsAByteNowAndThenIsGivenUp() throws Exception {
        behaviour = (number, head, out) -> {
            for (byte each : "HTTP/1.1 200 OK\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy".getBytes()) {
                out.write(each);
                Thread.sleep(100);
            }
        };
        assertFailed("too slow", fetch("files.example"));
    }

    @Test
    public void errorsOfTheServerAreReported() throws Exception {
        behaviour = (number, head, out) -> sendHead(out, "404 Not Found", "");
        assertFailed("status 404", fetch("files.example"));
        behaviour = (number, head, out) -> sendHead(out, "200 OK", "Content-Encoding: gzip\r\n");
        assertFailed("a form that was not asked for", fetch("files.example"));
        behaviour = (number, head, out) -> out.write("SSH-2.0-OpenSSH\r\n".getBytes());
        assertFailed("does not speak HTTP", fetch("files.example"));
        assertFailed("name is unknown", fetch("nowhere.example"));
        behaviour = (number, head, out) -> sendHead(out, "200 OK", "Content-Length: 999999999999999999\r\n");
        assertFailed("not enough space", fetch("files.example"));
    }

    @Test
    public void twoRunAtATimeAndCanBeCancelled() throws Exception {
        behaviour = (number, head, out) -> {
            sendHead(out, "200 OK", "Content-Length: " + CONTENT.length + "\r\n");
            out.write(CONTENT, 0, 200_000);
            end.await();
        };
        MediaDownload first = start("files.example", "/a.iso", "", "", false);
        MediaDownload second = start("files.example", "/b.iso", "", "", false);
        assertRefused(Reason.TOO_MANY, () -> start("files.example", "/c.iso", "", "", false));
        await("progress", () -> find(first.id()).receivedBytes(), bytes -> bytes > 0);
        downloads.cancelDownload(first.id());
        assertEquals(State.CANCELLED, awaitEnd(first).state());
        assertEquals(State.RUNNING, find(second.id()).state());
        downloads.cancelDownload(second.id());
        awaitEnd(second);
        assertRefused(Reason.NOT_FOUND, () -> downloads.cancelDownload("none"));
    }

    @Test
    public void wrongRequestsAreRefusedAtOnce() throws Exception {
        assertRefused(Reason.BAD_URL, () -> downloads.startDownload(new DownloadRequest(URI.create("file:///etc/passwd"), "a", "", "ann", true)));
        assertRefused(Reason.BAD_URL, () -> start("files.example", "/a.iso", "", "abc", false));
        assertRefused(Reason.BAD_NAME, () -> start("files.example", "/", "", "", false));
        assertRefused(Reason.BAD_NAME, () -> start("files.example", "/a", "../b", "", false));
        Files.createFile(folder.resolve("A.ISO"));
        assertRefused(Reason.EXISTS, () -> start("files.example", "/a.iso", "", "", false));
    }
}
