/** Pure. Which homes on the desk nobody lives in, and the desk without them: for rounds, work to come, and paper. */
import type { Known } from './desk.ts';

type Named = { readonly unit: string };

export const isTrainingUnit = (desk: Pick<Known, 'units'>, { unit }: Named): boolean =>
  desk.units.get(unit as never)?.training === true;

export const showsTraining = ({ units }: Pick<Known, 'units'>): boolean =>
  [...units.values()].some(({ training }) => training);

/** @returns the same desk where there is none of them */
export function withoutTraining(desk: Known): Known {
  if (!showsTraining(desk)) return desk;
  const real = <Id, View extends Named>(all: ReadonlyMap<Id, View>): ReadonlyMap<Id, View> =>
    new Map([...all].filter(([, view]) => !isTrainingUnit(desk, view)));
  return {
    ...desk,
    alarms: real(desk.alarms),
    looks: real(desk.looks),
    visits: real(desk.visits),
    units: real(desk.units),
  };
}
