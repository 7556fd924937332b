/**
 * Pure. Whether a place can have a unit, by a survey of its mobile signal: nineteen samples of twenty must be above the limit under which
 * links are lost, and no more than one in fifty may have been without a network at all. The limits are those of `agent/src/check/signal.ts`.
 */
export type SurveyVerdict = 'go' | 'weak' | 'no-go';

export const surveyLimits = { goodDbm: -100, worstDbm: -110, lostShare: 0.02, fewestSamples: 20 } as const;

/** @returns undefined: too few samples to say anything */
export function surveyVerdict(survey: {
  readonly samples: number;
  readonly lost: number;
  readonly worst?: number | undefined;
}): SurveyVerdict | undefined {
  const { samples, lost, worst } = survey;
  if (samples < surveyLimits.fewestSamples) return undefined;
  if (worst === undefined || worst < surveyLimits.worstDbm || lost / samples > surveyLimits.lostShare) return 'no-go';
  return worst < surveyLimits.goodDbm ? 'weak' : 'go';
}
