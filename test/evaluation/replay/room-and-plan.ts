/** The room and the plan of a replay, read from their files. */
import { readFile } from 'node:fs/promises';
import { AgreedAlarms, Plan } from '@nattfrid/shared/domain/plan';
import { Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { z } from 'zod';

/** Of a replay without a plan. */
const planForRecordings: AgreedAlarms = {
  fall: { persistenceSeconds: 15 },
  leftRoom: { afterMinutes: 0.25 },
  notInBed: { by: '00:05', until: '06:00' },
  blind: { afterSeconds: 60 },
};

/** @throws Fault `file-missing`, `file-unreadable` or `config-invalid` */
export const readRoom = async (path: string | undefined): Promise<Room> =>
  path === undefined ? unknownRoom : checked(Room, await readJson(path), path);

/** @throws Fault `file-missing`, `file-unreadable` or `config-invalid` */
export async function readPlan(path: string | undefined): Promise<AgreedAlarms> {
  if (path === undefined) return planForRecordings;
  const given = await readJson(path);
  const isWhole = typeof given === 'object' && given !== null && 'alarms' in given;
  return isWhole ? checked(Plan, given, path).alarms : checked(AgreedAlarms, given, path);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `The file ${path} cannot be read.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('file-unreadable', `The file ${path} is not JSON.`, { cause });
  }
}

function checked<T>(schema: z.ZodType<T>, given: unknown, path: string): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const { path: where, message } = result.error.issues[0]!;
  throw new Fault('config-invalid', `The file ${path} is wrong at ${where.join('.') || 'its top'}: ${message}.`);
}
