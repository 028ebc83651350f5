package org.catseye.core.config.secret;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.catseye.core.config.format.ConfigurationPid;
import org.junit.Test;

public class MetatypeFilesTest {

    private static final String START = "<?xml version='1.0'?><metatype:MetaData xmlns:metatype='http://www.osgi.org/xmlns/metatype/v1.4.0'>";

    @Test
    public void findsTheSettingsOfTheTypePasswordByPid() throws Exception {
        assertEquals(Map.of("org.example.one", Set.of("pin", "code"), "org.example.many", Set.of("phrase")), MetatypeFiles.readFile(START + """
                <OCD id="a"><AD id="pin" type="Password"/><AD id="user" type="String"/><AD id="code" type="Password"/></OCD>
                <OCD id="b"><AD id="phrase" type="Password"/></OCD>
                <OCD id="c"><AD id="x" type="String"/></OCD>
                <Designate pid="org.example.one"><Object ocdref="a"/></Designate>
                <Designate pid="org.example.many" factoryPid="org.example.many"><Object ocdref="b"/></Designate>
                <Designate pid="org.example.open"><Object ocdref="c"/></Designate>
                </metatype:MetaData>"""));
    }

    @Test
    public void aFileWithoutPasswordsIsNotParsed() throws Exception {
        assertEquals(Map.of(), MetatypeFiles.readFile("<not xml"));
    }

    @Test
    public void anEntityOfAnotherFileIsNotRead() {
        assertThrows(XMLStreamException.class, () -> MetatypeFiles.readFile(
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><OCD id='a'><AD id='b' type='Password'/>&e;</OCD>"));
    }

    @Test
    public void settingsAreSecretByTheirNamesToo() {
        ConfigurationPid pid = ConfigurationPid.parsePid("org.example.one");
        for (String key : Set.of("password", "bindPassword", "keystore.PASSWORD", "client_secret", "apiKey", "private-key", "access.token", "credentials", "tokens")) {
            assertTrue(key, SecretKeys.BY_NAME.isSecret(pid, key));
        }
        for (String key : Set.of("passwordMinimum", "tokenSeconds", "key", "secretary", "user")) {
            assertEquals(key, false, SecretKeys.BY_NAME.isSecret(pid, key));
        }
        SecretKeys described = SecretKeys.describedBy(form -> form.equals("org.example.bay") ? Set.of("pin") : Set.of());
        assertTrue("an instance of a factory", described.isSecret(ConfigurationPid.parsePid("org.example.bay~one"), "PIN"));
    }
}
