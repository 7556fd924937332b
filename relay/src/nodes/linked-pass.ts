/**
 * The pass of one door, with those of the others: where a viewer is at another door than the unit, the viewer's door asks for the look's
 * pictures, and the unit's door sends them over a link. Each door drops what a slow reader cannot take, as it does for its own.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { type LookId, LookId as LookIdSchema } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { z } from 'zod';
import type { Bus } from '../bus/bus.ts';
import { subjectOf } from '../bus/subject.ts';
import { NodeName } from '../config/node-name.ts';
import type { Pass } from '../pass/pass.ts';
import type { Socket } from '../socket/socket.ts';
import { type Link, openLink } from './link.ts';
import { readWords, writeWords } from './words.ts';

/** `want`: send me what this reader may see, over this link. `here`: the unit has connected at this door, so that every other is mistaken. */
const Said = z.discriminatedUnion('type', [
  z.object({ type: z.literal('want'), node: NodeName, reader: z.string().max(64), link: z.uuid() }),
  z.object({ type: z.literal('here'), node: NodeName, reader: z.string().max(64) }),
]);
type Said = z.infer<typeof Said>;

/** One reader's way of a look, as this door has a part in it. */
interface Part {
  readonly units: Set<Socket>;
  screens: number;
  /** From the door that has the unit; asked for, and then open. */
  link?: Link | undefined;
  askedAt?: Duration;
}

interface Known {
  /** Who the unit seals for: operator > alias, and '' for who opened the look. */
  readonly readers: Map<string, string>;
  readonly parts: Map<string, Part>;
  readonly ear: Disposable;
}

/** A door that has nothing for its screens asks again so often. */
const asking = seconds(1);

export interface LinkedPass extends Pass {
  /** Links to and from other doors. */
  readonly links: number;
  readonly openLooks: readonly LookId[];
  /** Ids of those who have joined a look. */
  colleagues(look: LookId): readonly string[];
}

export function openLinkedPass(
  pass: Pass,
  parts: {
    readonly bus: Bus;
    readonly prefix: string;
    readonly node: string;
    readonly clock: Clock;
    readonly newId: () => string;
  },
): LinkedPass {
  const { bus, prefix, node, clock, newId } = parts;
  const looks = new Map<LookId, Known>();
  const links = new Set<Link>();
  const about = (look: LookId) => subjectOf(prefix, 'look', look);
  const say = (look: LookId, said: Said) => void bus.publish(about(look), writeWords(said));
  const partOf = (known: Known, reader: string): Part => {
    const part = known.parts.get(reader) ?? { units: new Set(), screens: 0 };
    known.parts.set(reader, part);
    return part;
  };
  const linked = (link: Link) => {
    links.add(link);
    link.onClose(() => void links.delete(link));
    return link;
  };
  const subjects = (id: string) =>
    [subjectOf(prefix, 'link', id, 'down'), subjectOf(prefix, 'link', id, 'up')] as const;

  /** Screens here, and nothing for them. */
  function seek(look: LookId, known: Known, reader: string): void {
    const part = partOf(known, reader);
    if (part.screens === 0 || part.units.size > 0 || !bus.isUp || (part.link && !part.link.isOver)) return;
    const id = newId();
    const [down, up] = subjects(id);
    const link = linked(openLink({ bus, clock, say: up, hear: down }));
    part.link = link;
    part.askedAt = clock.steady();
    link.onOpen(() => {
      if (part.link === link && looks.get(look) === known) pass.unit(look, link, reader === '' ? undefined : reader);
      else link.cut();
    });
    link.onClose(() => {
      if (part.link === link) part.link = undefined;
    });
    say(look, { type: 'want', node, reader, link: id });
  }

  function give(look: LookId, known: Known, { reader, link: id }: Said & { readonly type: 'want' }): void {
    const operator = [...known.readers].find(([, alias]) => alias === reader)?.[0];
    if (operator === undefined || partOf(known, reader).units.size === 0) return;
    const [down, up] = subjects(id);
    const link = linked(openLink({ bus, clock, say: down, hear: up }));
    link.open();
    pass.viewer(look, operator, link, 'link');
  }

  function heard(look: LookId, known: Known, bytes: Uint8Array): void {
    const said = readWords(Said, bytes);
    if (!said || said.node === node) return;
    if (said.type === 'want') {
      give(look, known, said);
      return;
    }
    const part = partOf(known, said.reader);
    for (const socket of part.units) socket.close(closeCodes.takenOver, 'the unit has connected anew');
    part.units.clear();
    part.link?.cut();
    part.link = undefined;
    seek(look, known, said.reader);
  }

  const all = function* () {
    for (const [look, known] of looks) for (const [reader, part] of known.parts) yield { look, known, reader, part };
  };
  const again = clock.every(asking, () => {
    for (const { look, known, reader, part } of all()) {
      // Asked, and nobody has answered: nobody has the unit, or it was not heard.
      if (part.link?.isOpen === false && clock.steady() - (part.askedAt ?? 0) >= asking) part.link.cut();
      seek(look, known, reader);
    }
  });
  const state = bus.onChange((isUp) => {
    if (!isUp) return;
    for (const { look, known, reader, part } of all())
      if (part.units.size > 0) say(look, { type: 'here', node, reader });
      else seek(look, known, reader);
  });

  return {
    ...pass,
    open(look, terms) {
      pass.open(look, terms);
      if (looks.has(look)) return;
      const known: Known = {
        readers: new Map([[terms.operator, '']]),
        parts: new Map(),
        ear: bus.subscribe(about(LookIdSchema.parse(look)), ({ bytes }) => heard(look, known, bytes)),
      };
      looks.set(look, known);
    },
    shut(look) {
      looks.get(look)?.ear[Symbol.dispose]();
      looks.delete(look);
      pass.shut(look);
    },
    admit(look, joining) {
      looks.get(look)?.readers.set(joining.operator, joining.alias);
      pass.admit(look, joining);
    },
    dismiss(look, operator) {
      looks.get(look)?.readers.delete(operator);
      pass.dismiss(look, operator);
    },
    unit(look, socket, reader = '') {
      pass.unit(look, socket, reader === '' ? undefined : reader);
      const known = looks.get(look);
      if (!known) return;
      const part = partOf(known, reader);
      part.units.add(socket);
      part.link = undefined;
      socket.onClose(() => {
        part.units.delete(socket);
        if (looks.get(look) === known) seek(look, known, reader);
      });
      say(look, { type: 'here', node, reader });
    },
    viewer(look, operator, socket, how) {
      pass.viewer(look, operator, socket, how);
      const known = looks.get(look);
      const reader = known?.readers.get(operator);
      if (!known || reader === undefined) return;
      const part = partOf(known, reader);
      part.screens += 1;
      socket.onClose(() => {
        part.screens -= 1;
        if (part.screens > 0) return;
        part.link?.cut();
        part.link = undefined;
      });
      seek(look, known, reader);
    },
    get looks() {
      return pass.looks;
    },
    get viewers() {
      return pass.viewers;
    },
    get openLooks() {
      return [...looks.keys()];
    },
    colleagues: (look) =>
      [...(looks.get(look)?.readers ?? [])].flatMap(([operator, alias]) => (alias === '' ? [] : [operator])),
    get links() {
      return links.size;
    },
    [Symbol.dispose]() {
      again[Symbol.dispose]();
      state[Symbol.dispose]();
      for (const known of looks.values()) known.ear[Symbol.dispose]();
      looks.clear();
      pass[Symbol.dispose]();
    },
  };
}
