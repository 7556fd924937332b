/** Why a verdict was not taken; that it has to be said once more is asked by the card itself. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import { FaultWords } from '../parts/fault-words.tsx';

export const VerdictFault = ({ fault }: { fault: Fault | undefined }) =>
  fault?.code === 'needs-confirming' ? null : <FaultWords fault={fault} />;
