/** Pure. The mean of each question, and how many have answered it. */
import {
  Answerer,
  type QuestionFigures,
  type QuestionnaireAnswer,
  questions,
} from '@nattfrid/shared/desk/questionnaire';

export function meansOf(answers: readonly QuestionnaireAnswer[]): readonly QuestionFigures[] {
  return Answerer.options.flatMap((who) =>
    questions[who].flatMap((question) => {
      const scores = answers.flatMap((one) => (one.who === who ? (one.scores[question] ?? []) : []));
      if (scores.length === 0) return [];
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return [{ who, question, answers: scores.length, mean: Math.round(mean * 10) / 10 }];
    }),
  );
}
