/** From the picture of the server to frames for viewers. */
package org.catseye.vnc.screen;
