/** Pure. What the unit answers to a camera's own requests (RFC 2326 §10), and which of them end the session. */
import type { CameraRequest } from './event.ts';
import { writeAnswer } from './write-message.ts';

export interface Answered {
  readonly text: string;
  /** What the camera has said by it; undefined: nothing that matters. */
  readonly means: 'over' | 'moved' | 'described' | undefined;
}

const known = 'OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, REDIRECT, TEARDOWN';

export function answerTo({ method, headers }: CameraRequest): Answered {
  // It goes back into a message of ours: figures only.
  const sequence = /^\d{1,10}$/.exec(headers.get('cseq')?.[0] ?? '')?.[0] ?? '0';
  const session = /^[\w$.+-]{1,128}/.exec(headers.get('session')?.[0] ?? '')?.[0];
  const more = session === undefined ? {} : { Session: session };
  const well = (means: Answered['means'], extra = {}): Answered => ({
    text: writeAnswer('200 OK', sequence, { ...more, ...extra }),
    means,
  });
  switch (method) {
    case 'OPTIONS':
      return well(undefined, { Public: known });
    case 'GET_PARAMETER':
    case 'SET_PARAMETER':
      return well(undefined);
    case 'ANNOUNCE':
      return well('described');
    case 'REDIRECT':
      return well('moved');
    case 'TEARDOWN':
      return well('over');
    default:
      return { text: writeAnswer('501 Not Implemented', sequence, { ...more, Public: known }), means: undefined };
  }
}
