/** Pure. Several fields as the bytes that are signed: every field with its length before it, so that no two claims have the same bytes. */

export function claimOf(fields: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const all = fields.map((field) => (typeof field === 'string' ? new TextEncoder().encode(field) : field));
  return new Uint8Array(all.flatMap((field) => [field.length >> 8, field.length & 255, ...field]));
}
