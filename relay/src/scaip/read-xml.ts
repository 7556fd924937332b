/**
 * Pure. The door to saxes: reads a SCAIP message out of bytes from the network. Bounded, flat, and without entities but the five of
 * XML: a declared one is refused, not expanded.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import { SaxesParser } from 'saxes';
import { answerElements, requestElements, type ScaipAnswer, type ScaipFields } from './elements.ts';

/** Ten times the longest that the elements can fill. */
export const mostBytes = 16 * 1024;
const mostElements = 64;

export interface ScaipMessage {
  readonly root: string;
  readonly fields: ScaipFields;
}

const known = new Set([...Object.keys(requestElements), ...Object.keys(answerElements)]);

/**
 * Lenient, as receivers differ: unknown elements, namespaces, another order and empty elements are passed over; a value of a
 * known element is kept as it is.
 *
 * @returns a Fault `message-invalid` or `message-too-large`; never throws, whatever the bytes
 */
export function readScaip(bytes: Uint8Array): ScaipMessage | Fault {
  if (bytes.length > mostBytes) return new Fault('message-too-large', `A SCAIP message of ${bytes.length} bytes.`);
  const parser = new SaxesParser();
  const fields: Record<string, string> = {};
  const path: string[] = [];
  let root = '';
  let elements = 0;
  let text = '';
  let wrong: string | undefined;
  const fail = (why: string) => {
    wrong ??= why;
  };
  parser.on('error', ({ message }) => fail(message));
  parser.on('doctype', () => fail('a document type, which a SCAIP message has none of'));
  parser.on('opentag', ({ name }) => {
    if (++elements > mostElements) fail('too many elements');
    if (path.length === 0) root = local(name);
    path.push(local(name));
    text = '';
  });
  const add = (more: string) => {
    text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const name = path.pop() ?? '';
    if (path.length !== 1 || !known.has(name)) return;
    const value = text.trim();
    if (value === '') return;
    if (Object.hasOwn(fields, name)) fail(`«${name}» twice`);
    fields[name] = value;
  });
  try {
    parser.write(new TextDecoder().decode(bytes)).close();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  if (wrong !== undefined) return new Fault('message-invalid', `A SCAIP message that cannot be read: ${wrong}`);
  return { root, fields };
}

/** Strict, as the standard is told: the order, and what each element may hold. @returns what is wrong; empty: nothing */
export function strictFaults({ root, fields }: ScaipMessage): readonly string[] {
  const elements: Readonly<Record<string, RegExp>> = root === 'mrs' ? answerElements : requestElements;
  const order = Object.keys(elements);
  const names = Object.keys(fields);
  const wrong = names.flatMap((name) => {
    const pattern = elements[name];
    if (!pattern) return [`«${name}» does not belong in «${root}»`];
    return pattern.test(fields[name as keyof ScaipFields] ?? '') ? [] : [`«${name}» may not hold this`];
  });
  const inOrder = [...names].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  if (names.some((name, index) => name !== inOrder[index])) wrong.push('the order is another');
  if (!('ref' in fields)) wrong.push('«ref» is missing');
  return wrong;
}

/**
 * An answer: any root but that of a request, with a `ref`. One without a readable status number has not said that the alarm is
 * taken, and counts as «not treated» (5).
 */
export function readAnswer(bytes: Uint8Array): ScaipAnswer | Fault {
  const read = readScaip(bytes);
  if (read instanceof Fault) return read;
  const { root, fields } = read;
  if (fields.ref === undefined || root === 'mrq')
    return new Fault('message-invalid', `«${root}» is no answer to a SCAIP message: it has no «ref», or asks itself.`);
  const status = /^[0-9]{1,4}$/.test(fields.snu ?? '') ? Number(fields.snu) : 5;
  return { ref: fields.ref, status, words: (fields.ste ?? '').slice(0, 128) };
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
