/** Reads numbers of any width, most significant bit first. */
export class BitReader {
  /** In bits. */
  position = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param bits 0…32 */
  unsigned(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; ) {
      const offset = this.position % 8;
      const taken = Math.min(left, 8 - offset);
      const byte = this.#byte();
      value = value * 2 ** taken + ((byte >> (8 - offset - taken)) & (2 ** taken - 1));
      this.position += taken;
      left -= taken;
    }
    return value;
  }

  /** Two's complement. @param bits 1…32 */
  signed(bits: number): number {
    const value = this.unsigned(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** Counts zeros, and takes the one after them too. */
  zeros(): number {
    let count = 0;
    for (;;) {
      const offset = this.position % 8;
      const rest = (this.#byte() << offset) & 0xff;
      const zeros = rest ? Math.clz32(rest << 24) : 8 - offset;
      count += zeros;
      this.position += zeros;
      if (rest) {
        this.position++;
        return count;
      }
    }
  }

  skip(bits: number): void {
    this.position += bits;
  }

  alignToByte(): void {
    this.position = 8 * Math.ceil(this.position / 8);
  }

  #byte(): number {
    const index = this.position >> 3;
    if (index >= this.#bytes.length) throw new Error('The data end too early.');
    return this.#bytes[index];
  }
}
