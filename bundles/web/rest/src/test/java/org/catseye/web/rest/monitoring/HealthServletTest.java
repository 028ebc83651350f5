package org.catseye.web.rest.monitoring;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.Endpoints;
import org.junit.Test;

public class HealthServletTest {

    private final Wired wired = new Wired();

    private static FakeExchange get(HealthServlet servlet) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.HEALTH);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private static DeviceUsers deviceUsers(Answer answer) {
        return (DeviceUsers) Proxy.newProxyInstance(DeviceUsers.class.getClassLoader(), new Class<?>[] {DeviceUsers.class},
                (proxy, method, arguments) -> method.getName().equals("check") ? answer : method.invoke(answer, arguments));
    }

    @Test
    public void healthIsGoodOnlyWhenTheEssentialPartsAreThere() throws IOException {
        HealthServlet health = new HealthServlet("1.2.3", wired.targets);
        FakeExchange nothing = get(health);
        assertEquals(503, nothing.status());
        assertEquals("{\"status\":\"incomplete\",\"version\":\"1.2.3\",\"missing\":[\"users who can log in\","
                + "\"the video hub of the target default\",\"the control channel\",\"the console page\"],"
                + "\"missingParts\":[\"users\",\"video\",\"control\",\"page\"]}", nothing.text());
        wired.addHub(7, Target.DEFAULT, Wired.live(640));
        health.control(Wired.reference(8, Map.of()));
        assertTrue(get(health).text(), get(health).text().endsWith(
                "\"missing\":[\"users who can log in\",\"the console page\"],\"missingParts\":[\"users\",\"page\"]}"));
        String noUsers = "{\"status\":\"incomplete\",\"version\":\"1.2.3\",\"missing\":[\"users who can log in\"],"
                + "\"missingParts\":[\"users\"]}";
        health.page(Wired.reference(9, Map.of()));
        assertEquals(noUsers, get(health).text());
        health.addAuthenticator(deviceUsers(new Answer.Unavailable("torn")));
        assertEquals(noUsers, get(health).text());
        health.addAuthenticator(deviceUsers(new Answer.NotMine()));
        FakeExchange good = get(health);
        assertEquals(200, good.status());
        assertEquals("{\"status\":\"ok\",\"version\":\"1.2.3\"}", good.text());
    }
}
