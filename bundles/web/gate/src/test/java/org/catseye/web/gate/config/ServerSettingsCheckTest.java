package org.catseye.web.gate.config;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class ServerSettingsCheckTest {

    @Test
    public void nothingOfTheWebServerIsSetInAForm() throws Exception {
        String words = assertThrows(BadValueException.class, () -> new ServerSettingsCheck().checkValues(Map.of("service.pid", "org.apache.felix.http",
                "org.osgi.service.http.port", "70000", "org.apache.felix.https.keystore.password", "hush"))).getMessage();
        assertTrue(words, words.startsWith("org.apache.felix.http: org.apache.felix.https.keystore.password is '...'; it has to be left to the start"));
        assertFalse(words, words.contains("hush"));
        new ServerSettingsCheck().checkValues(Map.of("service.pid", "org.apache.felix.http"));
    }
}
