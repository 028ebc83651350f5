import { drawPictures, launch } from './browser.mjs';
import { FakeServer } from './fake-server.mjs';

/** A simulated Catseye for work on the pages: `npm run dev`. Password: correct horse. */
const browser = await launch();
const pictures = await drawPictures(browser);
await browser.close();
const server = await new FakeServer(pictures).start(Number(process.env.PORT ?? 8180));
console.log(`A simulated Catseye: ${server.address}/   gallery: ${server.address}/ui/gallery.html`);
