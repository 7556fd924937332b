/** The passwords of receivers, sealed in the place where each stands in the database. */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Sealer } from '../personal/sealer.ts';

export interface PasswordSealer {
  /** @returns a Fault where there is no key, or another one than what is sealed already */
  seal(password: string, receiver: string): string | Fault;
  open(sealed: string, receiver: string): string | Fault;
}

const at = (receiver: string) => ({ table: 'scaip_receivers', column: 'password', row: receiver }) as const;

export function passwordSealer(sealer: Sealer): PasswordSealer {
  const tried = (deed: () => string): string | Fault => {
    try {
      return deed();
    } catch (error) {
      return asFault(error);
    }
  };
  return {
    seal: (password, receiver) => tried(() => sealer.seal(password, at(receiver))),
    open: (sealed, receiver) => tried(() => sealer.open(sealed, at(receiver))),
  };
}
