package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import org.junit.Test;
import org.osgi.framework.Bundle;

public class ProductReviewTest {

    private static final String GATE = "org.catseye.web.gate";
    private static final Map<String, String> HEADERS = Map.of("Bundle-SymbolicName", GATE, "Service-Component", "OSGI-INF/a.xml,OSGI-INF/b.xml",
            "Provide-Capability", "osgi.service;objectClass:List<String>=\"x.Guard,x.Door\";uses:=\"x,y\",osgi.service;objectClass=\"x.Context\"",
            "Export-Package", "x.api;version=\"1.2.0\";uses:=\"a,b\",x.more");

    private final ProductReview review = new ProductReview(() -> new Bundle[] {bundle("mvn:gate"), bundle("file:/deploy/other.jar")}, Set.of("mvn:gate"));

    private static Bundle bundle(String location) {
        return bundle(location, HEADERS);
    }

    private static Bundle bundle(String location, Map<String, String> headers) {
        return bundle(location, headers, 1);
    }

    private static Bundle bundle(String location, Map<String, String> headers, long id) {
        return (Bundle) Proxy.newProxyInstance(Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId" -> id;
            case "getLocation" -> location;
            case "getSymbolicName" -> GATE;
            case "getHeaders" -> new Hashtable<>(headers);
            default -> throw new AssertionError(method.getName());
        });
    }

    private static Attributes headers(Map<String, String> headers) {
        Attributes all = new Attributes();
        headers.forEach(all::putValue);
        return all;
    }

    private static Attributes changed(String header, String value) {
        Attributes all = headers(HEADERS);
        all.putValue(header, value);
        return all;
    }

    @Test
    public void aNewBuildOfTheSameBundleIsAllowed() {
        assertEquals(Optional.empty(), review.findProblem(headers(HEADERS)));
        assertEquals(Optional.empty(), review.findProblem(changed("Bundle-Version", "99")));
        assertEquals(Optional.empty(), review.findProblem(changed("Bundle-SymbolicName", GATE + ";singleton:=true")));
        assertEquals(Optional.empty(), review.findProblem(changed("Export-Package", "x.more,y,x.api;version=\"2\"")));
    }

    @Test
    public void aBundleThatProvidesLessIsRefusedWithTheMissingPart() {
        assertMissing("the component a.xml, the component b.xml, the package x.api, the package x.more, the service x.Context, the service x.Door, the service x.Guard",
                headers(Map.of("Bundle-SymbolicName", GATE)));
        assertMissing("the component b.xml", changed("Service-Component", "OSGI-INF/a.xml"));
        assertMissing("the package x.more", changed("Export-Package", "x.api"));
        assertMissing("the service x.Door", changed("Provide-Capability", "osgi.service;objectClass:List<String>=\"x.Guard\",osgi.service;objectClass=x.Context"));
    }

    private void assertMissing(String missing, Attributes headers) {
        String problem = review.findProblem(headers).orElseThrow();
        assertTrue(problem, problem.contains(GATE) && problem.contains("but not " + missing + ";"));
    }

    @Test
    public void otherNamesAreAllowedExceptThoseOfTheFramework() {
        assertEquals(Optional.empty(), review.findProblem(headers(Map.of("Bundle-SymbolicName", "org.example"))));
        assertEquals(Optional.empty(), review.findProblem(headers(Map.of())));
        assertTrue(review.findProblem(headers(Map.of("Bundle-SymbolicName", "system.bundle"))).isPresent());
        assertTrue(review.findProblem(headers(Map.of("Bundle-SymbolicName", "x", "Fragment-Host", "system.bundle; extension:=framework"))).isPresent());
    }

    @Test
    public void aCopyOfAContractIsRefusedWithItsOwner() {
        String problem = review.findProblem(headers(Map.of("Bundle-SymbolicName", "org.example", "Export-Package", "mine,other;x.more;version=\"1.0,2\";uses:=\"a;b\""))).orElseThrow();
        assertTrue(problem, problem.contains("the package x.more, which belongs to " + GATE));
        assertEquals("a substitutable export", Optional.empty(), review.findProblem(headers(Map.of("Bundle-SymbolicName", "org.example",
                "Export-Package", "x.more", "Import-Package", "x.api;version=\"[1,2)\",x.more;version=\"[1,2)\""))));
        assertEquals("of another dropped bundle", Optional.empty(), new ProductReview(() -> new Bundle[] {bundle("drop:x/other.jar")}, Set.of())
                .findProblem(headers(Map.of("Bundle-SymbolicName", "org.example", "Export-Package", "x.more"))));
    }

    @Test
    public void anExtenderIsReplacedOnlyWithTheProduct() {
        Map<String, String> extender = Map.of("Bundle-SymbolicName", GATE, "Provide-Capability", "osgi.service;objectClass=\"x\",osgi.extender;osgi.extender=\"y\"");
        String problem = new ProductReview(() -> new Bundle[] {bundle("mvn:gate", extender)}, Set.of("mvn:gate")).findProblem(headers(extender)).orElseThrow();
        assertTrue(problem, problem.contains("only be replaced with the product"));
    }

    @Test
    public void bundlesOutsideTheBaseCanBeReplacedByAnyBundle() {
        ProductReview none = new ProductReview(() -> new Bundle[] {bundle("mvn:gate")}, Set.of());
        assertEquals(Optional.empty(), none.findProblem(headers(Map.of("Bundle-SymbolicName", GATE))));
    }

    @Test
    public void theNamesOfTheFrameworkAndOfTheDropFolderAreRefused() {
        ProductReview framework = new ProductReview(() -> new Bundle[] {bundle("System Bundle", HEADERS, 0), bundle("mvn:gate")}, Set.of());
        assertTrue(framework.findProblem(headers(Map.of("Bundle-SymbolicName", GATE))).orElseThrow().contains("framework"));
        assertTrue(framework.findProblem(headers(Map.of("Bundle-SymbolicName", "x", "Fragment-Host", GATE + ";extension:=framework"))).isPresent());
        assertTrue(review.findProblem(headers(Map.of("Bundle-SymbolicName", "org.catseye.core.deploy;singleton:=true"))).isPresent());
    }
}
