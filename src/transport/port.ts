import type { FrameStore } from './FrameStore.ts';
import type { FrameHandler, FrameReceiver, FrameSender } from './link.ts';
import { FRAME, HEADER, type Packet, PacketFormat } from './PacketFormat.ts';

/** Packets that travel between the threads; when all are away, frames wait in the store. */
const PACKETS = 24;

/** The worklet's side of a message port. */
export class PortSender implements FrameSender {
  readonly #store: FrameStore;
  readonly #port: MessagePort;
  readonly #format: PacketFormat;
  readonly #free: Packet[];
  #freeCount = PACKETS;
  /** The next frame to send. */
  #next: number;
  /** Reused as the transfer list of every message. */
  readonly #transfer: ArrayBuffer[] = [];

  /** Audio thread, between quanta: allocates the packets, and sends what a new worker has missed in one of its own. */
  constructor(store: FrameStore, port: MessagePort) {
    this.#store = store;
    this.#port = port;
    this.#format = new PacketFormat(store.bins);
    this.#free = Array.from({ length: PACKETS }, () => this.#format.make());
    this.#next = Math.max(0, store.frames - store.capacity);
    const missed = store.frames - this.#next;
    if (missed > 0) this.#sendHistory(missed);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#onPacket(data);
  }

  /** Audio thread; allocates nothing but the message. */
  send(): void {
    if (this.#freeCount === 0) return;
    const { frames, capacity } = this.#store;
    this.#next = Math.max(this.#next, frames - capacity);
    const packet = this.#free[--this.#freeCount];
    this.#post(packet, Math.min(packet.header[HEADER.capacity], frames - this.#next));
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** Audio thread, between quanta. More frames than an ordinary packet takes tell the other side that these are old. */
  #sendHistory(missed: number): void {
    const ordinary = this.#free[0].header[HEADER.capacity];
    this.#post(new PacketFormat(this.#store.bins, ordinary + missed).make(), missed);
  }

  /** Sends the next `count` frames. Audio thread; allocates nothing but the message. */
  #post({ buffer, header, frames, values }: Packet, count: number): void {
    const first = this.#next;
    this.#next += count;
    header[HEADER.firstSequence] = first;
    header[HEADER.count] = count;
    for (let t = 0; t < count; t++) {
      frames[t * FRAME.length + FRAME.time] = this.#store.timeOf(first + t);
      frames[t * FRAME.length + FRAME.version] = this.#store.versionOf(first + t);
      this.#store.copyFrame(first + t, values, t * this.#store.bins);
    }
    this.#transfer[0] = buffer;
    this.#port.postMessage(buffer, this.#transfer);
  }

  /** Audio thread, between quanta. */
  #onPacket(buffer: ArrayBuffer): void {
    const isOrdinary = buffer.byteLength === this.#format.bytes;
    // The one that brought the history is too large to keep, and its frames are too old to be answered.
    if (!isOrdinary) return;
    const packet = this.#format.open(buffer);
    const { header, frames, values } = packet;
    this.#store.workerLoad = header[HEADER.load];
    let offset = 0;
    for (let t = header[HEADER.count] - 1; t >= 0; t--) {
      const count = frames[t * FRAME.length + FRAME.answers];
      if (count > 0) this.#store.writeAnswer(header[HEADER.firstSequence] + t, values, count, offset);
      offset += count;
    }
    this.#free[this.#freeCount++] = packet;
  }
}

/** The worker's side of a message port: keeps a store like the worklet's, and sends every packet back. */
export class PortReceiver implements FrameReceiver {
  readonly #port: MessagePort;
  readonly #store: FrameStore;
  readonly #handler: FrameHandler;
  readonly #format: PacketFormat;

  /** Worker thread. */
  constructor(port: MessagePort, store: FrameStore, handler: FrameHandler) {
    this.#port = port;
    this.#store = store;
    this.#handler = handler;
    this.#format = new PacketFormat(store.bins);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#onPacket(data);
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  #onPacket(buffer: ArrayBuffer): void {
    const format = this.#format.formatOf(buffer);
    const packet = format.open(buffer);
    this.#take(packet);
    if (format === this.#format) this.#answer(packet);
    packet.header[HEADER.load] = this.#store.workerLoad;
    this.#port.postMessage(buffer, [buffer]);
  }

  /** Takes the frames of a packet into the store. */
  #take({ header, frames, values }: Packet): void {
    const first = header[HEADER.firstSequence];
    if (first !== this.#store.frames) this.#store.restartAt(first);
    for (let t = 0; t < header[HEADER.count]; t++) {
      const magnitudes = values.subarray(t * this.#store.bins, (t + 1) * this.#store.bins);
      const at = t * FRAME.length;
      this.#store.writeFrame(magnitudes, frames[at + FRAME.version], frames[at + FRAME.time]);
    }
  }

  /** Has every frame of a packet handled, and fills in the answers, where the magnitudes were. */
  #answer({ header, frames, values }: Packet): void {
    const first = header[HEADER.firstSequence];
    for (let t = 0; t < header[HEADER.count]; t++) {
      frames[t * FRAME.length + FRAME.answers] = this.#handler.onFrame(first + t);
    }
    let offset = 0;
    for (let t = header[HEADER.count] - 1; t >= 0; t--) {
      const answers = t * FRAME.length + FRAME.answers;
      const fits = offset + frames[answers] <= values.length;
      if (!fits || !this.#store.readAnswer(first + t, values, frames[answers], offset)) frames[answers] = 0;
      offset += frames[answers];
    }
  }
}
