package org.catseye.launcher.readiness;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import org.catseye.launcher.options.LaunchOptions;
import org.junit.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

public class LoginProbeTest {

    private static final String NO_USERS = "HTTP/1.1 503 Service Unavailable\r\n\r\n"
            + "{\"status\":\"incomplete\",\"missing\":[\"any text\"],\"missingParts\":[\"users\"]}";

    private boolean usersBundleRuns = true;

    @Test
    public void productIsCompleteIfHealthIsGood() throws Exception {
        assertEquals(true, isComplete("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"ok\"}"));
    }

    @Test
    public void unreadableUsersDoNotDelayTheReadyLine() throws Exception {
        assertEquals(true, isComplete(NO_USERS));
        usersBundleRuns = false;
        assertEquals("their bundle is missing", false, isComplete(NO_USERS));
    }

    @Test
    public void anyOtherMissingPartDoes() throws Exception {
        assertEquals(false, isComplete(NO_USERS.replace("[\"users\"]", "[\"users\",\"page\"]")));
        assertEquals(false, isComplete(NO_USERS.replace("[\"users\"]", "[\"video\"]")));
        assertEquals(false, isComplete(""));
    }

    /** The watchdog restarts a server that does not answer. One that reports a missing part is not better after a restart. */
    @Test
    public void anyAnswerOfTheWebServerShowsThatItIsAlive() throws Exception {
        assertEquals(true, isAnswering("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"ok\"}"));
        assertEquals(true, isAnswering("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        assertEquals("it closes the connection", false, isAnswering(""));
    }

    private boolean isAnswering(String answer) throws Exception {
        return askProbe(answer, LoginProbe::isAnswering);
    }

    /** Asks the probe, with a server that gives this answer to one request. */
    private boolean askProbe(String answer, BiPredicate<LoginProbe, Integer> question) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerOnce(server, answer));
            LaunchOptions options = new LaunchOptions(server.getLocalPort(), OptionalInt.empty(), "127.0.0.1", Path.of("."), List.of(),
                    false,
                    Optional.empty());
            boolean result = question.test(new LoginProbe(newFramework(), options), server.getLocalPort());
            answered.get();
            return result;
        }
    }

    private boolean isComplete(String answer) throws Exception {
        return askProbe(answer, LoginProbe::isProductComplete);
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int matched = 0; matched < end.length;) {
                matched = client.getInputStream().read() == end[matched] ? matched + 1 : 0;
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BundleContext newFramework() {
        Object users = newProxy(ServiceReference.class, null);
        return newProxy(BundleContext.class, usersBundleRuns ? users : null);
    }

    /** An object whose methods all return the same. */
    private static <T> T newProxy(Class<T> type, Object result) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> result));
    }
}
