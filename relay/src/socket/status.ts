/** Pure. What a Fault is in HTTP. */
import type { Fault, FaultCode } from '@nattfrid/shared/fault/fault';

const statuses: Partial<Record<FaultCode, number>> = {
  'not-found': 404,
  'not-signed-in': 401,
  'not-allowed': 403,
  locked: 423,
  'not-now': 409,
  'needs-confirming': 409,
  'request-invalid': 400,
  'already-there': 409,
  'message-invalid': 422,
  'signature-wrong': 422,
  'too-many-requests': 429,
  'unit-unreachable': 503,
  'console-unconfirmed': 409,
  'console-withdrawn': 403,
  'assurance-low': 403,
  'code-wrong': 400,
  'passkey-wrong': 400,
  'password-wrong': 400,
  'password-weak': 400,
  'cannot-save': 503,
  'no-main': 503,
  'personal-key-missing': 503,
  'personal-key-wrong': 503,
  'seal-broken': 503,
};

export const statusOf = (fault: Fault): number => statuses[fault.code] ?? 500;
