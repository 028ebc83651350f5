import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';

/** A simulated HDMI-over-IP box: ffmpeg sends a file over RTP, through a relay that simulates the losses of a network. */
export class Box {
  loss = 0;
  power = true;
  /** The number of key frames sent so far. */
  keys = 0;
  #random = 12345;

  /**
   * @param {string} file a transport stream, played repeatedly
   * @param {string} group the destination
   * @param {number} port
   * @param {string} [address] its own, of the loopback interface
   */
  constructor(file, group, port, address = '127.0.0.1') {
    Object.assign(this, { file, group, port, address });
  }

  async start() {
    this.relay = createSocket('udp4');
    await new Promise((resolve) => this.relay.bind(0, this.address, resolve));
    this.relay.setMulticastInterface('127.0.0.1');
    this.relay.on('message', (datagram) => {
      if (beginsGroup(datagram)) this.keys += 1;
      this.#random = (this.#random * 1103515245 + 12345) % 2147483648;
      if (this.power && this.#random / 2147483648 >= this.loss) this.relay.send(datagram, this.port, this.group);
    });
    this.#play();
    return this;
  }

  /** Simulates a restart: another picture, and all counters start again. */
  async restart(file = this.file) {
    this.file = file;
    const ended = new Promise((resolve) => this.ffmpeg.once('exit', resolve));
    this.ffmpeg.kill('SIGKILL');
    await ended;
    this.#play();
  }

  #play() {
    this.ffmpeg = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', this.file, '-c', 'copy',
      '-f', 'rtp_mpegts', `rtp://${this.address}:${this.relay.address().port}?pkt_size=1328`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  stop() {
    this.ffmpeg?.kill('SIGKILL');
    this.relay?.close();
  }
}

/** Whether one of the transport packets after the RTP header marks a point where a decoder can start (random_access_indicator). */
function beginsGroup(datagram) {
  for (let at = 12; at + 188 <= datagram.length; at += 188) {
    const adapted = (datagram[at + 3] & 0x20) !== 0 && datagram[at + 4] > 0;
    if (adapted && (datagram[at + 5] & 0x40) !== 0) return true;
  }
  return false;
}
