/** Pure. Is a unit still there? Expected, here, late, silent; silence is an alarm of its own. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export type Presence =
  | { readonly name: 'expected' }
  | { readonly name: 'here'; readonly heardAt: Instant }
  | { readonly name: 'late'; readonly heardAt: Instant }
  | { readonly name: 'silent'; readonly heardAt: Instant };

export type PresenceEvent =
  | { readonly type: 'heard'; readonly at: Instant }
  /** Its link ended: nothing is wrong yet, but it is no longer here. */
  | { readonly type: 'gone' }
  /** `quiet`: how long nothing was heard of it, of the time in which it could have been. */
  | { readonly type: 'tick'; readonly quiet: Duration };

/** `since` tells one silence from the next: when it was last heard before. */
export type PresenceEffect =
  | { readonly type: 'raise'; readonly since: Instant }
  | { readonly type: 'end'; readonly since: Instant };

export interface Listening {
  readonly late: Duration;
  readonly silent: Duration;
}

export function presenceMachine(allowed: Listening): Machine<Presence, PresenceEvent, PresenceEffect> {
  return {
    initial: { name: 'expected' },
    step(presence, event) {
      switch (event.type) {
        case 'heard': {
          const ended: readonly PresenceEffect[] =
            presence.name === 'silent' ? [{ type: 'end', since: presence.heardAt }] : [];
          return [{ name: 'here', heardAt: event.at }, ended];
        }
        case 'gone':
          return [presence.name === 'here' ? { name: 'late', heardAt: presence.heardAt } : presence, []];
        case 'tick': {
          if (presence.name === 'expected' || presence.name === 'silent') return [presence, []];
          const { heardAt } = presence;
          if (event.quiet >= allowed.silent) return [{ name: 'silent', heardAt }, [{ type: 'raise', since: heardAt }]];
          if (event.quiet >= allowed.late && presence.name === 'here') return [{ name: 'late', heardAt }, []];
          return [presence, []];
        }
      }
    },
  };
}
