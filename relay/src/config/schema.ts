/** Pure. Every setting of the relay, described once: type, default, bounds, words. */
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';
import { BusPrefix } from '../bus/subject.ts';
import { isNetwork } from '../socket/remote.ts';
import { isPostgres, readPlace } from '../store/postgres/place.ts';
import { NodeName } from './node-name.ts';

const secondsOf = (fallback: number, words: string) =>
  z.coerce.number().min(0.05).max(86_400).default(fallback).describe(words);
const daysOf = (fallback: number, least: number, words: string) =>
  z.coerce.number().int().min(least).max(3650).default(fallback).describe(words);
const port = z.coerce.number().int().min(0).max(65_535);

/** «falkoping=KEY,nynashamn=KEY» from the environment or an argument; an object in a file. */
const PlanKeys = z.preprocess(
  (given) =>
    typeof given === 'string'
      ? Object.fromEntries(
          given.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
        )
      : given,
  z.record(
    z.string().regex(/^[a-z0-9-]{1,40}$/, 'a municipality in small letters, digits and hyphens'),
    Base64Url.length(43),
  ),
);

/** «10.0.0.0/8,192.168.1.7» from the environment or an argument; a list in a file. Nothing: none is trusted. */
const Networks = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').flatMap((one) => one.trim() || []) : given),
  z.array(z.string().refine(isNetwork, 'an address or a network, such as 10.0.0.0/8')),
);

/** «units.relay.example,10.0.0.7» from the environment or an argument; a list in a file. */
const Names = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').flatMap((one) => one.trim() || []) : given),
  z.array(z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'a host name or an address')).max(16),
);

const Urls = z
  .string()
  .refine(
    (given) => given.split(',').every((one) => URL.canParse(one.trim()) && /^(nats|tls):\/\/[^/]+/.test(one.trim())),
    'nats://USER:PASSWORD@HOST:4222',
  );

export const Settings = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  port: port
    .default(8080)
    .describe('Port for the console, the API, MQTT over WebSocket and pictures; 0 picks a free one'),
  tlsCert: z
    .string()
    .min(1)
    .optional()
    .describe(
      'PEM file with the certificate chain; with tlsKey, everything is https and wss. SIGHUP has a renewed one read',
    ),
  tlsKey: z.string().min(1).optional().describe('PEM file with the private key'),
  publicOrigin: z
    .url()
    .optional()
    .describe('Address that browsers see, where it is not the one in the Host header (behind a proxy)'),
  trustedProxies: Networks.default(['127.0.0.0/8', '::1/128']).describe(
    'Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, as addresses or networks: 10.0.0.0/8,192.168.1.7',
  ),
  mqttPort: port.optional().describe('Port for plain MQTT over TCP beside /mqtt; not opened if not given'),
  unitAuthority: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the key of the relay’s own authority for units that are paired by their label; made by nattfrid-relay unit-authority; with unitNames',
    ),
  unitHost: z.string().min(1).default('127.0.0.1').describe('Address to listen on for units that were paired'),
  unitPort: port.default(8443).describe('Port for units that were paired (TLS, by certificate); 0 picks a free one'),
  unitNames: Names.default([]).describe(
    'Names and addresses under which units reach that listener, the first being the one that they are told: units.relay.example',
  ),
  unitPublicPort: port
    .optional()
    .describe('Port that units are told, where it is not unitPort: 443 behind something that passes TLS on unread'),
  updates: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with signed software for units, nattfrid-VERSION.raucb, that people give out group by group'),
  updateSoakHours: z
    .number()
    .min(0)
    .max(336)
    .default(24)
    .describe('Hours that a group of units must have been well with new software before the next group gets it'),
  metricsPort: port.optional().describe('Port for GET /metrics, on a listener of its own; not opened if not given'),
  metricsHost: z.string().min(1).default('127.0.0.1').describe('Address to listen on for /metrics'),
  tracesUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Collector of OpenTelemetry that each alarm is traced to, as http://HOST:4318/v1/traces; without it nothing is traced',
    ),
  database: z
    .string()
    .min(1)
    .max(1000)
    .superRefine((given, context) => {
      const place = isPostgres(given) ? readPlace(given) : undefined;
      if (typeof place === 'string') context.addIssue(`the address ${place}`);
    })
    .default('nattfrid.sqlite')
    .describe('File of the database, or postgres://USER@HOST/DATABASE where several nodes share one'),
  bus: Urls.optional().describe(
    'NATS that the nodes of this relay speak over, as nats://USER:PASSWORD@HOST:4222 or tls://…, several with commas between; for several nodes, with node and a database on PostgreSQL',
  ),
  busPrefix: BusPrefix.default('nattfrid').describe('What all is said under on the bus, where others use it too'),
  node: NodeName.optional().describe('Name of this node, another one for each'),
  takeOverAfterSeconds: z.coerce
    .number()
    .min(1)
    .max(60)
    .default(2)
    .describe(
      'Another node takes over from a main node that has not said for so long that it lives; the same on all nodes',
    ),
  nodeHost: z.string().min(1).default('127.0.0.1').describe('Address to listen on for the other nodes'),
  nodePort: port.default(8081).describe('Port for the other nodes; 0 picks a free one'),
  nodeUrl: z
    .url()
    .optional()
    .describe(
      'Address by which the other nodes reach that listener, where it is not http:// with nodeHost and nodePort; with https://, it has the certificate of tlsCert',
    ),
  auditHeadFolder: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder for signed heads of the audit log, written each day and at each stop, to be copied away; with auditKey',
    ),
  auditKey: z
    .string()
    .min(1)
    .optional()
    .describe('File with the key that signs them; made by nattfrid-relay audit-key'),
  personalKey: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the key that seals what says who clients are, outside the database; made by nattfrid-relay personal-key',
    ),
  console: z.string().min(1).optional().describe('Folder of the built console; not served if not given'),
  secret: z
    .string()
    .min(32)
    .max(200)
    .describe('At least 32 random characters; signs session cookies and makes aliases of operators'),
  planKeys: PlanKeys.default({}).describe(
    'Public keys that may sign plans, by municipality (Ed25519, base64url): name=KEY,name=KEY',
  ),
  outgoingNetworks: Networks.default([]).describe(
    'Networks that webhooks may send to although they are not public, as addresses or networks: 10.20.0.0/16',
  ),
  outgoingCa: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file with authorities that receivers of webhooks may have certificates of, besides the usual ones'),
  pushContact: z
    .string()
    .regex(/^(https:|mailto:).{3,200}$/, 'an address that begins with https: or mailto:')
    .optional()
    .describe('Who answers for this relay towards push services, as https: or mailto:; publicOrigin if not given'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is logged'),
  sessionHours: z.coerce.number().min(0.1).max(24).default(12).describe('Hours until staff must sign in again'),
  lateAfterSeconds: secondsOf(45, 'A unit not heard for so long has missed a heartbeat (every 30 s)'),
  silentAfterSeconds: secondsOf(90, 'A unit not heard for so long is an alarm'),
  batteryAfterSeconds: secondsOf(600, 'A unit whose mains have been gone for so long is an alarm'),
  overdueAfterSeconds: secondsOf(120, 'An alarm that nobody has taken for so long is told louder'),
  visitAfterSeconds: secondsOf(300, 'An alarm that nobody has taken for so long needs a visit'),
  againAfterSeconds: secondsOf(
    600,
    'An alarm that somebody has taken, and of which nothing has been heard for so long, is told again',
  ),
  goingAgainAfterSeconds: secondsOf(3600, 'The same while somebody is on the way there, or is there'),
  visitGoWithinSeconds: secondsOf(600, 'A visit that nobody has set out for in so long is told louder'),
  fallbackUrl: z
    .url()
    .optional()
    .describe(
      'Telephone or SMS gateway that is told of an alarm when nobody in its chain has taken it; with fallbackSecret',
    ),
  fallbackSecret: z
    .string()
    .min(32)
    .max(200)
    .optional()
    .describe('At least 32 random characters, known to the gateway as well: signs what it is told (HMAC-SHA256)'),
  answerWithinSeconds: secondsOf(10, 'A unit that has not answered a look for so long is taken not to answer'),
  firstPictureWithinSeconds: secondsOf(20, 'A look without a picture for so long has failed'),
  beatSeconds: secondsOf(5, 'Beat of the live stream'),
  keepReceivedDays: daysOf(90, 30, 'Ids of messages are kept for so many days: no unit keeps a message longer'),
  keepDoneDays: daysOf(
    400,
    30,
    'Closed alarms, finished looks, visits and work orders with their records, filled-in checklists and exercises are kept for so many days',
  ),
  keepClientDays: daysOf(
    90,
    1,
    'What says who a client was is kept for so many days after they have ended; alias, reference and dates stay',
  ),
  keepSessionDays: daysOf(
    7,
    1,
    'Sessions of staff are kept for so many days after they have ended, and so are tickets of pairing',
  ),
  receiverNextSeconds: secondsOf(
    8,
    'A receiver that has not taken an alarm for so long: the second address is asked too',
  ),
  receiverRoundSeconds: secondsOf(20, 'Neither address of a receiver has taken it: the operators here are alarmed'),
  requestWithinSeconds: z.coerce
    .number()
    .min(1)
    .max(300)
    .default(30)
    .describe('A request that has not come whole within so long is cut'),
  socketsPerAddress: z.coerce
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(400)
    .describe(
      'Most connections of one address (IPv6: one /64) whose other end has not shown who it is; of more, the one that has waited longest is ended',
    ),
});
export type Settings = z.infer<typeof Settings>;
/** What a file, the environment or a test may give: everything that has a default may be left out. */
export type GivenSettings = z.input<typeof Settings>;
