/** Pure. Advisory locks of PostgreSQL that every node of a relay knows: each is of one database, and goes with its connection or its transaction. */

/** «NF», and a number of ours. */
const ours = (number: number): string => `20038, ${number}`;

export const locks = {
  /** Shared by all who have it open; alone: whoever replaces it. */
  use: ours(1),
  /** Whoever writes. */
  writing: ours(2),
  /** Whoever makes the table that says which node is main. */
  mainNode: ours(3),
} as const;
