/** Pure. What one viewer is sent: a slow viewer misses pictures until the next keyframe, and never holds up another. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { PicturePacket } from '@nattfrid/shared/wire/picture';

/** `waiting`: nothing can be shown until a keyframe comes. */
export type Viewer = { readonly name: 'waiting' } | { readonly name: 'flowing' };

/** A packet of the unit; `queued` bytes are still on their way to this viewer. */
export interface Passing {
  readonly kind: PicturePacket['type'];
  readonly bytes: number;
  readonly queued: number;
}

type ViewerEffect = { readonly type: 'send' } | { readonly type: 'dropped' } | { readonly type: 'want-key' };

/** @param room bytes that may wait for one viewer: about two seconds of pictures */
export function viewerMachine(room: number): Machine<Viewer, Passing, ViewerEffect> {
  return {
    initial: { name: 'waiting' },
    step(viewer, { kind, bytes, queued }) {
      const full = queued + bytes > room;
      switch (kind) {
        case 'opening':
          // Sealed with another key from here on: nothing can be decoded before the next keyframe.
          return [{ name: 'waiting' }, [{ type: 'send' }]];
        case 'notice':
          return [viewer, [{ type: full ? 'dropped' : 'send' }]];
        case 'key':
          return full ? [{ name: 'waiting' }, [{ type: 'dropped' }]] : [{ name: 'flowing' }, [{ type: 'send' }]];
        case 'delta':
          if (viewer.name === 'waiting') return [viewer, [{ type: 'dropped' }]];
          return full
            ? [{ name: 'waiting' }, [{ type: 'dropped' }, { type: 'want-key' }]]
            : [viewer, [{ type: 'send' }]];
        case 'assign':
        case 'ack':
        case 'want-key':
        case 'beat':
          return [viewer, [{ type: 'dropped' }]];
      }
    },
  };
}
