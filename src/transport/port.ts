import type { FrameStore } from './FrameStore.ts';
import type { FrameHandler, FrameSender } from './link.ts';

/** Packets that travel between the threads; when all are away, frames wait in the store. */
const PACKETS = 24;
/** A packet takes a few more frames than one, so that a worker catches up when packets were late to come back. */
const FRAMES_PER_PACKET = 4;
/** Room for the activations of the largest dictionary on the way back. */
const MAXIMUM_TEMPLATES = 2048;
/** Fields before the report. */
const HEADER = {
  firstSequence: 0,
  count: 1,
  version: 2,
  time: 3,
  answers: 4,
  load: 5,
  reportLength: 6,
  report: 7,
} as const;
/** Header fields, report fields and 32 activations fit. */
const HEADER_LENGTH = 64;

/** One transferred buffer, seen as header and values. It goes out with frames and comes back with activations. */
class Packet {
  readonly header: Float64Array;
  readonly values: Float32Array;

  constructor(readonly buffer: ArrayBuffer) {
    this.header = new Float64Array(buffer, 0, HEADER_LENGTH);
    this.values = new Float32Array(buffer, HEADER_LENGTH * Float64Array.BYTES_PER_ELEMENT);
  }

  static sized(bins: number, frames = FRAMES_PER_PACKET): Packet {
    const values = Math.max(frames * bins, MAXIMUM_TEMPLATES);
    return new Packet(
      new ArrayBuffer(HEADER_LENGTH * Float64Array.BYTES_PER_ELEMENT + values * Float32Array.BYTES_PER_ELEMENT),
    );
  }
}

/** The worklet's side of a message port. */
export class PortSender implements FrameSender {
  readonly carriesReports: boolean;
  readonly #store: FrameStore;
  readonly #port: MessagePort;
  readonly #free: Packet[];
  readonly #packetBytes: number;
  #freeCount = PACKETS;
  /** The next frame to send. */
  #next: number;
  /** Reused as the transfer list of every message. */
  readonly #transfer: ArrayBuffer[] = [];

  /** Audio thread, between quanta: allocates the packets, and sends what a new worker has missed in one of its own. */
  constructor(store: FrameStore, port: MessagePort, carriesReports: boolean) {
    this.#store = store;
    this.#port = port;
    this.carriesReports = carriesReports;
    this.#free = Array.from({ length: PACKETS }, () => Packet.sized(store.bins));
    this.#packetBytes = this.#free[0].buffer.byteLength;
    this.#next = Math.max(0, store.frames - store.capacity);
    const missed = store.frames - this.#next;
    if (missed > 0) this.#post(Packet.sized(store.bins, FRAMES_PER_PACKET + missed), missed, null);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#takeBack(new Packet(data));
  }

  /** Audio thread; allocates nothing but the message. */
  send(report: Float64Array | null): boolean {
    if (this.#freeCount === 0) return false;
    const { frames, capacity } = this.#store;
    this.#next = Math.max(this.#next, frames - capacity);
    const count = Math.min(FRAMES_PER_PACKET, frames - this.#next);
    return this.#post(this.#free[--this.#freeCount], count, report);
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** Sends the next `count` frames. Audio thread; allocates nothing but the message. */
  #post({ buffer, header, values }: Packet, count: number, report: Float64Array | null): boolean {
    const first = this.#next;
    this.#next += count;
    header[HEADER.firstSequence] = first;
    header[HEADER.count] = count;
    header[HEADER.version] = this.#store.versionOf(this.#next - 1);
    header[HEADER.time] = this.#store.timeOf(this.#next - 1);
    const reportLength = this.carriesReports && report ? report.length : 0;
    header[HEADER.reportLength] = reportLength;
    for (let i = 0; i < reportLength; i++) header[HEADER.report + i] = report![i];
    for (let t = 0; t < count; t++) this.#store.copyFrame(first + t, values, t * this.#store.bins);
    this.#transfer[0] = buffer;
    this.#port.postMessage(buffer, this.#transfer);
    return reportLength > 0;
  }

  /** Audio thread, between quanta. */
  #takeBack(packet: Packet): void {
    this.#store.workerLoad = packet.header[HEADER.load];
    const count = packet.header[HEADER.answers];
    const last = packet.header[HEADER.firstSequence] + packet.header[HEADER.count] - 1;
    if (count > 0) this.#store.writeAnswer(last, packet.values, count);
    // The one that brought the history is too large to keep.
    if (packet.buffer.byteLength === this.#packetBytes) this.#free[this.#freeCount++] = packet;
  }
}

/** The worker's side of a message port: keeps a store like the worklet's, and sends every packet back. */
export class PortReceiver {
  readonly #port: MessagePort;
  readonly #store: FrameStore;
  readonly #handler: FrameHandler;

  /** Worker thread. */
  constructor(port: MessagePort, store: FrameStore, handler: FrameHandler) {
    this.#port = port;
    this.#store = store;
    this.#handler = handler;
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#receive(new Packet(data));
  }

  #receive(packet: Packet): void {
    const { header, values, buffer } = packet;
    const first = header[HEADER.firstSequence];
    const last = first + header[HEADER.count] - 1;
    if (first !== this.#store.frames) this.#store.restartAt(first);
    for (let sequence = first; sequence <= last; sequence++) {
      const start = (sequence - first) * this.#store.bins;
      this.#store.writeFrame(
        values.subarray(start, start + this.#store.bins),
        header[HEADER.version],
        header[HEADER.time],
      );
      header[HEADER.answers] = this.#handler.frame(sequence, sequence === last);
    }
    this.#store.readAnswer(last, values, header[HEADER.answers]);
    header[HEADER.load] = this.#store.workerLoad;
    const reportLength = header[HEADER.reportLength];
    if (reportLength > 0) this.#handler.report(header.slice(HEADER.report, HEADER.report + reportLength));
    this.#port.postMessage(buffer, [buffer]);
  }
}
