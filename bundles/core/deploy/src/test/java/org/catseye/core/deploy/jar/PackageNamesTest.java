package org.catseye.core.deploy.jar;

import static org.junit.Assert.assertEquals;

import java.util.Set;
import org.junit.Test;

public class PackageNamesTest {

    @Test
    public void longClausesAreSplit() {
        String longName = "x".repeat(200_000);
        assertEquals(Set.of(longName, "a;b=\"1,2\""), PackageNames.splitClauses(longName + ", a;b=\"1,2\""));
        assertEquals(Set.of(longName, "a"), PackageNames.listPackages("a;b=\"1;2\"," + longName));
    }
}
