/** Recorded observations on disk: FOLDER/LIGHT/NAME.json.gz, figures only and never a picture, with figures.json beside them. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Light, lights } from './condition.ts';
import { fromText, type Recorded, toText } from './record.ts';
import { Figures } from './regression-gate.ts';

const ending = '.json.gz';

/** Overwrites a clip of the same name. */
export async function keepRecord(folder: string, light: Light, recorded: Recorded): Promise<void> {
  await mkdir(join(folder, light), { recursive: true });
  const { file } = recorded.clip;
  await writeFile(
    join(folder, light, basename(file, extname(file)) + ending),
    gzipSync(toText(recorded), { level: 9 }),
  );
}

/** Empty where there is no such folder. */
export async function readRecords(folder: string, light: Light): Promise<readonly Recorded[]> {
  const names = await readdir(join(folder, light)).catch(() => []);
  const files = names.filter((name) => name.endsWith(ending)).sort();
  return Promise.all(files.map((name) => readRecord(join(folder, light, name))));
}

async function readRecord(path: string): Promise<Recorded> {
  try {
    return fromText(gunzipSync(await readFile(path)).toString('utf8'));
  } catch (cause) {
    throw new Fault('file-unreadable', `The file ${path} holds no recorded observations; record it anew.`, { cause });
  }
}

export async function holdsRecords(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no folder ${folder}.`, { cause });
  });
  return !names.includes('index.json') && lights.some((light) => names.includes(light));
}

export async function readFigures(path: string): Promise<Figures> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  try {
    return Figures.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('file-unreadable', `${path} holds no figures; --record-fixtures writes them.`, { cause });
  }
}

/** One clip a line, so that a diff is readable. */
export async function keepFigures(path: string, figures: Figures): Promise<void> {
  const conditions = Object.entries(figures).map(([condition, clips]) => {
    const lines = Object.entries(clips).map(([file, clip]) => `    ${JSON.stringify(file)}: ${JSON.stringify(clip)}`);
    return `  ${JSON.stringify(condition)}: {\n${lines.join(',\n')}\n  }`;
  });
  await writeFile(path, `{\n${conditions.join(',\n')}\n}\n`);
}
