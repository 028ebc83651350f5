package org.catseye.core.config.secret;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;
import org.junit.Test;

public class SecretKeysTest {

    private static final ConfigurationPid PID = ConfigurationPid.parsePid("org.example.camera");

    @Test
    public void aNameWithASecretWordIsSecret() {
        for (String key : List.of("password", "bindPassword", "bindpassword", "PASSWORD", "passwords", "bindPasswordValue", "secretList", "client.secret",
                "client-secret-2", "SECRET_KEY", "apiKey", "api_key", "apiKeys", "apiKeyValue", "private.key", "accessKeyId", "token", "authTokens",
                "tokenForUploads", "userCredentials", "credentialStore", "passphraseOfTheKey", "smtp.passwd", "passcode1")) {
            assertTrue(key, SecretKeys.BY_NAME.isSecret(PID, key));
        }
    }

    @Test
    public void anotherNameIsNot() {
        for (String key : List.of("user", "key", "keyboard", "tokenizer", "secretary", "passwordless", "monkeyBusiness", "tokenSeconds", "passwordLength",
                "secretMaxCount", "apiKeyboard", "fps")) {
            assertFalse(key, SecretKeys.BY_NAME.isSecret(PID, key));
        }
    }

    @Test
    public void aSettingWithTheTypePasswordIsSecretWhateverItsName() {
        SecretKeys keys = SecretKeys.describedBy(pid -> pid.equals("org.example.camera") ? Set.of("pin", "tokenSeconds") : Set.of());
        assertTrue(keys.isSecret(PID, "PIN"));
        assertTrue("the form counts more than the name", keys.isSecret(PID, "tokenSeconds"));
        assertTrue("of an instance", keys.isSecret(new ConfigurationPid("org.example.camera~one", java.util.Optional.of("org.example.camera")), "pin"));
        assertFalse(keys.isSecret(ConfigurationPid.parsePid("org.example.other"), "pin"));
    }
}
