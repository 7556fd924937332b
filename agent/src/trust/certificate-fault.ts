/** Pure. A relay whose certificate the unit does not trust is called so, with what to do about it: it answers, and is not who it should be. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** Node's code for what is wrong with a certificate > what is wrong, and what to do, in words. */
const words: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'It has expired: renew it at the relay. Or the clock of this unit is wrong: see that it is set.',
  CERT_NOT_YET_VALID: 'It is not valid yet: the clock of this unit is wrong. See that it is set.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'It is signed by itself: give the relay one that an authority has signed, or this unit the authority (NODE_EXTRA_CA_CERTS).',
  SELF_SIGNED_CERT_IN_CHAIN:
    'Its authority is not known here: give this unit the authority (NODE_EXTRA_CA_CERTS). Or somebody on the way opens what is sent.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificates between it and its authority are missing: give the relay the whole chain, or this unit the authority (NODE_EXTRA_CA_CERTS).',
  UNABLE_TO_GET_ISSUER_CERT:
    'Its authority is not known here: give the relay the whole chain, or this unit the authority (NODE_EXTRA_CA_CERTS).',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'Its authority is not known here: give the relay the whole chain, or this unit the authority (NODE_EXTRA_CA_CERTS).',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It is for another name: name the relay in the settings as its certificate does.',
  CERT_REVOKED: 'It has been revoked: give the relay a new one.',
  CERT_UNTRUSTED: 'Its authority is not trusted here: give this unit the authority (NODE_EXTRA_CA_CERTS).',
  CERT_REJECTED: 'Its authority is not trusted here: give this unit the authority (NODE_EXTRA_CA_CERTS).',
  CERT_SIGNATURE_FAILURE: 'Its signature is wrong: somebody on the way may have changed it.',
  INVALID_PURPOSE: 'It is not one of a server: give the relay one that is.',
};

/** @param cause of a connection that failed @returns undefined: the certificate had no part in it */
export function certificateFault(relay: string, cause: unknown): Fault | undefined {
  const code = codeOf(cause);
  const why = code === undefined ? undefined : words[code];
  if (code === undefined || why === undefined) return undefined;
  return new Fault('relay-not-trusted', `The certificate of the relay at ${relay} is not trusted (${code}). ${why}`, {
    cause,
    fields: { certificate: code },
  });
}

function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return codeOf(cause.cause);
}
