package org.catseye.virtual.scene;

/** What a picture shows; the number goes into the frame tag. */
public enum SceneCode {
    OFF, POST, SETUP, BOOT_MENU, BOOTING, CONSOLE, DESKTOP, SHUTTING_DOWN, MEDIUM
}
