package org.catseye.secrets;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class SecretSettingsTest {

    private static final String PID = "org.example.one";

    @Test
    public void aReferencePrintsAsDotsAndBelongsToOneSetting() {
        String reference = SecretSettings.hideValue(PID, "password", "blue 7 tulips");
        assertTrue(reference, reference.startsWith(SecretText.DOTS) && SecretSettings.isReference(reference));
        assertEquals(reference, SecretSettings.hideValue(PID, "Password", "blue 7 tulips"));
        assertNotEquals(reference, SecretSettings.hideValue(PID, "other", "blue 7 tulips"));
        assertEquals(Optional.of("blue 7 tulips"), SecretSettings.findValue(PID, "password", reference));
        assertEquals(Optional.empty(), SecretSettings.findValue(PID, "name", reference));
        assertEquals(Optional.empty(), SecretSettings.findValue("org.example.two", "password", reference));
        assertFalse(SecretSettings.isReference("blue 7 tulips"));
    }

    @Test
    public void aValueKeepsItsType() {
        String[] list = {"one", "two"};
        String reference = SecretSettings.hideValue(PID, "tokens", list);
        assertEquals(reference, SecretSettings.hideValue(PID, "tokens", new String[] {"one", "two"}));
        assertArrayEquals(list, (String[]) SecretSettings.findValue(PID, "tokens", reference).orElseThrow());
    }

    @Test
    public void dotsAloneAndListsWithDotsStandForSecretsToo() {
        String reference = SecretSettings.hideValue(PID, "several", "blue 7 tulips");
        for (Object dots : new Object[] {SecretSettings.UNKNOWN, SecretSettings.UNKNOWN + "x", " " + reference, "a" + SecretSettings.UNKNOWN, new String[] {reference}, List.of("a", reference)}) {
            assertTrue(SecretSettings.isReference(dots));
        }
        assertEquals(Optional.of("blue 7 tulips"), SecretSettings.findValue(PID, "several", new String[] {reference}));
        assertEquals(Optional.empty(), SecretSettings.findValue(PID, "several", List.of(reference, "x")));
        assertEquals(Optional.empty(), SecretSettings.findValue(PID, "several", SecretSettings.UNKNOWN));
        assertFalse(SecretSettings.isReference(List.of()) || SecretSettings.isReference(5) || SecretSettings.isReference(new int[] {5}));
    }

    @Test
    public void oldValuesAreForgotten() {
        String first = SecretSettings.hideValue(PID, "changing", "0");
        String last = "";
        for (int i = 1; i <= 4; i++) {
            assertTrue(SecretSettings.findValue(PID, "changing", first).isPresent());
            last = SecretSettings.hideValue(PID, "changing", Integer.toString(i));
        }
        assertFalse(SecretSettings.findValue(PID, "changing", first).isPresent());
        assertEquals(Optional.of("4"), SecretSettings.findValue(PID, "changing", last));
    }

    @Test
    public void aSecretPrintsAsDotsWhateverItsLength() {
        assertEquals(new SecretText("a").toString(), "" + new SecretText("a long one"));
        assertEquals("", new SecretText("").toString());
        assertEquals("a", new SecretText("a").reveal());
        assertEquals(new SecretText("a"), new SecretText("a"));
        assertNotEquals(new SecretText("a"), new SecretText("b"));
    }
}
