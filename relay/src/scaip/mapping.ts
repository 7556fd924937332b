/**
 * Pure. THE table of what each of our events is called in SCAIP: data, which a receiver may have otherwise. The codes are out of
 * public sources; which of several possible ones a receiver acts on is the receiver's own.
 */
import type { ReceiverEvents, ReceiverSettings, ScaipCode, ScaipEvent } from '@nattfrid/shared/desk/receiver-view';

interface Line extends ScaipCode {
  /** undefined: of the relay itself, sent whatever is chosen. */
  readonly group: ReceiverEvents | undefined;
  /** What has happened, for the page about it. */
  readonly about: string;
}

const bedroom = '012';
/** Automatic alarm: what a receiver with a list of its own lets through. */
const alarm = '0009';

export const usualCodes: Readonly<Record<ScaipEvent, Line>> = {
  fall: {
    group: 'fall',
    about: 'a person lies on the floor',
    mty: 'ME',
    dty: '0005',
    stc: alarm,
    lco: bedroom,
    stt: 'Fall',
  },
  'fall-over': {
    group: 'fall',
    about: 'the person is up again',
    mty: 'RE',
    dty: '0005',
    stc: '0070',
    lco: bedroom,
    stt: 'Uppe igen',
  },
  'left-room': {
    group: 'left-room',
    about: 'out of the room for longer than agreed',
    mty: 'ME',
    dty: '0015',
    stc: alarm,
    stt: 'Lämnat rummet',
  },
  'left-room-over': {
    group: 'left-room',
    about: 'back in the room',
    mty: 'RE',
    dty: '0015',
    stc: '0121',
    stt: 'Tillbaka',
  },
  'not-in-bed': {
    group: 'not-in-bed',
    about: 'not in bed at the agreed time',
    mty: 'ME',
    dty: '0012',
    stc: alarm,
    lco: bedroom,
    stt: 'Inte i säng',
  },
  'not-in-bed-over': {
    group: 'not-in-bed',
    about: 'in bed now',
    mty: 'RE',
    dty: '0012',
    stc: '0117',
    lco: bedroom,
    stt: 'I säng',
  },
  'camera-fault': {
    group: 'camera',
    about: 'the camera sees nothing: dark, glare, no picture',
    mty: 'ME',
    dty: '0049',
    stc: '0067',
    stt: 'Kameran ser inget',
  },
  'camera-covered': {
    group: 'camera',
    about: 'the camera was covered or moved',
    mty: 'ME',
    dty: '0038',
    stc: '0125',
    stt: 'Kameran täckt eller flyttad',
  },
  'camera-sees': {
    group: 'camera',
    about: 'the camera sees again',
    mty: 'RE',
    dty: '0049',
    stc: '0070',
    stt: 'Kameran ser igen',
  },
  'unit-silent': {
    group: 'unit',
    about: 'nothing is heard of the unit',
    mty: 'ME',
    dty: '0032',
    stc: '0073',
    stt: 'Enheten svarar inte',
  },
  'unit-fault': {
    group: 'unit',
    about: 'the unit is not in order: no alarm may come from it',
    mty: 'ME',
    dty: '0049',
    stc: '0067',
    stt: 'Fel på enheten',
  },
  'unit-back': {
    group: 'unit',
    about: 'the unit is there, or in order, again',
    mty: 'RE',
    dty: '0032',
    stc: '0075',
    stt: 'Enheten svarar igen',
  },
  'look-failed': {
    group: 'visit',
    about: 'a look could not be made: somebody must go there',
    mty: 'ME',
    dty: '0049',
    stc: alarm,
    stt: 'Tillsyn misslyckad',
  },
  'not-seen': {
    group: 'visit',
    about: 'not seen in two looks: somebody must go there',
    mty: 'ME',
    dty: '0049',
    stc: alarm,
    stt: 'Ej sedd vid tillsyn',
  },
  'help-needed': {
    group: 'visit',
    about: 'a visit is asked for, after a verdict or an alarm that nobody took',
    mty: 'IN',
    dty: '0049',
    stc: '0110',
    stt: 'Besök behövs',
  },
  'visit-done': {
    group: 'visit',
    about: 'somebody has been there',
    mty: 'IN',
    dty: '0049',
    stc: '0111',
    stt: 'Besök klart',
  },
  'closed-all-well': {
    group: 'closed',
    about: 'a person here has closed the alarm: all well',
    mty: 'RE',
    dty: '0049',
    stc: '0093',
    stt: 'Avslutat: allt väl',
  },
  'closed-visit': {
    group: 'closed',
    about: 'a person here has closed the alarm: a visit is made',
    mty: 'IN',
    dty: '0049',
    stc: '0110',
    stt: 'Avslutat: besök görs',
  },
  heartbeat: {
    group: undefined,
    about: 'the relay is there',
    mty: 'PI',
    dty: '0002',
    stc: '0102',
  },
  'test-primary': {
    group: undefined,
    about: 'a test, to the first address',
    mty: 'IN',
    dty: '0002',
    stc: '0102',
    stt: 'Test',
  },
  'test-secondary': {
    group: undefined,
    about: 'a test, to the second address',
    mty: 'IN',
    dty: '0002',
    stc: '0103',
    stt: 'Test',
  },
};

/** Whether this receiver is told of it. */
export function isWanted({ events }: Pick<ReceiverSettings, 'events'>, event: ScaipEvent): boolean {
  const { group } = usualCodes[event];
  return group === undefined || events.includes(group);
}

/** Somebody there is to act on it: that it has not been taken must be known here. */
export const isAlarm = (settings: ReceiverSettings, event: ScaipEvent): boolean =>
  codeFor(settings, event).mty === 'ME';

/** As this receiver has it. */
export function codeFor({ codes, deviceType }: ReceiverSettings, event: ScaipEvent): ScaipCode {
  const { group, about: _about, ...usual } = usualCodes[event];
  return codes[event] ?? (group === undefined ? { ...usual, dty: deviceType } : usual);
}
