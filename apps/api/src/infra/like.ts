/** A text that LIKE and ILIKE take as it is written: `_` and `%` are letters like any other. */
export const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
