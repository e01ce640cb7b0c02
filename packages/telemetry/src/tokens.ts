/**
 * Promises: the tokens of a call as parts that add up. No part holds what another holds, none is negative, and what
 * went in or came out is the sum of its parts, whatever the dialect said they were.
 */
export const TOKEN_KINDS = [
  'inputUncached',
  'inputCacheRead',
  'inputCacheWrite',
  'inputAudio',
  'outputText',
  'outputReasoning',
  'outputAudio',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Whole numbers, none negative. */
export type Tokens = Readonly<Record<TokenKind, number>>;

export const NO_TOKENS: Tokens = {
  inputUncached: 0,
  inputCacheRead: 0,
  inputCacheWrite: 0,
  inputAudio: 0,
  outputText: 0,
  outputReasoning: 0,
  outputAudio: 0,
};

export const inputOf = (tokens: Tokens): number =>
  tokens.inputUncached + tokens.inputCacheRead + tokens.inputCacheWrite + tokens.inputAudio;

export const outputOf = (tokens: Tokens): number =>
  tokens.outputText + tokens.outputReasoning + tokens.outputAudio;
