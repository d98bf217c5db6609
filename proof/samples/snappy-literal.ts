/** Beginning of a snappy block: the length of its content, seven bits in a byte, the lowest first. */
export function snappyLength(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** Snappy block of one literal: valid and not compressed, for a request that must have an exact size. */
export function snappyLiteral(content: Uint8Array): Buffer {
  const tag = Buffer.alloc(5);
  // Tag of a literal whose length, less one, follows in four bytes.
  tag[0] = 63 << 2;
  tag.writeUInt32LE(content.length - 1, 1);
  return Buffer.concat([snappyLength(content.length), tag, content]);
}
