/** What a unit says of itself: each check out of what its sources say, among them what real programs print. */
import { cameraCheck } from '@nattfrid/agent/check/camera';
import { darkCheck } from '@nattfrid/agent/check/dark';
import { diagnose, type Sources } from '@nattfrid/agent/check/diagnose';
import { relayCheck } from '@nattfrid/agent/check/link';
import { diskCheck, lampCheck, loadCheck } from '@nattfrid/agent/check/machine';
import { readVariables } from '@nattfrid/agent/check/nut';
import { planCheck, switchCheck } from '@nattfrid/agent/check/plan';
import { joined, powerCheck, powerState } from '@nattfrid/agent/check/power';
import { roomCheck, viewCheck } from '@nattfrid/agent/check/room';
import { readSignal, signalCheck } from '@nattfrid/agent/check/signal';
import { timeCheck } from '@nattfrid/agent/check/time';
import { type Check, checkCodes } from '@nattfrid/shared/domain/check';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

const said = ({ state, code }: Check) => `${state} ${code}`;

/** As `mmcli -m 0 -J` prints it, cut to what is read. */
const modem = (generic: object, network?: string) => ({
  modem: {
    generic: { state: 'connected', 'state-failed-reason': '--', 'unlock-required': 'sim-pin2', ...generic },
    ...(network && { '3gpp': { 'registration-state': network } }),
  },
});
/** As `mmcli -m 0 --signal-get -J` prints it. */
const signal = (rsrp: string, rsrq = '-9.00', snr = '14.00') => ({
  modem: {
    signal: {
      '5g': { rsrp: '--', rsrq: '--', snr: '--' },
      lte: { rsrp, rsrq, rssi: '-60.00', snr },
      refresh: { rate: '10' },
    },
  },
});

describe('A3.4 the mobile signal', () => {
  for (const [story, state, measured, expected] of [
    ['is good near a mast', modem({}, 'home'), signal('-84.00'), 'well signal-good'],
    ['is weak, and enough, further out', modem({}, 'roaming'), signal('-104.00'), 'advice signal-weak'],
    ['is not to be relied upon at the edge', modem({}, 'home'), signal('-114.00'), 'fault signal-bad'],
    [
      'is bad in much noise, however strong it is',
      modem({}, 'home'),
      signal('-80.00', '-9', '-2.50'),
      'fault signal-bad',
    ],
    ['is weak where the cell is full', modem({}, 'home'), signal('-80.00', '-17.00'), 'advice signal-weak'],
    ['is told as there where nothing was measured', modem({}, 'home'), signal('--', '--', '--'), 'well signal-good'],
    ['lacks a card', modem({ state: 'failed', 'state-failed-reason': 'sim-missing' }), {}, 'fault no-sim'],
    ['waits for a PIN', modem({ state: 'locked', 'unlock-required': 'sim-pin' }), {}, 'fault sim-locked'],
    ['has found no network', modem({ state: 'searching' }, 'searching'), signal('-120.0'), 'fault not-registered'],
    ['has no modem where nothing is told', undefined, undefined, 'fault no-modem'],
    ['has no modem where something else answers', 'error: no bus', null, 'fault no-modem'],
  ] as const)
    it(story, () => expect(said(signalCheck(readSignal(state, measured)))).toBe(expected));

  it('says how far it is from the limit, in dB', () =>
    expect(signalCheck(readSignal(modem({}, 'home'), signal('-101.50')))).toMatchObject({
      figures: { rsrpDbm: -101.5, rsrqDb: -9, sinrDb: 14, marginDb: 8.5 },
    }));
});

describe('the power', () => {
  const ups = (status: string) =>
    `VAR ups ups.status "${status}"\nVAR ups battery.charge "87"\nVAR ups battery.runtime "1500"\n`;
  for (const [story, readings, expected] of [
    ['is not told where nothing can tell it', [{ mains: undefined }], 'unknown mains-not-told'],
    ['is there when its line says so', [{ mains: true }, { mains: undefined }], 'well mains'],
    ['is gone when one source says so', [{ mains: true }, readVariables(ups('OB DISCHRG'))], 'fault on-battery'],
    ['is there while the UPS charges', [readVariables(ups('OL CHRG'))], 'well mains'],
    ['is not told by a UPS that waits for its own driver', [readVariables(ups('WAIT'))], 'unknown mains-not-told'],
    ['is not told by what is no UPS', [readVariables('ERR UNKNOWN-UPS\n')], 'unknown mains-not-told'],
    [
      'is too little from a weak adapter',
      [{ mains: true }, { mains: undefined, undervoltage: true }],
      'fault undervoltage',
    ],
  ] as const)
    it(story, () => expect(said(powerCheck(joined(readings)))).toBe(expected));

  it('says what the battery holds, and for how long', () =>
    expect(powerCheck(readVariables(ups('OB')))).toMatchObject({ figures: { chargePercent: 87, lastsMinutes: 25 } }));
  it('is told to the relay only where it is known', () =>
    expect([true, false, undefined].map((mains) => powerState({ mains }))).toEqual(['mains', 'battery', undefined]));
});

describe('each other check', () => {
  const vitals = {
    camera: 'connected' as const,
    ...{ picturesPerSecond: 10, analysedPerSecond: 10, droppedPictures: 0, memoryMegabytes: 200 },
  };
  const camera = { isChosen: true, hasFactoryPassword: false, vitals };
  const bed = {
    ...unknownRoom,
    beds: [
      [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.8, 0.8],
        [0.2, 0.8],
      ],
    ],
  } as never;
  const cutBed = {
    ...unknownRoom,
    beds: [
      [
        [0, 0.2],
        [0.3, 0.2],
        [0.3, 0.9],
        [0, 0.9],
      ],
    ],
  } as never;
  const room = { room: bed, isConfirmed: true, isProposed: false, changes: 0, vitals };
  const picture = { brightness: 0.2, contrast: 0.4, colour: 0.002, noise: 0.01 };
  const many = (one: object) => Array.from({ length: 20 }, () => ({ ...picture, ...one }));
  for (const [story, check, expected] of [
    ['time that agrees', timeCheck(true, seconds(3)), 'well set'],
    ['time that is a minute off', timeCheck(true, minutes(-1)), 'advice off'],
    ['time that is an hour off', timeCheck(true, minutes(60)), 'fault off'],
    ['time that was never set', timeCheck(false, undefined), 'fault not-set'],
    ['a relay that is reached', relayCheck(true, 'well'), 'well connected'],
    ['a certificate that nobody renews', relayCheck(true, 'late'), 'advice renewal-late'],
    ['a certificate that is over', relayCheck(false, 'expired'), 'fault certificate-expired'],
    ['a relay that is not reached', relayCheck(false, undefined), 'fault not-reached'],
    ['no camera', cameraCheck({ ...camera, isChosen: false }), 'fault none-chosen'],
    ['a camera', cameraCheck(camera), 'well connected'],
    [
      'a camera on its factory password',
      cameraCheck({ ...camera, hasFactoryPassword: true }),
      'fault factory-password',
    ],
    [
      'a camera that refuses its login',
      cameraCheck({ ...camera, vitals: { ...vitals, camera: 'lost', cameraFault: 'camera-refused-login' } }),
      'fault login-refused',
    ],
    [
      'a camera to set right',
      cameraCheck({ ...camera, vitals: { ...vitals, cameraAdvice: ['b-pictures'] } }),
      'advice to-set-right',
    ],
    ['infrared', darkCheck(many({})), 'well sees-in-dark'],
    ['a room with a lamp on', darkCheck(many({ colour: 0.06 })), 'unknown not-dark-yet'],
    ['a black picture', darkCheck(many({ brightness: 0.03, contrast: 0.02 })), 'fault too-dark'],
    ['a picture of noise', darkCheck(many({ contrast: 0.08, noise: 0.03 })), 'fault too-dark'],
    ['no picture', darkCheck([]), 'fault no-picture'],
    ['a bed in view', viewCheck(room), 'well bed-in-view'],
    ['a bed cut off by the edge', viewCheck({ ...room, room: cutBed }), 'advice bed-partly-in-view'],
    ['no bed', viewCheck({ ...room, room: unknownRoom }), 'advice no-bed'],
    [
      'a covered camera',
      viewCheck({ ...room, vitals: { camera: 'connected', cannotSee: 'covered' } }),
      'fault cannot-see',
    ],
    ['a confirmed room', roomCheck(room), 'well confirmed'],
    ['a room that was moved', roomCheck({ ...room, changes: 1 }), 'advice changed'],
    ['a plan in force', planCheck({ state: 'in-force' }, false), 'well in-force'],
    ['no plan', planCheck({ state: 'none' }, false), 'fault none'],
    ['a switch that is broken', switchCheck(true, { why: 'switch-unreadable' }), 'fault unreadable'],
    ['a lamp that fails', lampCheck('fails'), 'fault fails'],
    ['a disk with room', diskCheck(undefined, { free: 4e9, all: 8e9 }), 'well room'],
    ['a disk that fills', diskCheck(undefined, { free: 4e7, all: 8e9 }), 'advice nearly-full'],
    ['a damaged disk', diskCheck('disk-damaged', undefined), 'fault damaged'],
    ['a unit that keeps up', loadCheck(vitals, 55), 'well keeps-up'],
    ['a unit that is hot', loadCheck(vitals, 83), 'advice hot'],
    ['a unit that is too slow', loadCheck({ ...vitals, cannotLook: 'load' }, 83), 'fault too-slow'],
  ] as const)
    it(`tells ${story}, by a code of the table`, () => {
      expect(said(check)).toBe(expected);
      expect(checkCodes[check.name as keyof typeof checkCodes]).toContain(check.code);
    });

  it('is unknown where its source breaks, and the others are told all the same', async () => {
    const names = Object.keys(checkCodes) as (keyof typeof checkCodes)[];
    const sources = Object.fromEntries(
      names.map((name) => [name, () => ({ name, state: 'well', code: checkCodes[name][0] })]),
    ) as unknown as Sources;
    const broken = { ...sources, disk: () => Promise.reject(new Error('no such device')), lamp: () => undefined };
    const all = await diagnose(broken, silent);
    expect(all.map(({ name }) => name)).toEqual(names.filter((name) => name !== 'lamp'));
    expect(all.filter(({ state }) => state !== 'well').map(said)).toEqual(['unknown room']);
  });
});
