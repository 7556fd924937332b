/** Pure. A SCAIP message as XML: elements in their order, each checked, texts cut to their length. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type RequestElement, requestElements, type ScaipRequest } from './elements.ts';

/** Texts for people: cut rather than refused, since the alarm matters more. In characters, not in bytes. */
const longestText: Readonly<Partial<Record<RequestElement, number>>> = { did: 8, dte: 32, stt: 32, lte: 32, ite: 128 };

/**
 * @param root `mrq`, or what the receiver wants instead
 * @returns the text, or a Fault `message-invalid` that names the element which cannot be sent
 */
export function writeRequest(request: ScaipRequest, root = 'mrq'): string | Fault {
  const parts: string[] = [];
  for (const [name, pattern] of Object.entries(requestElements)) {
    const given = request[name as RequestElement];
    if (given === undefined) continue;
    const value = cut(clean(given), longestText[name as RequestElement]);
    if (value === '' && name in longestText) continue;
    if (!pattern.test(value))
      return new Fault('message-invalid', `«${name}» of a SCAIP message cannot be «${value}». Check the receiver.`);
    parts.push(`<${name}>${escaped(value)}</${name}>`);
  }
  return `<?xml version="1.0" encoding="UTF-8"?><${root}>${parts.join('')}</${root}>`;
}

/** With nothing but what must be there: for a receiver that has refused the whole one. */
export function onlyMandatory({ ref, mty, cid, dty, stc }: ScaipRequest): ScaipRequest {
  return { ref, mty, cid, dty, stc };
}

/** What XML 1.0 has no place for (section 2.2), and halves of characters. */
const clean = (text: string): string =>
  [...text]
    .filter((letter) => {
      const at = letter.codePointAt(0)!;
      return at >= 0x20 && !(at >= 0x7f && at < 0xa0) && !(at >= 0xd800 && at <= 0xdfff) && (at & 0xfffe) !== 0xfffe;
    })
    .join('')
    .trim();
const cut = (text: string, longest: number | undefined): string =>
  longest === undefined ? text : [...text].slice(0, longest).join('').trim();

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);
