import type { Config } from './config.js';

/** Where people reach the console. */
export const publicUrl = (config: Config): string =>
  (
    config.publicUrl ??
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  ).replace(/\/$/, '');
