// Plays a mount point of Janus's streaming plug-in in a page. The page has no connection to Janus but the one for media: this process talks to
// Janus's HTTP interface, in the network namespace of the server.
import { execFileSync } from "node:child_process";

export class JanusClient {
  #inside;
  #address;

  /** @param {string[]} inside the command that runs another one beside Janus */
  constructor(inside, address = "http://127.0.0.1:8088/janus") {
    this.#inside = inside;
    this.#address = address;
  }

  #call(path, body) {
    const [command, ...args] = [...this.#inside, "curl", "-s", "-m", "20", ...(body ? ["-d", JSON.stringify({ transaction: "bench", ...body })] : []), this.#address + path];
    return JSON.parse(execFileSync(command, args, { encoding: "utf8" }));
  }

  /** @param {import("playwright-core").Page} page gets a <video> */
  async play(page, mountPoint) {
    const session = `/${this.#call("", { janus: "create" }).data.id}`;
    const handle = `${session}/${this.#call(session, { janus: "attach", plugin: "janus.plugin.streaming" }).data.id}`;
    this.#call(handle, { janus: "message", body: { request: "watch", id: mountPoint } });
    let offer;
    for (let i = 0; i < 10 && !offer; i++) offer = this.#call(session).jsep;
    if (!offer) throw new Error("Janus made no offer");
    const answer = await page.evaluate(async (given) => {
      const connection = new RTCPeerConnection();
      window.connection = connection;
      const video = Object.assign(document.createElement("video"), { autoplay: true, muted: true, playsInline: true });
      document.body.append(video);
      connection.ontrack = ({ track, receiver }) => {
        // As young as possible: no buffer beyond what the line needs.
        receiver.playoutDelayHint = 0;
        receiver.jitterBufferTarget = 0;
        video.srcObject = new MediaStream([track]);
        video.play();
      };
      await connection.setRemoteDescription(given);
      await connection.setLocalDescription(await connection.createAnswer());
      await new Promise((resolve) => {
        const check = () => { if (connection.iceGatheringState === "complete") resolve(); };
        connection.onicegatheringstatechange = check;
        check();
      });
      return { type: "answer", sdp: connection.localDescription.sdp };
    }, { type: offer.type, sdp: offer.sdp });
    this.#call(handle, { janus: "message", body: { request: "start" }, jsep: answer });
    const keep = setInterval(() => this.#call(handle, { janus: "keepalive" }), 25_000);
    keep.unref();
  }
}
