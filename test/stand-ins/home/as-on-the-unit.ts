/** Pure. Options of Node and of the C library under which the agent runs on a unit, where memory is small: those of its package. */
import { programs } from '../../../packaging/program.ts';

export const { flags: nodeFlags, environment } = programs.agent.start;
