package org.catseye.http;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class PathTemplateTest {

    private static final PathTemplate PASSWORD = new PathTemplate("/users/{name}/password");

    @Test
    public void aVariableIsOneSegmentAndDecoded() {
        assertEquals(Optional.of(Map.of("name", "ann b+c")), PASSWORD.matchPath("/users/ann%20b+c/password"));
        assertEquals(Optional.of(Map.of()), new PathTemplate("/users").matchPath("/users"));
    }

    @Test
    public void otherPathsDoNotMatch() {
        for (String path : new String[] {"/users/ann", "/users//password", "/users/ann/password/", "/users/ann/Password", "/users/%zz/password", ""}) {
            assertEquals(path, Optional.empty(), PASSWORD.matchPath(path));
        }
    }
}
