// Uploads a file by tus-js-client, breaks the connection ten times on the way, and prints the seconds and the interruptions.
// Usage: node tus-upload.mjs ENDPOINT COOKIE FILE NAME
import { createReadStream, statSync } from "node:fs";
import { createRequire } from "node:module";

const { Upload } = createRequire(new URL("../web-ui/package.json", import.meta.url))("tus-js-client");
const [endpoint, cookie, file, name] = process.argv.slice(2);
const INTERRUPTIONS = 10;
const size = statSync(file).size;
const started = Date.now();
let broken = 0;
let pausing = false;

const upload = new Upload(createReadStream(file), {
  endpoint,
  uploadSize: size,
  metadata: { filename: name },
  headers: { Cookie: cookie, Origin: new URL(endpoint).origin },
  retryDelays: [100, 500, 1000, 2000, 5000, 5000, 5000],
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onProgress: (sent) => {
    if (!pausing && broken < INTERRUPTIONS && sent > ((broken + 1) * size) / (INTERRUPTIONS + 1)) {
      broken++;
      pausing = true;
      upload.abort().then(() => setTimeout(() => {
        pausing = false;
        upload.start();
      }, 300));
    }
  },
  onSuccess: () => console.log(JSON.stringify({ seconds: (Date.now() - started) / 1000, bytes: size, interruptions: broken })),
});
upload.start();
