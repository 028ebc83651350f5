package org.catseye.web.rest.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.catseye.access.Session;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiException;
import org.junit.After;
import org.junit.Test;

public class TransfersTest {

    private final Wired wired = new Wired();
    private final Transfers transfers = new Transfers();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final HttpServletRequest request = proxy(HttpServletRequest.class);
    private final HttpServletResponse response = proxy(HttpServletResponse.class);

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> method.getReturnType() == AsyncContext.class ? proxy(AsyncContext.class) : null);
    }

    @After
    public void stop() {
        gate.countDown();
        transfers.stop();
    }

    private void start(String user) throws ApiException {
        Session session = wired.access.open(user, user);
        transfers.start(session, request, response, () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private int refused(String user) {
        return assertThrows(user, ApiException.class, () -> start(user)).status();
    }

    @Test
    public void theLastTransfersAreForUsersWhoHaveNone() throws Exception {
        for (int i = 0; i < Transfers.MAX_OF_ONE_USER; i++) {
            start("ann");
            start("bob");
        }
        assertEquals(429, refused("ann"));
        for (String user : List.of("cy", "dee", "eve", "fay")) {
            start(user);
            assertEquals(429, refused(user));
        }
        assertEquals("all are in use", 429, refused("gus"));
    }
}
