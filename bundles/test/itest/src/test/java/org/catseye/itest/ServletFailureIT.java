package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import javax.inject.Inject;
import org.catseye.access.Permission;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Servlets and resources of other bundles that fail: the answer tells nothing of the inside. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ServletFailureIT {

    private static final String SECRET = "a secret of the inside";

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    private static final class FailingServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            switch (request.getRequestURI()) {
                case "/failing/checked" -> throw new ServletException(SECRET, new IOException(SECRET));
                case "/failing/error" -> throw new NoClassDefFoundError(SECRET);
                default -> throw new IllegalStateException(SECRET);
            }
        }
    }

    private static final class FailingResource implements TargetResource {
        @Override
        public Permission requiredPermission(String method, String subPath) {
            return Permission.VIEW;
        }

        @Override
        public void serve(TargetRequest request) {
            throw new IllegalStateException(SECRET);
        }
    }

    private static void assertTellsNothing(HttpResponse<String> answer) {
        assertEquals(answer.body(), 500, answer.statusCode());
        for (String detail : new String[] {SECRET, "Exception", "Error:", "\tat ", "at org.", "Jetty", "itest"}) {
            assertFalse(detail + " is in " + answer.body(), answer.body().contains(detail));
        }
    }

    @Test
    public void aServletThatFailsShowsNoStackTrace() throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of("osgi.http.whiteboard.servlet.pattern", "/failing/*",
                "osgi.http.whiteboard.context.select", WebContext.SELECT));
        context.registerService(Servlet.class, new FailingServlet(), properties);
        Client client = new Running(context).client();
        Running.await("the servlet", () -> client.send("GET", "/failing/unchecked", "").statusCode() == 500 ? true : null);
        for (String path : new String[] {"/failing/unchecked", "/failing/checked", "/failing/error"}) {
            assertTellsNothing(client.send("GET", path, ""));
        }
    }

    @Test
    public void aResourceThatFailsAnswersWithAnError() throws Exception {
        context.registerService(TargetResource.class, new FailingResource(), FrameworkUtil.asDictionary(Map.of(TargetResource.NAME, "failing")));
        HttpResponse<String> answer = new Running(context).client().send("GET", "/api/v1/targets/default/failing", "");
        assertTellsNothing(answer);
        assertEquals("{\"error\":{\"code\":\"failed\",", answer.body().substring(0, 26));
    }
}
