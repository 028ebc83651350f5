package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class SafeErrorHandlerTest {

    private static final String SECRET = "a secret of the inside";

    private final Server server = new Server();
    private GuardedConnector connector;

    private static final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            switch (request.getPathInfo()) {
                case "/checked" -> throw new ServletException(SECRET, new IOException(SECRET));
                case "/error" -> throw new NoClassDefFoundError(SECRET);
                case "/sent" -> response.sendError(409, "said on purpose");
                default -> throw new IllegalStateException(SECRET);
            }
        }
    }

    @Before
    public void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Failing()), "/*");
        server.setHandler(context);
        server.start();
        connector = new GuardedConnector(server, new Admission(Callers.STRANGERS, server.getThreadPool(), server.getScheduler(), System::nanoTime), new HttpConfiguration());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        connector.start();
    }

    @After
    public void stop() throws Exception {
        server.stop();
    }

    private HttpResponse<String> get(String path, String accepted) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).header("Accept", accepted).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test(timeout = 120_000)
    public void aServletThatFailsShowsNothingOfTheInside() throws Exception {
        for (String accepted : List.of("text/html", "text/plain", "application/json", "*/*")) {
            for (String path : List.of("/unchecked", "/checked", "/error")) {
                HttpResponse<String> answer = get(path, accepted);
                assertEquals(500, answer.statusCode());
                for (String detail : List.of(SECRET, "Exception", "NoClassDefFound", "at org.", "Failing", "CAUSED")) {
                    assertFalse(detail + " is in " + answer.body(), answer.body().contains(detail));
                }
            }
        }
    }

    @Test(timeout = 120_000)
    public void aMessageSentOnPurposeIsShown() throws Exception {
        HttpResponse<String> answer = get("/sent", "text/html");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body(), answer.body().contains("said on purpose"));
    }
}
