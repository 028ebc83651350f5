/** The HTTP interface beside the streams: sessions, the claim, the list of targets, health, figures, and its own description. */
package org.catseye.web.rest;
