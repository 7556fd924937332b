/**
 * Memory that is written before it is read, within one call. What a picture needs for a moment only would otherwise be a megabyte of
 * garbage for each picture, and on a small computer collecting it costs as much as looking.
 */
export function scratch(): (length: number) => Float32Array {
  let memory = new Float32Array(0);
  return (length) => {
    if (memory.length !== length) memory = new Float32Array(length);
    return memory;
  };
}

/** The same for a plane of a picture. */
export function scratchPlane(): (length: number) => Uint8Array {
  let memory = new Uint8Array(0);
  return (length) => {
    if (memory.length !== length) memory = new Uint8Array(length);
    return memory;
  };
}
