/** Pure. The little XML that an ONVIF camera of ours writes and reads. */

export const xml = (text: string | number): string =>
  String(text).replace(/[<>&"]/g, (one) => `&#${one.charCodeAt(0)};`);

export const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: 'lt' | 'gt' | 'amp' | 'quot' | 'apos') => entities[name]);
const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of the first element of this name; undefined: there is none. */
export function textOf(envelope: string, name: string): string | undefined {
  const found = new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>([^<]*)<`).exec(envelope)?.[1];
  return found === undefined ? undefined : unescaped(found.trim());
}

export const attributeOf = (envelope: string, element: string, name: string): string | undefined => {
  const tag = new RegExp(`<(?:\\w+:)?${element}\\b[^>]*>`).exec(envelope)?.[0] ?? '';
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

const spaces = [
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope"',
  'xmlns:tds="http://www.onvif.org/ver10/device/wsdl"',
  'xmlns:trt="http://www.onvif.org/ver10/media/wsdl"',
  'xmlns:tr2="http://www.onvif.org/ver20/media/wsdl"',
  'xmlns:timg="http://www.onvif.org/ver20/imaging/wsdl"',
  'xmlns:tt="http://www.onvif.org/ver10/schema"',
  'xmlns:ter="http://www.onvif.org/ver10/error"',
].join(' ');

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope ${spaces}><s:Body>${body}</s:Body></s:Envelope>`;

export const soapFault = (subcode: string, reason: string): string =>
  envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${xml(reason)}</s:Text></s:Reason></s:Fault>`,
  );
