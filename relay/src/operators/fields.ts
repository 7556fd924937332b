/** Pure. What the tables of people and sessions have beside what the sign-in library wants. */
export const personFields = {
  role: { type: 'string', required: true, input: false },
  organisation: { type: 'string', required: false, input: false },
} as const;

export const sessionFields = { assurance: { type: 'number', required: false, input: false } } as const;
