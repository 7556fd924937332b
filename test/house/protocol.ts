/** Pure. docs/protocol.md, written out of the tables that both ends are built on. */
import { statusOf } from '@nattfrid/relay/socket/status';
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { permissions } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { routes } from '@nattfrid/shared/desk/routes';
import { evidenceCodes, noLongerAgreed } from '@nattfrid/shared/domain/evidence-code';
import { Fault, type FaultCode, faultCodes } from '@nattfrid/shared/fault/fault';
import { Envelope, longestMessage } from '@nattfrid/shared/wire/envelope';
import { type MessageName, messages } from '@nattfrid/shared/wire/messages';
import {
  type Assignment,
  longestPicture,
  type Opening,
  type PicturePacket,
  writePicturePacket,
} from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { topicOf } from '@nattfrid/shared/wire/topics';
import type { z } from 'zod';
import { code, fields, nothing, onPage, table } from './protocol/fields.ts';
import { prose } from './protocol/prose.ts';
import { nameOf, types } from './protocol/types.ts';
import { closeWords, messageWords, packetWords, routeWords, socketWords, typeWords } from './protocol/words.ts';

/** Letters as they were once sent, for each name: fixtures/messages. */
export type Golden = Readonly<Record<string, readonly GoldenLetter[]>>;
interface GoldenLetter {
  readonly body: { readonly type?: string };
}

/** The whole page. */
export function protocolOf(golden: Golden): string {
  const written: Readonly<Record<string, () => string>> = {
    sockets: socketTable,
    envelope: () => fields(Envelope),
    messages: messageTable,
    'each message': () =>
      (Object.keys(messages) as MessageName[]).map((name) => messageSection(name, golden)).join('\n'),
    'evidence codes': evidenceTable,
    packets: packetTable,
    routes: routeTable,
    'each route': routeSections,
    'close codes': closeTable,
    faults: faultTable,
    types: typeSections,
    'longest message': () => String(longestMessage),
    'longest picture': () => String(longestPicture),
  };
  const page = prose.replace(/\{\{(.+?)\}\}/g, (_all, name: string) => {
    const write = written[name];
    if (!write) throw new Error(`Nothing is written for {{${name}}}.`);
    return write();
  });
  return page.replace(/\n{3,}/g, '\n\n');
}

const socketTable = (): string =>
  table(
    ['address', 'who comes', 'credential', 'what travels'],
    (Object.keys(sockets) as (keyof typeof sockets)[]).map((name) => {
      const { who, credential, travels } = socketWords[name];
      return [code(sockets[name]), who, credential, travels];
    }),
  );

const topicForm = (name: MessageName): string => topicOf('UNIT' as Parameters<typeof topicOf>[0], name);

const messageTable = (): string =>
  table(
    ['message', 'said by', 'QoS', 'retained', 'what it says'],
    (Object.keys(messages) as MessageName[]).map((name) => {
      const { from, qos, retain } = messages[name];
      return [`[${name}](#${name})`, from, String(qos), retain ? 'yes' : 'no', messageWords[name]];
    }),
  );

function messageSection(name: MessageName, golden: Golden): string {
  const { schema, from, qos, retain } = messages[name];
  const [first, ...others] = golden[name] ?? [];
  const kinds = [...new Map(others.map((letter) => [letter.body.type, letter.body])).values()].filter(
    ({ type }) => type !== undefined && type !== first?.body.type,
  );
  const rest =
    kinds.length === 0
      ? ''
      : `\nOther kinds, their bodies alone:\n\n${block(kinds.map((body) => JSON.stringify(body)).join('\n'))}`;
  return `### ${name}
${messageWords[name]} Said by the ${from} on \`${topicForm(name)}\`, QoS ${qos}${retain ? ', retained' : ''}.

${fields(schema)}

${block(example(first))}
${rest}
`;
}

const block = (text: string): string => `\`\`\`json\n${text}\n\`\`\``;
/** Corners of outlines stand in one line. */
const example = (letter: unknown): string =>
  JSON.stringify(letter, null, 2).replace(/\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]/g, '[$1, $2]');

const evidenceTable = (): string =>
  table(
    ['alarm', 'began', 'changed', 'ended'],
    Object.entries(evidenceCodes).map(([kind, { began, changed, ended }]) => [
      code(kind),
      began.map(code).join(', '),
      changed.map(code).join(', '),
      [...ended, noLongerAgreed].map(code).join(', '),
    ]),
  );

/** One of each kind, so that the first byte is the one that is written. */
const samples: Readonly<Record<PicturePacket['type'], PicturePacket>> = {
  opening: {
    type: 'opening',
    opening: { look: '' as Opening['look'], encapsulated: '', signature: '', codec: '', width: 16, height: 16 },
  },
  key: { type: 'key', sealed: new Uint8Array() },
  delta: { type: 'delta', sealed: new Uint8Array() },
  notice: { type: 'notice', sealed: new Uint8Array() },
  beat: { type: 'beat' },
  assign: { type: 'assign', assignment: { look: '' as Assignment['look'] } },
  ack: { type: 'ack', counter: 0 },
  'want-key': { type: 'want-key' },
};

const packetTable = (): string =>
  table(
    ['first byte', 'packet', 'from > to', 'the rest', 'what it says'],
    Object.values(samples)
      .map((sample) => [writePicturePacket(sample)[0] ?? 0, sample] as const)
      .map(([first, { type }]) => {
        const { from, rest, what } = packetWords[type];
        return [code(`0x${first.toString(16).padStart(2, '0')}`), code(type), from, rest, what];
      }),
  );

const allRoutes = Object.entries(routes) as readonly [keyof typeof routes, Route][];

const routeTable = (): string =>
  table(
    ['route', 'method and path', 'who may', 'what it does'],
    allRoutes.map(([name, { method, path, action }]) => [
      `[${name}](#route-${name.toLowerCase()})`,
      code(`${method} ${path}`),
      action ? permissions[action].join(', ') : 'anybody',
      routeWords[name],
    ]),
  );

const routeSections = (): string =>
  allRoutes
    .map(([name, { method, path, params, body, answer }]) => {
      const place = path.includes(':') ? 'path' : 'query';
      const within = toldOnce(params) === nothing ? '' : `In the ${place}:\n\n${toldOnce(params)}\n\n`;
      const given = method === 'POST' && toldOnce(body) !== nothing ? `In the body:\n\n${toldOnce(body)}\n\n` : '';
      return `### Route ${name}\n\`${method} ${path}\`. ${routeWords[name]}\n\n${within}${given}Answer:\n\n${toldOnce(answer)}\n`;
    })
    .join('\n');

/** Where the whole is a type with a name: the way to it. */
function toldOnce(schema: z.ZodType): string {
  const name = nameOf(schema);
  return name ? `${onPage.named(name)}.` : fields(schema);
}

const closeTable = (): string =>
  table(
    ['code', 'name', 'what it means'],
    (Object.keys(closeCodes) as (keyof typeof closeCodes)[]).map((name) => [
      String(closeCodes[name]),
      code(name),
      closeWords[name],
    ]),
  );

const faultTable = (): string =>
  table(
    ['code', 'trying again by itself may help', 'HTTP status'],
    (Object.keys(faultCodes) as FaultCode[]).map((name) => [
      code(name),
      faultCodes[name].mayRetry ? 'yes' : 'no',
      String(statusOf(new Fault(name, ''))),
    ]),
  );

const typeSections = (): string =>
  Object.entries(types)
    .map(([name, schema]) => {
      const words = typeWords[name as keyof typeof types];
      return `### Type ${name}\n${words ? `${words}\n\n` : ''}${fields(schema)}\n`;
    })
    .join('\n');
