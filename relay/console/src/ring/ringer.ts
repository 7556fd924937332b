/** The alarm's sound and trembling. The sound is synthesised: a soft two-tone call while an alarm waits, repeated sooner when it is overdue. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';

/** `off-until-click`: browsers play no sound before the first click or key, and the user is told so. */
export type Sound = 'off-until-click' | 'on' | 'muted';
type Urgency = 'none' | 'waiting' | 'overdue';

export interface Ringer {
  readonly get: () => Sound;
  readonly subscribe: (call: () => void) => () => void;
  /** Repeats the call every few seconds for as long as this is not `none`. */
  urge(urgency: Urgency): void;
  ring(): void;
  mute(muted: boolean): void;
}

const pauses = { waiting: seconds(6), overdue: seconds(3) } as const;

export function openRinger(clock: Clock): Ringer {
  let context: AudioContext | undefined;
  let sound: Sound = 'off-until-click';
  let urgency: Urgency = 'none';
  let rangAt = 0;
  const listeners = new Set<() => void>();
  const become = (next: Sound) => {
    if (next === sound) return;
    sound = next;
    for (const listener of listeners) listener();
  };
  const wake = () => {
    context ??= new AudioContext();
    void context.resume().then(() => {
      if (sound === 'off-until-click' && context?.state === 'running') become('on');
    });
  };
  // Once the click is over: the hint that goes then moves what stands beside it, and a press would miss what it was meant for.
  for (const gesture of ['click', 'keydown'] as const) document.addEventListener(gesture, wake, { capture: true });
  const ring = () => {
    rangAt = clock.now();
    if (context && sound === 'on') chime(context, urgency === 'overdue');
    // Only telephones have it, and only after the first press.
    if (sound === 'on' && 'vibrate' in navigator) navigator.vibrate([400, 200, 400]);
  };
  clock.every(seconds(1), () => {
    if (urgency !== 'none' && clock.now() - rangAt >= pauses[urgency]) ring();
  });
  return {
    get: () => sound,
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    urge(next) {
      urgency = next;
    },
    ring,
    mute(muted) {
      wake();
      become(muted ? 'muted' : 'on');
    },
  };
}

/** Two falling tones with soft edges; three, a little louder, for an overdue alarm. */
function chime(context: AudioContext, overdue: boolean): void {
  const tones = overdue ? [784, 988, 784] : [784, 587];
  tones.forEach((pitch, index) => {
    const at = context.currentTime + index * 0.24;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = 'triangle';
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(overdue ? 0.5 : 0.32, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.55);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.6);
  });
}
