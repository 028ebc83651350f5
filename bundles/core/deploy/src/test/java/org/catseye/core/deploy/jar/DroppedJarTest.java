package org.catseye.core.deploy.jar;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class DroppedJarTest {

    @Test
    public void theFileNameOfALocationHasNoFolder() {
        assertEquals("a.jar", DroppedJar.parseFileName("drop:x/a.jar"));
        assertEquals("a.jar", DroppedJar.parseFileName("drop:x/../../a.jar"));
    }
}
