import type { FrameStore } from './FrameStore.ts';
import type { FrameHandler, FrameSender } from './link.ts';

/** Packets that travel between the threads; when all are away, frames wait in the store. */
const PACKETS = 24;
/** A packet takes a few more frames than one, so that a new worker catches up with the rolling spectrogram. */
const FRAMES_PER_PACKET = 4;
/** Room for the activations of the largest dictionary on the way back. */
const MAXIMUM_TEMPLATES = 2048;
/** Fields before the report. */
const HEADER = { firstSequence: 0, count: 1, version: 2, time: 3, answers: 4, reportLength: 5, report: 6 } as const;
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

  static sized(bins: number): Packet {
    const values = Math.max(FRAMES_PER_PACKET * bins, MAXIMUM_TEMPLATES);
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
  #freeCount = PACKETS;
  /** The next frame to send. */
  #next: number;
  /** Reused as the transfer list of every message. */
  readonly #transfer: ArrayBuffer[] = [];

  /** Audio thread, between quanta: allocates the packets. */
  constructor(store: FrameStore, port: MessagePort, carriesReports: boolean) {
    this.#store = store;
    this.#port = port;
    this.carriesReports = carriesReports;
    this.#free = Array.from({ length: PACKETS }, () => Packet.sized(store.bins));
    this.#next = Math.max(0, store.frames - store.capacity);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#takeBack(new Packet(data));
  }

  /** Audio thread; allocates nothing but the message. */
  send(report: Float64Array | null): boolean {
    if (this.#freeCount === 0) return false;
    const { frames, capacity, bins } = this.#store;
    const packet = this.#free[--this.#freeCount];
    const first = Math.max(this.#next, frames - capacity);
    const count = Math.min(FRAMES_PER_PACKET, frames - first);
    this.#next = first + count;
    packet.header[HEADER.firstSequence] = first;
    packet.header[HEADER.count] = count;
    packet.header[HEADER.version] = this.#store.versionOf(this.#next - 1);
    packet.header[HEADER.time] = this.#store.timeOf(this.#next - 1);
    const reportLength = this.carriesReports && report ? report.length : 0;
    packet.header[HEADER.reportLength] = reportLength;
    for (let i = 0; i < reportLength; i++) packet.header[HEADER.report + i] = report![i];
    for (let t = 0; t < count; t++) this.#store.copyFrame(first + t, packet.values, t * bins);
    this.#transfer[0] = packet.buffer;
    this.#port.postMessage(packet.buffer, this.#transfer);
    return reportLength > 0;
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** Audio thread, between quanta. */
  #takeBack(packet: Packet): void {
    const count = packet.header[HEADER.answers];
    const last = packet.header[HEADER.firstSequence] + packet.header[HEADER.count] - 1;
    if (count > 0) this.#store.writeAnswer(last, packet.values, count);
    this.#free[this.#freeCount++] = packet;
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
    const reportLength = header[HEADER.reportLength];
    if (reportLength > 0) this.#handler.report(header.slice(HEADER.report, HEADER.report + reportLength));
    this.#port.postMessage(buffer, [buffer]);
  }
}
