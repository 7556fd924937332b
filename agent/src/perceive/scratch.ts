/**
 * Memory that is written before it is read, within one call. What a picture needs for a moment only would otherwise be a megabyte of
 * garbage for each picture, and on a small computer collecting it costs as much as looking.
 */
function kept<Memory extends { readonly length: number }>(
  make: (length: number) => Memory,
): (length: number) => Memory {
  let memory = make(0);
  return (length) => {
    if (memory.length !== length) memory = make(length);
    return memory;
  };
}

/** For numbers of cells. */
export const scratch = () => kept((length): Float32Array => new Float32Array(length));

/** For a plane of a picture. */
export const scratchPlane = () => kept((length): Uint8Array => new Uint8Array(length));
