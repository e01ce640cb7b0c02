/** What a connection and a pull can be, as people see them. */
export const CONNECTION_STATES = ['active', 'paused', 'stopped'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export const PULL_STATES = ['running', 'paused', 'done', 'cancelled', 'failed'] as const;
export type PullState = (typeof PULL_STATES)[number];
