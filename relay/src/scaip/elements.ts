/**
 * Pure. THE tables of what stands in a SCAIP message, in the order that it must have, and what each element may hold. From public
 * sources: SS 91100:2014 itself has to be bought before conformance is claimed (docs/scaip.md).
 */

/** `<mrq>`, what we send. */
export const requestElements = {
  ref: /^[0-9a-zA-Z]{1,16}$/,
  ver: /^[0-9]{2}\.[0-9]{2}$/,
  sco: /^[1-3]$/,
  cha: /^[01]$/,
  mty: /^(ME|RE|IN|PI)$/,
  hbo: /^[0-9]{1,3}$/,
  cid: /^[0-9]{1,16}$/,
  dty: /^[0-9]{1,4}$/,
  did: /^.{1,8}$/su,
  dco: /^[0-9]{1,4}$/,
  dte: /^.{1,32}$/su,
  crd: /^(sip|tel|gsm|no-voice):.{0,247}$/su,
  stc: /^[0-9]{1,4}$/,
  stt: /^.{1,32}$/su,
  pri: /^[0-9]$/,
  lco: /^[0-9]{1,4}$/,
  lva: /^.{1,2}$/su,
  lge: /^(geo|tim|gga).{0,100}$/su,
  lte: /^.{1,32}$/su,
  ico: /^[0-9]{1,4}$/,
  ite: /^.{1,128}$/su,
  ame: /^[01]$/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** `<mrs>`, what is answered. */
export const answerElements = {
  ref: /^[0-9a-zA-Z]{1,16}$/,
  snu: /^[0-9]{1,3}$/,
  ste: /^.{0,128}$/su,
  cve: /^[0-9]{2}\.[0-9]{2}$/,
  mre: /^[0-9]{1,2}$/,
  cre: /^.{0,256}$/su,
  tnu: /^.{0,256}$/su,
  hbi: /^[0-4]$/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type RequestElement = keyof typeof requestElements;
type AnswerElement = keyof typeof answerElements;

/** Without ref, cid and dty receivers refuse it. `mty` and `stc` are written always: left out, each means a manual alarm. */
export type ScaipRequest = Readonly<
  Record<'ref' | 'mty' | 'cid' | 'dty' | 'stc', string> & Partial<Record<RequestElement, string>>
>;

export interface ScaipAnswer {
  readonly ref: string;
  /** 0: taken. */
  readonly status: number;
  /** `ste`, as it came, at most 128 characters. */
  readonly words: string;
}

export type ScaipFields = Readonly<Partial<Record<RequestElement | AnswerElement, string>>>;
