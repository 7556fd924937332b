/** Pure. The one description of every setting of the agent: type, default, bound, words. */
import { CameraId, ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { BenchAddress } from '@nattfrid/shared/wire/bench';
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';
import { profileNames } from '../camera/profiles.ts';

const Camera = z
  .object({
    id: CameraId.default('camera-1' as CameraId).describe('the name under which alarms name this camera'),
    place: z
      .string()
      .min(1)
      .max(24)
      .optional()
      .describe('where the camera looks; drawn into each picture; «Sovrum», or as it was paired'),
    url: z
      .string()
      .min(1)
      .optional()
      .describe(
        'rtsp://user:password@host/path, rtsps://…, or the path of a recording; without it nothing is watched until one is chosen',
      ),
    lookUrl: z
      .string()
      .min(1)
      .optional()
      .describe(
        'address of the large stream of the same camera: opened only while a look is open that shows more than a silhouette',
      ),
    certificate: z
      .string()
      .regex(/^(?:[0-9a-f]{2}:?){32}$/i)
      .optional()
      .describe("SHA-256 of an rtsps camera's own certificate, in hexadecimal: no other is believed"),
    profile: z
      .enum(profileNames)
      .optional()
      .describe('what cameras of one make want otherwise; with it the address may leave out the path'),
    loop: z.boolean().default(false).describe('a recording begins again when it ends'),
  })
  .readonly();

export const Config = z
  .object({
    unit: UnitId.optional().describe(
      'the name under which the relay knows this unit; with token, and left out of one that is paired by its label',
    ),
    alias: ClientAlias.optional().describe(
      'what the unit calls its client; drawn into each picture, never a name; with token',
    ),
    relay: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .describe('address of the relay, such as https://relay.example'),
    relays: z
      .array(z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')))
      .max(8)
      .default([])
      .describe('other addresses of the same relay, where it has several nodes: the next is tried when one is lost'),
    token: z
      .string()
      .min(16, 'missing or too short; «nattfrid-relay add-unit» prints it')
      .max(200)
      .optional()
      .describe("the unit's secret at the relay; without it the unit waits to be paired by its label"),
    planKey: Base64Url.length(43)
      .optional()
      .describe("the municipality's public key (Ed25519): a plan counts only when signed with it; with token"),
    bench: BenchAddress.optional().describe(
      'where a unit that has not been paired hands its label over, once: {"url": "http://192.168.1.20:8477", "key": "…"}, as «scripts/flash cards --bench» writes it on the card',
    ),
    camera: Camera.default({ id: 'camera-1' as CameraId, loop: false }),
    room: Room.default(unknownRoom).describe('beds, exits, floor and masks as polygons of the picture'),
    data: z
      .string()
      .min(1)
      .default('/var/lib/nattfrid')
      .describe('folder for words, plan and keys; never for a picture'),
    models: z.string().min(1).optional().describe('folder of the built models; the one beside the program by default'),
    ffmpeg: z.string().min(1).optional().describe('the ffmpeg program'),
    lamp: z
      .string()
      .min(1)
      .optional()
      .describe(
        "the lamp's program, called with on or off when a look opens and ends, and with dark when the unit is stopped or rests",
      ),
    privacySwitch: z
      .string()
      .min(1)
      .optional()
      .describe(
        'a file that says 1 while nothing may be watched nor shown, and 0 otherwise, such as the value of a GPIO pin; anything else, or nothing, keeps the unit dark',
      ),
    board: z
      .object({
        mains: z
          .string()
          .min(1)
          .optional()
          .describe(
            'a file that says 1 while there is mains power and 0 while there is none, such as the value of a GPIO pin',
          ),
        ups: z
          .string()
          .regex(/^[^@\s]{1,60}(@[\w.-]{1,100})?(:\d{1,5})?$/, 'as in ups@127.0.0.1:3493')
          .optional()
          .describe('the battery or UPS as Network UPS Tools (upsd) calls it: ups@127.0.0.1:3493'),
        modem: z
          .string()
          .min(1)
          .default('mmcli')
          .describe('the program mmcli of ModemManager, which tells the mobile signal'),
        restart: z
          .string()
          .min(1)
          .optional()
          .describe(
            'the program that starts the whole computer again; without it this program ends with code 75, and is started again',
          ),
        update: z
          .string()
          .min(1)
          .optional()
          .describe(
            'the program that installs a signed update, called with install and the file, as rauc is; without it there are none',
          ),
        busy: z
          .string()
          .min(1)
          .optional()
          .describe(
            'a file that is there while somebody looks or an alarm goes on: so long nobody may start the computer again',
          ),
        forget: z
          .string()
          .min(1)
          .optional()
          .describe(
            'a file that is written once everything of a home has been erased, so that the computer destroys the key of its disk as well; it says label where what the label says is to stay',
          ),
      })
      .readonly()
      .default({ modem: 'mmcli' }),
    keepDays: z
      .object({
        alarms: z.int().min(1).max(365).default(30).describe('days that its own alarms are kept, once they are over'),
        access: z
          .int()
          .min(30)
          .max(3650)
          .default(400)
          .describe('days that the lines of its access log are kept; the chain holds without them'),
      })
      .readonly()
      .default({ alarms: 30, access: 400 }),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('how much is logged'),
    heartbeatSeconds: z.number().min(1).max(300).default(30).describe('how often the unit tells how it is'),
    bitrateKbits: z
      .int()
      .min(40)
      .max(2000)
      .optional()
      .describe('the most kbit/s that pictures may use; by default what the mode needs, 60 to 250'),
  })
  .readonly();
export type Config = z.infer<typeof Config>;
