/** The library of images (its list, uploads by PUT and by tus, downloads from URLs, content), and the drives of the remote computers. */
package org.catseye.web.rest.media;
