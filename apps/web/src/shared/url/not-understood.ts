/** The reason a typed time is refused, in a sentence for who typed it. */
export class NotUnderstood extends Error {}

export const refuse = (why: string): never => {
  throw new NotUnderstood(why);
};
