/** One receiver, to be spoken with: both its addresses, what is sent to each, and the answers that come, in the reply or by themselves. */
import type { ReceiverSettings } from '@nattfrid/shared/desk/receiver-view';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Way } from './delivery.ts';
import type { ScaipAnswer, ScaipRequest } from './elements.ts';
import { readAnswer } from './read-xml.ts';
import { readAddress } from './sip/address.ts';
import type { Login } from './sip/digest.ts';
import type { FindPlaces } from './sip/find.ts';
import type { SipRequest } from './sip/message.ts';
import { openTalk, type Talk } from './sip/talk.ts';
import { onlyMandatory, writeRequest } from './write-xml.ts';

export interface Centre extends Disposable {
  /**
   * @param bare with nothing but what must be there
   * @returns what came of it by SIP: an answer in the reply, «waits» where it comes by itself, or why there will be none
   */
  send(way: Way, request: ScaipRequest, bare: boolean, signal: AbortSignal): Promise<ScaipAnswer | 'waits' | Fault>;
}

export function openCentre(parts: {
  readonly settings: ReceiverSettings;
  readonly login: Login | undefined;
  readonly clock: Clock;
  readonly find: FindPlaces;
  readonly newName: () => string;
  /** An answer that came by itself. */
  readonly answered: (way: Way, answer: ScaipAnswer) => void;
}): Centre {
  const { settings, answered } = parts;
  const { transport, authority, contentType, root } = settings;
  const addresses = { primary: settings.primary, secondary: settings.secondary ?? settings.primary };
  const talks = new Map<Way, Talk>();

  function talkOf(way: Way): Talk | Fault {
    const known = talks.get(way);
    if (known) return known;
    const address = readAddress(addresses[way]);
    if (address instanceof Fault) return address;
    const told = ({ body }: SipRequest) => {
      const answer = readAnswer(body);
      if (!(answer instanceof Fault)) answered(way, answer);
    };
    const talk = openTalk({ ...parts, address, transport, authority, told });
    talks.set(way, talk);
    return talk;
  }

  return {
    async send(way, request, bare, signal) {
      const text = writeRequest(bare ? onlyMandatory(request) : request, root);
      if (text instanceof Fault) return text;
      const talk = talkOf(way);
      if (talk instanceof Fault) return talk;
      const body = new TextEncoder().encode(text);
      try {
        const reply = await talk.ask({ from: request.cid, contentType, body }, signal);
        if (reply.status < 200 || reply.status > 299)
          return new Fault('link-refused', `${reply.status} ${reply.reason}`.trim());
        const answer = reply.body.length === 0 ? undefined : readAnswer(reply.body);
        // Something else than an answer in the reply: the answer may still come by itself.
        return answer === undefined || answer instanceof Fault || answer.ref !== request.ref ? 'waits' : answer;
      } catch (error) {
        return asFault(error, 'link-lost');
      }
    },
    [Symbol.dispose]() {
      for (const talk of talks.values()) talk[Symbol.dispose]();
    },
  };
}
